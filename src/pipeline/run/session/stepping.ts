/** Where a run stands, and `nextBatch` between its calls. */
import type { OrderState, SourceBatch, SourceDataset } from '../../description/contracts.js'
import type { Serially } from '../batches/serially.js'
import type { RunOptions } from '../execution/run-options.js'

/** The current run, of `nextBatch` or separate. */
export interface Walk {
  /** The dataset iterated over. Default: the pipeline's. */
  readonly dataset?: SourceDataset
  readonly seed: number
  /** Total number of batches, or null if endless. */
  readonly total: number | null
  /** What actions of the batch class keep between its batches. */
  readonly kept?: Map<string, unknown>
}

/** The state of a `rebatch` between two batches. */
export interface RebatchState {
  /** Batches made. */
  produced: number
  /** Batches whose items did not fit into the last one, or are collected for the next. */
  rest: readonly SourceBatch[]
}

/** The position of an iteration between two batches, regardless of what is loaded ahead. */
export interface IterationState {
  readonly order: OrderState
  /** The number of items of the dataset, whose order depends on it. Absent in states of earlier versions. */
  readonly length?: number
  /** One per `rebatch`, in their order. */
  readonly rebatches: readonly Readonly<RebatchState>[]
  /** True if the end has been reached and the actions of `after` have run. */
  readonly ended: boolean
  /** True if `StopPipeline` was the reason. */
  readonly stopped?: boolean
  /** What actions of the batch class keep between batches. */
  readonly kept?: Readonly<Record<string, unknown>>
}

/** The position of `nextBatch` between two calls: plain data except the batches that a `rebatch` keeps. */
export interface SteppingState {
  readonly options: RunOptions
  /** Batches returned. */
  readonly produced: number
  readonly walk: IterationState
}

/** `nextBatch` between its calls. */
export interface NextBatchCursor {
  /** The options it was started with, and the last batch size; later calls are compared with the others. */
  readonly options: RunOptions
  /** True if `StopPipeline` ended it. */
  readonly isStopped: boolean
  /** Its position between two calls: enough to continue in another process. */
  readonly state: SteppingState
  /**
   * The next batch, of this size from now on; calls that overlap are served in order. The previous batch is freed. The signal lets the
   * batch under way finish if it ends soon, else abandons it.
   */
  next(batchSize?: number, signal?: AbortSignal): Promise<SourceBatch>
  /** Runs work after all earlier calls and before all later ones. */
  between: Serially
  /** Starts to measure and report progress, if requested and not started yet. */
  watch(options: Pick<RunOptions, 'profile' | 'notifier'>): void
  /** Performs the actions of `after`, unless that was done or nothing has begun; there is no next batch then. */
  finish(signal?: AbortSignal): Promise<void>
  close(): void
}
