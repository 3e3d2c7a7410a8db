/** How batches are taken: what `run`, `nextBatch`, `genBatch`, iterating over a dataset and `batch` in a file have in common. */
import { anyOf, boolean, integer, live, nullable, oneOf, option, options, type WrittenOf } from '../../options/index.js'

/** What happens to the items at the end of an epoch that do not fill a batch. */
export const tails = ['wrap', 'drop', 'short'] as const
export type Tail = (typeof tails)[number]

/**
 * A custom order: given the positions 0 … length−1 and the epoch's number, it returns the same positions in another order. It is
 * called once per epoch, and again when an iteration is resumed, so it must return the same each time.
 */
export type ShuffleFunction = (order: Uint32Array, epoch: number) => ArrayLike<number>

/** What random values derive from. */
export const seed = integer({ min: 0 })

/** The order of a split. */
export const shuffle = anyOf(boolean, seed)

const ownOrder = live<ShuffleFunction>('a function (order, epoch) => order', value => typeof value === 'function')

const batchTable = {
  batchSize: option('items per batch', integer({ min: 1 })),
  shuffle: option(
    "false: the order of the index; true: an order drawn from the run's seed; a number: an order drawn from that seed",
    anyOf(boolean, seed, ownOrder),
    { default: false },
  ),
  epochs: option(
    'passes over the data; null for endless. Without it and iterations: 1, of nextBatch endless',
    nullable(integer({ min: 1 }), 'for endless'),
    { optional: true },
  ),
  iterations: option('batches in all; null for no limit. Excludes epochs', nullable(integer({ min: 1 }), 'for no limit'), {
    optional: true,
  }),
  tail: option(
    "what happens to an epoch's last items if they do not fill a batch: wrap: the next epoch's first items fill it up, so a shuffled batch may hold an item twice; short: they are a shorter batch; drop: they are skipped",
    oneOf(tails),
    { default: 'wrap' },
  ),
  dropLast: option("BatchFlow's word for tail: drop", boolean, { default: false }),
}

/** How a dataset is iterated over. A number of `epochs` excludes one of `iterations`; either may be null beside the other. */
export const walkOptions = options(batchTable)

/** How a dataset is iterated over. BatchFlow's `next_batch` arguments. */
export interface IterateOptions extends WrittenOf<typeof walkOptions> {}

const excludes = [['epochs', 'iterations']] as const

/** `batch` of a run in a file. */
export const batchOptions = options(batchTable, { excludes })

export const prefetch = option(
  'batches that are prepared ahead: loaded, and processed by the first actions that read only their batch (no V, model or call)',
  integer({ min: 0 }),
  { default: 0 },
)

const { batchSize, ...others } = batchTable

/** `batch` of a pipeline in a file: every option may be left to the run. */
export const ownBatchOptions = options(
  { batchSize: option(batchSize.summary, batchSize.type, { optional: true }), ...others, prefetch },
  { excludes },
)
