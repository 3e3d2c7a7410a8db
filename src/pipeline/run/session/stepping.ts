/** Where a run stands, and `nextBatch` between its calls. */
import type { OrderState, SourceBatch, SourceDataset } from '../../description/contracts.js'
import type { Serially } from '../batches/serially.js'
import type { RunOptions } from '../execution/run-options.js'

/** The run under way, of `nextBatch` or of its own. */
export interface Walk {
  /** What is walked; without it that of the pipeline. */
  readonly dataset?: SourceDataset
  readonly seed: number
  /** Batches in all, or null where endless. */
  readonly total: number | null
}

/** What a `rebatch` keeps between two batches. */
export interface RebatchState {
  /** Batches made. */
  produced: number
  /** Batches whose items did not fit into the last one, or are collected for the next one. */
  rest: readonly SourceBatch[]
}

/** Where an iteration stands between two batches, whatever was loaded ahead. */
export interface IterationState {
  readonly order: OrderState
  /** One per `rebatch`, in their order. */
  readonly rebatches: readonly Readonly<RebatchState>[]
  /** True if the end was reached and the actions of `after` were done. */
  readonly ended: boolean
}

/** Where `nextBatch` stands between two calls: plain data but for the batches that a `rebatch` keeps. */
export interface SteppingState {
  readonly options: RunOptions
  /** Batches given out. */
  readonly produced: number
  readonly walk: IterationState
}

/** `nextBatch` between its calls. */
export interface NextBatchCursor {
  /** What it was started with; later calls are compared with it. */
  readonly options: RunOptions
  /** Where it stands between two calls: enough to go on in another process. */
  readonly state: SteppingState
  /** The next batch; calls that overlap are served in order. The batch before is freed. */
  next(): Promise<SourceBatch>
  /** Does something after the calls made before it, and before those made after it. */
  between: Serially
  /** Starts to measure and to report how it goes, where that is asked for and not done yet. */
  watch(options: Pick<RunOptions, 'profile' | 'notifier'>): void
  close(): void
}
