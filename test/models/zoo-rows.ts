/** What tests know of each family of the zoo: configs that make any of its networks small, and what each key of its body changes. */
import { rows } from '../../src/models/zoo/rows.js'
import { models, type ZooName } from '../../src/models.js'

type ConfigData = Readonly<Record<string, unknown>>

/** Values of a key, of which at least one must change the network that `on` describes. */
export interface Change {
  readonly values: readonly unknown[]
  readonly on?: ConfigData
}

interface FamilyFacts {
  /** What its plainest row must be given beside inputs. */
  readonly needed: ConfigData
  /** A network of few filters and layers, whatever the row says of its depth. */
  readonly reduced: ConfigData
  /** Every letter of a layout that goes with positions, in each part. */
  readonly lettered: ConfigData
  /** A network of vectors: its initial block is a dense layer. */
  readonly vector: ConfigData
  /** Every key below `body`. */
  readonly body: Readonly<Record<string, Change>>
}

const withSe = { 'body/block/se_block': true }

const families: Readonly<Record<string, FamilyFacts>> = {
  ResNet: {
    needed: { 'body/num_blocks': [1, 1] },
    reduced: { 'initial_block/filters': 3, 'initial_block/kernel_size': 3, 'body/num_blocks': [1, 1], 'body/filters': [2, 3] },
    lettered: {
      'initial_block/layout': 'cnapd',
      'body/block/bottleneck': true,
      'body/block/layout': 'cnad cna cn',
      'head/layout': 'cnapdf',
      'head/filters': 4,
    },
    vector: {
      'initial_block/layout': 'f',
      'initial_block/units': 4,
      'body/num_blocks': [1],
      'body/filters': [4],
      'body/block/bottleneck': false,
      'body/block/layout': 'na',
      'head/layout': 'f',
    },
    body: {
      'body/num_blocks': { values: [[1, 2]] },
      'body/filters': { values: [[2, 5]] },
      'body/block/layout': { values: ['nac nac nac'] },
      'body/block/bottleneck': { values: [true, false], on: { 'body/block/layout': null } },
      'body/block/bottleneck_factor': { values: [2] },
      'body/block/post_activation': { values: ['relu'] },
      'body/block/shortcut': { values: ['cn'] },
      'body/block/se_block': { values: [true, false] },
      'body/block/se_block/ratio': { values: [2], on: withSe },
      'body/block/se_block/units': { values: [5], on: withSe },
    },
  },
}

export const zooNames = Object.keys(rows) as ZooName[]

/** The name of the first row of each family. */
export const familyRows = zooNames.filter((name, i) => zooNames.findIndex(other => rows[other].family === rows[name].family) === i)

/** What is known of a row's family. */
export function factsOf(name: ZooName): FamilyFacts {
  const { family } = rows[name]
  return families[family.name] ?? fail(`test/models/zoo-rows.ts has no row for the family ${family.name}`)
}

function fail(message: string): never {
  throw new Error(message)
}

/** To be fed 8×8 images and labels of 3 classes. */
const inputs = { images: { shape: [8, 8, 1] }, labels: { classes: 3, name: 'targets' } }

/** A small network of the row. */
export const reduced = (name: ZooName, config: ConfigData = {}): ConfigData => ({ inputs, ...factsOf(name).reduced, ...config })

/** The row as it is: with no more than it must be given. */
export const needed = (name: ZooName): ConfigData =>
  models[name].checkConfig({ inputs }).errors.length === 0 ? { inputs } : { inputs, ...factsOf(name).needed }
