/** The contract of config keys: each does something, and the default that is shown is the one that is used. */
import { expect } from 'chai'
import { MillraceError } from '../../src/errors/index.js'
import { watchStages } from '../../src/graph/show.js'
import { listConfigKeys } from '../../src/models/zoo/list-keys.js'
import { models, type ZooName } from '../../src/models.js'
import { batch } from './small.js'
import { type Change, factsOf, familyRows, reduced, zooNames } from './zoo-rows.js'

type ConfigData = Readonly<Record<string, unknown>>

/** Parameters of a layout, in any part. */
const layoutChanges: Readonly<Record<string, Change>> = {
  layout: { values: ['c', 'cna'] },
  filters: { values: [5] },
  kernel_size: { values: [1, 3] },
  strides: { values: [1, 2] },
  dilation_rate: { values: [2] },
  pool_size: { values: [1, 2] },
  pool_strides: { values: [1, 2] },
  units: { values: [7] },
  activation: { values: ['tanh'] },
  padding: { values: ['valid'] },
  dropout_rate: { values: [0.5] },
  conv: { values: [false] },
  'conv/use_bias': { values: [true, false] },
  dense: { values: [false] },
  'dense/use_bias': { values: [false] },
  batch_norm: { values: [false] },
  'batch_norm/momentum': { values: [0.5] },
  'batch_norm/epsilon': { values: [0.1] },
}
const vectorKeys = ['initial_block/units', 'initial_block/dense', 'initial_block/dense/use_bias']

/** Keys of every network: what is fed, and how it is trained. */
const exponential = { decay: { name: 'exponential', decaySteps: 1, decayRate: 0.5 } }
const trainingChanges: Readonly<Record<string, Change>> = {
  'inputs/<name>/shape': { values: [[6, 6, 1]] },
  'inputs/<name>/classes': { values: [4] },
  'inputs/<name>/dtype': { values: ['int32'] },
  'inputs/<name>/transform': { values: [null] },
  'inputs/<name>/name': { values: ['truth'] },
  'initial_block/inputs': { values: ['others'], on: { 'inputs/others': { shape: [4, 4, 1] }, 'initial_block/inputs': 'images' } },
  predictions: { values: ['proba'] },
  loss: { values: ['ce', 'mse'] },
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
}

/** Keys with a name of the user's choice, as these tests write them. */
const named: Readonly<Record<string, string>> = {
  'inputs/<name>/shape': 'inputs/images/shape',
  'inputs/<name>/dtype': 'inputs/images/dtype',
  'inputs/<name>/classes': 'inputs/labels/classes',
  'inputs/<name>/transform': 'inputs/labels/transform',
  'inputs/<name>/name': 'inputs/labels/name',
  'optimizer/<name>': 'optimizer/learningRate',
  'decay/<name>': 'decay/decayRate',
}

interface KeyCase {
  readonly path: string
  readonly values: readonly unknown[]
  /** The config that the key is added to. */
  readonly on: ConfigData
  readonly isTrained: boolean
}

function caseOf(name: ZooName, key: string): KeyCase {
  const { body, lettered, vector } = factsOf(name)
  const isTrained = Object.hasOwn(trainingChanges, key)
  const part = /^(initial_block|body\/block|head|common)\//
  const change = trainingChanges[key] ?? body[key] ?? layoutChanges[key.replace(part, '')]
  if (!change) throw new Error(`${key}: test/models does not say what it changes`)
  const parts = isTrained ? { engine: 'eager' } : vectorKeys.includes(key) ? vector : lettered
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

describe('each key of a config does something', () => {
  for (const name of familyRows) {
    for (const { key } of listConfigKeys(name)) {
      it(`${key} of ${name}`, async () => {
        const { path, values, on, isTrained } = caseOf(name, key)
        expect(models[name].checkConfig(on).errors, 'before the change').to.deep.equal([])
        const same = await Promise.all(values.map(value => isSame(name, isTrained, on, { ...on, [path]: value })))
        expect(same, 'whether each value leaves the network as it is').to.include(false)
      })
    }
  }
})

describe('the default that is shown is the one that is used', () => {
  for (const name of zooNames) {
    it(name, async () => {
      for (const { key, default: shown } of listConfigKeys(name)) {
        const { path, on, isTrained } = caseOf(name, key)
        if (shown === undefined || (isTrained && !familyRows.includes(name))) continue
        const { [path]: _, ...without } = on
        expect(await isSame(name, isTrained, without, { ...without, [path]: shown }), key).to.equal(true)
      }
    })
  }
})
