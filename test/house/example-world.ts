/** What the examples of docstrings take for granted: things a reader knows by their names. */

import type { Experiment, ExperimentResults, MillraceError } from '../../src/experiment.js'
import type { Graph } from '../../src/graph/ir/graph.js'
import { component, type Dataset, defineBatch, ImagesBatch, type NdArray, type PipelineOf } from '../../src/index.js'
import type { ClassificationMetrics } from '../../src/metrics.js'
import type { Network } from '../../src/models/train/network.js'
import type { TfModel } from '../../src/models.js'
import type { mnist } from '../../src/opensets.js'
import type { Option, Options, OptionType } from '../../src/options/index.js'
import { flowActions } from '../../src/pipeline/description/actions/flow.js'
import type { RunFolder } from '../../src/report.js'
import type { Sampler } from '../../src/samplers.js'

// Digits to learn from, their batches, what works on them.
export declare const data: Awaited<ReturnType<typeof mnist>>
export declare const photos: Dataset<typeof ImagesBatch>
export declare const outlines: typeof photos
export declare const faces: typeof photos
export declare const folds: typeof photos
export declare const batch: ImagesBatch
export declare const three: ImagesBatch
export declare const four: ImagesBatch
export declare const pipeline: PipelineOf<typeof ImagesBatch>
export declare const train: typeof pipeline
export declare const test: typeof pipeline

// Data of other kinds.
export const Photos = defineBatch({ name: 'Photos', extends: ImagesBatch, components: {}, actions: {} })
export const SoundBatch = defineBatch({ name: 'SoundBatch', components: { waves: component.array('samples, [n, time]') }, actions: {} })
export const TextBatch = defineBatch({ name: 'TextBatch', components: { lines: component.list<string>('what is written') }, actions: {} })
const BoxesBatch = defineBatch({
  name: 'BoxesBatch',
  components: { boxes: component.list<{ width: number; label: unknown }>('where things are'), labels: component.array('what they are') },
  actions: {},
})
export declare const scenes: Dataset<typeof BoxesBatch>

// Numbers.
export declare const images: NdArray
export declare const labels: NdArray
export declare const masks: NdArray
export declare const predictions: NdArray
export declare const pixels: Uint8Array
export declare const points: number[][]
export declare const morePoints: number[][]
export declare const differences: number[]
export declare const losses: number[]
export declare const scores: NdArray
export declare const seed: number
export declare const text: string
export declare const small: Sampler
export declare const large: Sampler

export type { Tensor } from '../../src/tf.js'
// Models and what they are made of.
export { deriveSeed } from '../../src/util/seeds.js'
export declare const tf: typeof import('../../src/tf.js').default
export declare const model: TfModel
export declare const network: Network
export declare const graph: Graph
export declare const config: { [key: string]: unknown }

// Options and what they are made of.
export { anything, boolean, integer, nullable, number, oneOf, option, string, type ValueOf } from '../../src/options/index.js'
export { evaluated } from '../../src/pipeline/description/arguments.js'
export const row = flowActions.repeat
export declare const walk: Options<{ batchSize: Option<OptionType<number, number>, 'required'> }>

// What a run leaves.
export declare const metrics: ClassificationMetrics
export declare const compare: Experiment
export declare const results: ExperimentResults
export declare const folder: RunFolder
export declare const configYaml: string
export declare const error: MillraceError

// Whatever a reader's own program has.
export declare const x: any
export declare const y: any
export declare const net: any
export declare const loss: any
export declare const optimizer: any
export declare const feed: any
export declare const angle: any
export declare const spec: any
export declare const table: { count(): Promise<number>; read(rows: number[]): Promise<{ text: string }[]> }
export declare const save: (thing: unknown) => Promise<unknown>
export declare const write: () => void
export declare const brighten: (image: NdArray) => NdArray
export declare const readLines: (positions: Iterable<number>) => string[]
