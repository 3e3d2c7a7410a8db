/** Several pipelines, how they take turns, and what is reported: the contents of a YAML file. */

import type { ChartSpec } from '../../../contracts/charts.js'
import type { JsonObject } from '../../../util/json.js'
import type { IterateOptions } from '../batch-options.js'
import type { PipelineSpec } from './pipeline-spec.js'

/** A dataset by the name of its source, e.g. `{ openset: 'mnist' }`; other keys are the source's options. */
export interface DatasetSpec extends JsonObject {
  readonly openset: string
}

/** One pipeline that is run once, to its end, e.g. a test on the whole test set. */
export interface RunOnceSpec {
  readonly pipeline: string
  readonly batch: IterateOptions
}

/** One pipeline that is run to its end again and again between the rounds, each time from its beginning: its variables too. */
export interface PassSpec {
  readonly pipeline: string
  /** After every so many rounds, and after the last one. */
  readonly rounds: number
  /** Default: as the pipeline says; else each item once, in batches of the run's size. */
  readonly batch?: Partial<IterateOptions>
}

/** When the state of a run is written, so that `millrace run FILE --resume` can continue from there. */
export interface CheckpointSpec {
  /** After every so many rounds. Default: by time only. */
  readonly every?: number
  /** After the first round that ends at least this many seconds after the last checkpoint. Default 60; only without `every`. */
  readonly everySeconds?: number
  /** The number of checkpoints kept. Default 2. */
  readonly keep?: number
}

/** How the pipelines of an experiment run. */
export interface RunSpec {
  /** Rounds: in each, every pipeline of `turns` takes one batch, in that order. */
  readonly iterations: number
  readonly turns: readonly string[]
  /** The batches of every pipeline in `turns`. */
  readonly batch: IterateOptions
  /** Variables (`pipeline.variable`) written to metrics.ndjson after each round, shown by the progress bar, and kept in results.json. */
  readonly record: readonly string[]
  /** Pipelines that are run to their end between rounds. Absent for none. */
  readonly every?: readonly PassSpec[]
  /** Pipelines that are run once, after the last round. */
  readonly after: readonly RunOnceSpec[]
  /** Checkpoints; false for none. Default: one per minute, and one when the rounds end or are stopped. */
  readonly checkpoint?: CheckpointSpec | boolean
}

export interface ReportSpec {
  readonly charts: readonly ChartSpec[]
}

/** What a YAML file or `experiment()` describes: frozen plain data. */
export interface ExperimentSpec {
  readonly name: string
  readonly title: string
  readonly description: string
  /** The seed that initial weights, dropout and `shuffle: true` derive from. */
  readonly seed: number
  readonly datasets: Readonly<Record<string, DatasetSpec>>
  readonly pipelines: Readonly<Record<string, PipelineSpec>>
  readonly run: RunSpec
  readonly report: ReportSpec
}
