/** What tests know of the rows of the zoo: configs that make any of its networks small. */
import { models, type ZooName } from '../../../src/models.js'

type ConfigData = Readonly<Record<string, unknown>>

/** Of a network that is built from groups of blocks: few filters, one block per group. */
const narrow = { 'body/width_factor': 0.05, 'body/width_divisor': 1, 'body/depth_factor': 0.01 }

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
}

export const zooNames = Object.keys(models) as ZooName[]
export const familyOf = (name: ZooName): string => models[name].row.family.name
const factsOf = (name: ZooName): FamilyFacts => families[familyOf(name)] ?? {}

/** The side of the images that a row is tested with. */
export const sizeOf = (name: ZooName): number => factsOf(name).size ?? 8

const inputsAt = (size: number) => ({ images: { shape: [size, size, 1] }, labels: { classes: 3, name: 'targets' } })

/** To be fed 8×8 images and labels of 3 classes. */
export const inputs = inputsAt(8)

/** What makes single rows small beside what does so for their family. */
const rows: Partial<Record<ZooName, ConfigData>> = {
  MobileNetV3Large: { 'body/strides': [1, 1, 2, 1, 1, 1] },
  MobileNetV3Small: { 'body/strides': [1, 1, 2, 1, 1] },
  ...Object.fromEntries(zooNames.filter(name => name.endsWith('Dense')).map(name => [name, { 'head/units': [8, 8] }])),
}

/** A small network of the row. */
export function reduced(name: ZooName, config: ConfigData = {}): ConfigData {
  const { reduced: own = {}, hasGroups = true } = factsOf(name)
  return { inputs: inputsAt(sizeOf(name)), ...(hasGroups && { stem: 'small', ...narrow }), ...own, ...rows[name], ...config }
}

/** The row as it is: with no more than it must be given. */
export function needed(name: ZooName): ConfigData {
  const config = { inputs: inputsAt(sizeOf(name)) }
  return models[name].checkConfig(config).errors.length === 0 ? config : { ...config, ...factsOf(name).needed }
}
