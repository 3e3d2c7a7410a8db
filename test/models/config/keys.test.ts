/** The contract of config keys: each does something, and the default that is shown is the one that is used. */
import { expect } from 'chai'
import { MillraceError } from '../../../src/errors/index.js'
import { watchStages } from '../../../src/graph/show.js'
import { listConfigKeys } from '../../../src/models/zoo/list-keys.js'
import { models, type ZooName } from '../../../src/models.js'
import { batch } from '../small.js'
import { reduced } from '../zoo/facts.js'

type ConfigData = Readonly<Record<string, unknown>>

/** Values of a key, of which at least one must change the network that `on` describes. */
interface Change {
  readonly values: readonly unknown[]
  readonly on?: ConfigData
}

const attended = { values: ['eca', true, null] }
/** Parameters of a layout, in any part. */
const layoutChanges: Readonly<Record<string, Change>> = {
  layout: { values: ['c', 'cna'] },
  filters: { values: [6] },
  kernel_size: { values: [1, 3] },
  strides: { values: [1, 2] },
  dilation_rate: { values: [2] },
  groups: { values: [2] },
  depth_multiplier: { values: [2] },
  'transposed_conv/use_bias': { values: [false] },
  pool_size: { values: [1, 2] },
  pool_strides: { values: [1, 2] },
  factor: { values: [3] },
  units: { values: [7] },
  activation: { values: ['tanh', 'relu'] },
  padding: { values: ['valid', 'torch'] },
  pool_padding: { values: ['valid'] },
  dropout_rate: { values: [0.5] },
  conv: { values: [false] },
  'conv/use_bias': { values: [true, false] },
  dense: { values: [false] },
  'dense/use_bias': { values: [false] },
  norm: { values: ['instance', false] },
  batch_norm: { values: [false] },
  'batch_norm/momentum': { values: [0.5] },
  'batch_norm/epsilon': { values: [0.1] },
  initializer: { values: ['he_normal', 'glorot_uniform'] },
  attention: attended,
}
/** A network of vectors: its layouts are dense layers. */
const vector = {
  'initial_block/layout': 'f',
  'initial_block/units': 4,
  'body/num_blocks': [1],
  'body/filters': [4],
  'body/block/layout': 'na',
  'head/layout': 'f',
  stem: undefined,
}
const vectorKeys = [
  'initial_block/units',
  'initial_block/dense',
  'initial_block/dense/use_bias',
  'body/dense',
  'body/dense/use_bias',
  'body/units',
]

/** Keys of groups of blocks. */
const trunkChanges: Readonly<Record<string, Change>> = {
  num_blocks: { values: [[1, 2]], on: { 'body/depth_factor': 1 } },
  filters: { values: [[20, 50]] },
  strides: { values: [[2, 2]] },
  by_group: { values: [[{}, { attention: 'eca' }]] },
  'downsample/place': { values: ['after'], on: { 'body/downsample': { layout: 'p' } } },
  'downsample/reduction': { values: [0.5] },
  downsample: { values: [{ layout: 'v' }] },
  attention: attended,
  attention_groups: { values: [[1]], on: { 'common/attention': 'eca' } },
  drop_path: { values: [0.3] },
  'drop_path/rate': { values: [0.3], on: { 'body/drop_path/first': 0.05 } },
  'drop_path/first': { values: [0.1], on: { 'body/drop_path': { rate: 0.3 } } },
  'drop_path/mode': { values: ['batch'], on: { 'body/drop_path': { rate: 0.3 } } },
  'drop_path/scale': { values: ['inference'], on: { 'body/drop_path': { rate: 0.3 } } },
  width_factor: { values: [0.2] },
  depth_factor: { values: [3] },
  width_divisor: { values: [5] },
  output_stride: {
    values: [8],
    on: { 'body/strides': [4, 4], inputs: { images: { shape: [32, 32, 1] }, labels: { classes: 3, name: 'targets' } } },
  },
  widening: { values: [2] },
}

const flatBlock = { 'body/num_blocks': [1], 'body/filters': [40], 'body/block/layout': 'f', 'body/downsample': null, 'head/layout': 'f' }

const lettered = { layout: 'cnad wpCtb', filters: 4 }
const plainBranches = { 'body/block/squeeze': null, 'body/block/branches': [{ layout: 'c' }] }
const squeezed = Object.fromEntries(Object.entries(layoutChanges).map(([key, change]) => [`squeeze/${key}`, change]))

/** Keys of each kind of block. */
const blockChanges: Readonly<Record<string, Readonly<Record<string, Change>>>> = {
  residual: {
    layout: { values: ['nac nac nac'] },
    bottleneck: { values: [true, false], on: { 'body/block/layout': null } },
    bottleneck_factor: { values: [2] },
    inner_factor: { values: [3] },
    groups: { values: [2] },
    post_activation: { values: ['tanh'] },
    shortcut: { values: ['cn', 'c'] },
    zero_pad: { values: [true] },
    layer_scale: { values: [0.5] },
    se_block: { values: [true, { ratio: 2 }] },
    'se_block/ratio': { values: [2], on: { 'body/block/se_block': true } },
    'se_block/units': { values: [5], on: { 'body/block/se_block': true } },
  },
  plain: {
    layout: { values: ['cn'] },
    layer_scale: {
      values: [0.5],
      on: { 'body/block/layout': 'R ca c !', 'body/block/filters': 40, 'initial_block/layout': 'c', 'initial_block/filters': 40 },
    },
    units: { values: [7], on: { ...flatBlock, 'body/block/units': 3 } },
    dense: { values: [false], on: { ...flatBlock, 'body/block/units': 3 } },
    'dense/use_bias': { values: [false], on: { ...flatBlock, 'body/block/units': 3 } },
  },
  branches: {
    ...squeezed,
    squeeze: { values: [null] },
    'squeeze/share': { values: [0.5] },
    branches: { values: [[{ layout: 'c' }]] },
    combine: { values: ['sum'] },
    residual: { values: [true], on: plainBranches },
    scale: { values: [0.5], on: { ...plainBranches, 'body/block/residual': true } },
    post_activation: { values: ['tanh'] },
  },
  dense: { growth_rate: { values: [100] }, bottleneck: { values: [2, null] }, layout: { values: ['cna'] } },
  mbconv: { expansion: { values: [2] }, hidden: { values: [30] }, kernel_size: { values: [5] } },
  convnext: {
    kernel_size: { values: [3] },
    expansion: { values: [2] },
    layer_scale: { values: [null] },
    use_bias: { values: [false] },
  },
  transformer: {
    heads: { values: [1] },
    mlp_ratio: { values: [2] },
    qkv_bias: { values: [false] },
    position: { values: ['relative'] },
    layer_scale: { values: [0.5] },
  },
}

/** A row for each kind of block, and for networks without any; its config has every letter of a layout. */
const letteredLayouts = {
  'initial_block/layout': 'cnapd wCtb',
  'initial_block/attention': null,
  'head/layout': 'cna wpCtbd f',
  'head/filters': 4,
}
const rowsByKind: Readonly<Record<string, { readonly name: ZooName; readonly on: ConfigData }>> = {
  residual: {
    name: 'ResNet',
    on: {
      stem: undefined,
      ...letteredLayouts,
      'body/block/bottleneck': true,
      'body/block/layout': 'cnad cna cn',
      'body/num_blocks': [1, 1],
      'body/filters': [40, 60],
    },
  },
  network: { name: 'Network', on: { ...letteredLayouts, 'body/layout': 'cnap wCtbd', 'body/filters': 4, loss: 'ce' } },
  plain: { name: 'VGG16', on: { 'body/block/layout': 'cnaCtwpbd', 'body/num_blocks': [1, 1], 'body/filters': [40, 60] } },
  dense: { name: 'DenseNet121', on: {} },
  mbconv: { name: 'MobileNetV2', on: {} },
  branches: { name: 'SqueezeNet', on: { 'body/block/squeeze/layout': lettered.layout, 'body/block/branches': [lettered, lettered] } },
  convnext: { name: 'ConvNeXtAtto', on: {} },
  transformer: { name: 'ViTTiny', on: {} },
}
const withLetter: Readonly<Record<string, ConfigData>> = {
  'initial_block/attention': { 'initial_block/layout': 'cS', 'initial_block/attention': 'se' },
  'head/attention': { 'head/layout': 'cSf', 'head/attention': 'se' },
  'body/downsample/attention': { 'body/downsample/layout': 'cS', 'body/downsample/attention': 'se' },
}

/** Keys of every network: what is fed, and how it is trained. */
const exponential = { decay: { name: 'exponential', decaySteps: 1, decayRate: 0.5 } }
const freezeOut = { freeze_out: { steps: 2 } }
const trainingChanges: Readonly<Record<string, Change>> = {
  model: { values: ['Another'] },
  'inputs/<name>/shape': { values: [[6, 6, 1]] },
  'inputs/<name>/classes': { values: [4] },
  'inputs/<name>/dtype': { values: ['int32'] },
  'inputs/<name>/transform': { values: [null] },
  'inputs/<name>/ignore': { values: [1] },
  'inputs/<name>/name': { values: ['truth'] },
  'initial_block/inputs': { values: ['others'], on: { 'inputs/others': { shape: [4, 4, 1] }, 'initial_block/inputs': 'images' } },
  predictions: { values: ['proba'] },
  loss: { values: ['ce', 'mse'] },
  'loss/<name>': { values: [5], on: { loss: { name: 'focal' } } },
  optimizer: { values: ['SGD'] },
  'optimizer/<name>': { values: [0.5] },
  decay: { values: [exponential.decay] },
  'decay/<name>': { values: [0.1], on: exponential },
  gradient_clipping: { values: [{ value: 1e-3 }] },
  'gradient_clipping/norm': { values: [1e-3] },
  'gradient_clipping/variable_norm': { values: [1e-3] },
  'gradient_clipping/value': { values: [1e-3] },
  microbatch_size: { values: [2] },
  engine: { values: ['eager', 'graph'] },
  trainable: { values: ['head'] },
  freeze_statistics: { values: [true], on: { trainable: 'head', 'initial_block/layout': 'cn' } },
  parameter_groups: { values: [[{ match: 'head', learningRate: 0.5 }]] },
  freeze_out: { values: [{ steps: 3 }] },
  'freeze_out/steps': { values: [9], on: freezeOut },
  'freeze_out/t0': { values: [0], on: freezeOut },
  'freeze_out/degree': { values: [3], on: freezeOut },
  'freeze_out/scaled': { values: [true], on: freezeOut },
  'freeze_out/learningRate': { values: [0.5], on: freezeOut },
  'freeze_out/by': { values: ['block'], on: { ...freezeOut, 'body/num_blocks': [2, 1], 'body/depth_factor': 1 } },
  'freeze_out/after': { values: [0.5], on: { freeze_out: { steps: 1 } } },
}

/** Keys with a name of the user's choice, as these tests write them. */
const named: Readonly<Record<string, string>> = {
  'inputs/<name>/shape': 'inputs/images/shape',
  'inputs/<name>/dtype': 'inputs/images/dtype',
  'inputs/<name>/classes': 'inputs/labels/classes',
  'inputs/<name>/transform': 'inputs/labels/transform',
  'inputs/<name>/ignore': 'inputs/labels/ignore',
  'inputs/<name>/name': 'inputs/labels/name',
  'loss/<name>': 'loss/gamma',
  'optimizer/<name>': 'optimizer/learningRate',
  'decay/<name>': 'decay/decayRate',
  ...Object.fromEntries(
    ['common', 'initial_block', 'head', 'body', 'body/block', 'body/block/squeeze', 'body/downsample'].flatMap(part => [
      [`${part}/norm/<name>`, `${part}/norm/epsilon`],
      [`${part}/initializer/<name>`, `${part}/initializer/stddev`],
      [`${part}/attention/<name>`, `${part}/attention/ratio`],
    ]),
  ),
}

interface KeyCase {
  readonly path: string
  readonly values: readonly unknown[]
  /** The config that the key is added to. */
  readonly on: ConfigData
  readonly isTrained: boolean
}

const downsampled = { 'body/downsample': { layout: 'cnad wpCtb' } }
const flattened = {
  'body/num_blocks': [1],
  'body/filters': [40],
  'body/downsample': { layout: 'f', units: 4, place: 'after' },
  'head/layout': 'f',
}

/** A choice with an option, and values of that. */
const choices = {
  norm: { type: 'instance', values: [0.1] },
  initializer: { type: 'truncated_normal', values: [0.5] },
  attention: { type: 'se', values: [1] },
}

const networkVector = { 'initial_block/layout': 'f', 'initial_block/units': 4, 'body/layout': 'f', 'body/units': 4, 'head/layout': 'f' }

/** What a key of a network of layouts changes. */
function networkChangeOf(key: string): Change | undefined {
  const [part = '', ...rest] = key.split('/')
  const below = rest.join('/')
  if (rest[0] === 'tokens')
    return {
      values: rest[1] ? [false, 'none'] : [{}],
      on: { 'initial_block/layout': 'c', 'body/layout': 'c', ...(rest[1] && { 'initial_block/tokens': {} }) },
    }
  if (rest[0] === 'attention') {
    const place = part === 'common' ? 'body' : part
    const type = { [`${part}/attention`]: { type: 'se', ratio: 2 } }
    return { values: rest[1] ? [1] : ['eca'], on: { [`${place}/layout`]: place === 'head' ? 'cSf' : 'cS', ...type } }
  }
  if (rest[1] === '<name>')
    return { values: choices[rest[0] as 'norm'].values, on: { [`${part}/${rest[0]}`]: { type: choices[rest[0] as 'norm'].type } } }
  const isDense = vectorKeys.includes(key)
  return layoutChanges[below] && { ...layoutChanges[below], ...(isDense && { on: networkVector }) }
}

/** What a key below a part changes. */
function changeOf(kind: string, key: string): Change | undefined {
  if (kind === 'network') return networkChangeOf(key)
  if (withLetter[key]) return { values: ['eca'], on: withLetter[key] }
  if (/^body\/downsample\/(units|dense)/.test(key)) return { ...layoutChanges[key.slice('body/downsample/'.length)]!, on: flattened }
  const choice = /^(.*\/)(norm|initializer|attention)\/<name>$/.exec(key)
  if (choice) {
    const [, above, kindOf] = choice as unknown as [string, string, keyof typeof choices]
    const { type, values } = choices[kindOf]
    return {
      values,
      on: { ...(key.startsWith('body/downsample') && downsampled), ...withLetter[`${above}${kindOf}`], [`${above}${kindOf}`]: { type } },
    }
  }
  const [part = '', ...rest] = key.split('/')
  const below = rest.join('/')
  if (part === 'initial_block' && rest[0] === 'tokens') {
    return {
      values: below === 'tokens' ? [{}] : [false, 'none'],
      on: {
        'body/num_blocks': [1],
        'body/filters': [40],
        'initial_block/layout': 'c',
        ...(below !== 'tokens' && { 'initial_block/tokens': {} }),
      },
    }
  }
  if (part !== 'body') return layoutChanges[below]
  if (rest[0] === 'block') return blockChanges[kind]?.[rest.slice(1).join('/')] ?? layoutChanges[rest.slice(1).join('/')]
  if (trunkChanges[below]) return trunkChanges[below]
  const layoutChange = rest[0] === 'downsample' ? layoutChanges[rest.slice(1).join('/')] : undefined
  return layoutChange && { ...layoutChange, on: downsampled }
}

const presets: Readonly<Record<string, Change>> = {
  stem: { values: ['small'], on: { stem: undefined } },
  like: { values: ['torchvision'] },
  'body/block/type': { values: ['plain', 'mbconv'] },
}

function caseOf(kind: string, key: string): KeyCase {
  const { name, on } = rowsByKind[kind]!
  const isTrained = Object.hasOwn(trainingChanges, key)
  const change = trainingChanges[key] ?? presets[key] ?? changeOf(kind, key)
  if (!change) throw new Error(`${key}: test/models/config does not say what it changes`)
  const parts = isTrained ? { engine: 'eager' } : vectorKeys.includes(key) && kind !== 'network' ? vector : on
  return { path: named[key] ?? key, values: change.values, on: reduced(name, { ...parts, ...change.on }), isTrained }
}

/** The layers of a network, or why there are none. */
function layersOf(name: ZooName, config: ConfigData): string {
  try {
    return JSON.stringify(models[name].describe(config).layers)
  } catch (error) {
    if (error instanceof MillraceError) return error.message
    throw error
  }
}

const results = new Map<string, Promise<string>>()

/** What comes of two steps and a prediction: numbers, errors, and whether anything was compiled. */
function resultOf(name: ZooName, config: ConfigData): Promise<string> {
  const key = JSON.stringify([name, config])
  const result = results.get(key) ?? train(name, config)
  results.set(key, result)
  return result
}

async function train(name: ZooName, config: ConfigData): Promise<string> {
  const compiled: string[] = []
  const stop = watchStages(what => compiled.push(what))
  try {
    const model = await models[name].build(config, { name: 'net', seed: 2 })
    const found: unknown[] = [compiled]
    const { images, labels } = batch()
    try {
      for (let step = 0; step < 2; step++) found.push(await model.train({ images, targets: labels }))
      found.push(await model.predict({ images }))
    } finally {
      model.dispose()
    }
    return JSON.stringify(found)
  } catch (error) {
    if (error instanceof MillraceError) return error.message
    throw error
  } finally {
    stop()
  }
}

async function isSame(name: ZooName, isTrained: boolean, one: ConfigData, other: ConfigData): Promise<boolean> {
  if (layersOf(name, one) !== layersOf(name, other)) return false
  return !isTrained || (await resultOf(name, one)) === (await resultOf(name, other))
}

/** All keys of residual networks and of plain ones; of others, those of their blocks. */
const isOwn = (kind: string, key: string) => kind === 'residual' || key.startsWith('body/block/')
const cases = Object.entries(rowsByKind).flatMap(([kind, { name }]) => {
  const keys = listConfigKeys(name).map(row => ({ kind, name, ...row }))
  return keys.filter(({ key }) => (kind === 'network' ? !Object.hasOwn(trainingChanges, key) : isOwn(kind, key)))
})

describe('each key of a config does something', () => {
  for (const { kind, name, key } of cases) {
    it(`${key} of ${name}`, async () => {
      const { path, values, on, isTrained } = caseOf(kind, key)
      expect(models[name].checkConfig(on).errors, 'before the change').to.deep.equal([])
      const same = await Promise.all(values.map(value => isSame(name, isTrained, on, { ...on, [path]: value })))
      expect(same, 'whether each value leaves the network as it is').to.include(false)
    })
  }
})

describe('the default that is shown is the one that is used', () => {
  for (const { kind, name, key, default: shown } of cases) {
    if (shown === undefined) continue
    it(`${key} of ${name}`, async () => {
      const { path, on, isTrained } = caseOf(kind, key)
      const { [path]: _, ...without } = on
      expect(await isSame(name, isTrained, without, { ...without, [path]: shown })).to.equal(true)
    })
  }
})
