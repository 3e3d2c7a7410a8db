/** What tests know of the rows of the zoo: configs that make any of its networks small. */
import { models, type ZooName } from '../../../src/models.js'
import { NdArray } from '../../../src/util/nd-array.js'
import { batch } from '../small.js'

type ConfigData = Readonly<Record<string, unknown>>

/** Of a network that is built from groups of blocks: few filters, one block per group. */
const narrow = { 'body/width_factor': 0.05, 'body/width_divisor': 1, 'body/depth_factor': 0.01 }

/** Of a segmenter: two sizes, few filters, one block per group. */
const short = { 'encoder/num_blocks': [1, 1], 'encoder/output_stride': null }
const small = { ...short, 'encoder/filters': [4, 6] }
const overModel = { ...small, stem: 'small', 'initial_block/filters': 4 }
const segmenter = (reduced: ConfigData): FamilyFacts => ({ hasGroups: false, reduced: { ...small, ...reduced } })

interface FamilyFacts {
  /** What its plainest row needs beside inputs. */
  readonly needed?: ConfigData
  /** What makes its networks small beside few filters and blocks. */
  readonly reduced?: ConfigData
  /** The side of its images where 8 is too small. */
  readonly size?: number
  /** False if it has no groups of blocks. */
  readonly hasGroups?: false
}

const groups = { needed: { 'body/num_blocks': [1, 1] }, reduced: { 'body/num_blocks': [1, 1], 'body/filters': [40, 60] } }

const families: Readonly<Record<string, FamilyFacts>> = {
  Network: {
    hasGroups: false,
    reduced: {
      'initial_block/layout': 'cna',
      'initial_block/filters': 3,
      'body/layout': 'pc',
      'body/filters': 2,
      'head/layout': 'f',
      loss: 'ce',
    },
  },
  ResNet: groups,
  SEResNet: groups,
  ResNeXt: { reduced: { 'body/block/groups': 2, 'body/width_divisor': 2 } },
  MobileNet: { reduced: { 'body/width_factor': 0.1 } },
  MobileNetV2: { reduced: { 'body/width_factor': 0.25, 'body/strides': [1, 1, 2, 1, 1, 1, 1] } },
  MobileNetV3: { reduced: { 'body/width_factor': 0.25 } },
  EfficientNet: { reduced: { 'body/width_factor': 0.25, 'head/dropout_rate': 0, 'body/strides': [1, 1, 2, 1, 1, 1, 1] } },
  ConvNeXt: { reduced: { 'initial_block/filters': 160 } },
  InceptionV3: { needed: { stem: 'small' } },
  InceptionV4: { size: 16, needed: { stem: 'small' } },
  InceptionResNetV2: { needed: { stem: 'small' } },
  ViT: { reduced: { 'body/num_blocks': [1], 'body/block/heads': 2, 'body/filters': [160], 'initial_block/filters': 160 } },
  UNet: segmenter({}),
  ResUNet: segmenter({ 'embedding/filters': 8 }),
  DenseUNet: {
    hasGroups: false,
    reduced: {
      ...short,
      'initial_block/filters': 4,
      'encoder/block/growth_rate': 2,
      'encoder/block/bottleneck': 1,
      'embedding/filters': 4,
    },
  },
  UNetPlusPlus: segmenter({}),
  LinkNet: segmenter(overModel),
  FPN: segmenter({
    ...overModel,
    'decoder/filters': 4,
    'decoder/block': { filters: 4, norm: { type: 'group', groups: 2 } },
    'decoder/skip/at': null,
    'head/dropout_rate': 0,
  }),
  PSPNet: segmenter({ ...overModel, 'encoder/at': null, 'embedding/filters': 4, 'embedding/levels': [1, 2] }),
  DeepLabV3: segmenter({
    ...overModel,
    'encoder/output_stride': 8,
    embedding: { filters: 4, rates: [1, 2], dropout_rate: 0 },
    'decoder/filters': [4],
  }),
  DeepLabV3Plus: segmenter({
    ...overModel,
    embedding: { filters: 4, rates: [1, 2], dropout_rate: 0 },
    decoder: { filters: [4], 'upsample/factor': 2, skip: { at: [1], filters: 3 } },
  }),
  FCN: segmenter({ ...overModel, 'embedding/filters': 4, 'embedding/dropout_rate': 0 }),
  FCN8: segmenter({ embedding: { filters: 5, kernel_size: [3, 1] }, 'decoder/skip/at': [2] }),
  EncoderDecoder: segmenter({}),
  AutoEncoder: segmenter({ 'embedding/filters': 3 }),
  VariationalAutoEncoder: segmenter({ 'embedding/filters': 3 }),
}

/** Of one classifier each, whatever the row names. */
const unetOver = { ...overModel, 'encoder/model': 'ResNet18', 'decoder/filters': [4, 4] }
const ownUnet = { 'embedding/filters': 8 }

export const zooNames = Object.keys(models) as ZooName[]
export const familyOf = (name: ZooName): string => models[name].row.family.name
const factsOf = (name: ZooName): FamilyFacts => families[familyOf(name)] ?? {}

const isSegmenter = (name: ZooName) => 'decoder' in models[name].row.family.shape.keys.table

/** The inputs of a row: images, and labels or masks. */
export function inputsOf(name: ZooName, shape: readonly number[], classes: number): ConfigData {
  const target = isSegmenter(name)
    ? { masks: { shape: [...shape.slice(0, -1), classes], name: 'targets' } }
    : { labels: { classes, name: 'targets' } }
  return { images: { shape: [...shape] }, ...target }
}

/** The side of the images that a row is tested with. */
const sizeOf = (name: ZooName): number => factsOf(name).size ?? 8
const inputs = (name: ZooName) => inputsOf(name, [sizeOf(name), sizeOf(name), 1], 3)

/** Images, and labels or masks of 3 classes. */
export function batchOf(name: ZooName, length: number, seed: number): { readonly images: NdArray; readonly [name: string]: NdArray } {
  const { images, labels } = batch(length, seed, sizeOf(name))
  if (!isSegmenter(name)) return { images, labels }
  const masks = Float32Array.from({ length: length * 64 * 3 }, (_, i) => (Math.floor(i / 3 + (i / 3) ** 0.5) % 3 === i % 3 ? 1 : 0))
  return { images, masks: new NdArray(masks, [length, 8, 8, 3]) }
}

/** What makes single rows small beside what does so for their family. */
const rows: Partial<Record<ZooName, ConfigData>> = {
  MobileNetV3Large: { 'body/strides': [1, 1, 2, 1, 1, 1] },
  MobileNetV3Small: { 'body/strides': [1, 1, 2, 1, 1] },
  UNet: ownUnet,
  UNetResNet18: unetOver,
  UNetResNet34: unetOver,
  UNetResNet50: { ...unetOver, 'encoder/block': { bottleneck_factor: 2 } },
  UNetPlusPlus: ownUnet,
  UNetPlusPlusResNet34: { ...unetOver, 'encoder/filters': [4, 6, 8], 'encoder/num_blocks': [1, 1, 1] },
  ...Object.fromEntries(zooNames.filter(name => name.endsWith('Dense')).map(name => [name, { 'head/units': [8, 8] }])),
}

/** A small network of the row. */
export function reduced(name: ZooName, config: ConfigData = {}): ConfigData {
  const { reduced: own = {}, hasGroups = true } = factsOf(name)
  return { inputs: inputs(name), ...(hasGroups && { stem: 'small', ...narrow }), ...own, ...rows[name], ...config }
}

/** The row as it is: with no more than it must be given. */
export function needed(name: ZooName): ConfigData {
  const config = { inputs: inputs(name) }
  return models[name].checkConfig(config).errors.length === 0 ? config : { ...config, ...factsOf(name).needed }
}
