import { notifier } from '../../../notifier/index.js'
import { anyOf, boolean, listOf, live, oneOf, option, options, read, type ValueOf, type WrittenOf } from '../../../options/index.js'
import { prefetch, seed, walkOptions } from '../../description/batch-options.js'
import type { Expression } from '../../description/expressions/expression.js'
import type { AnyName } from '../../description/expressions/names.js'
import { resettable } from '../session/resettable.js'

const runTable = {
  ...walkOptions.table,
  seed: option('the seed of weights, of shuffle: true, and of every random value', seed, { default: 0 }),
  prefetch,
  reset: option(
    'what is reset first, for this run only; the batches start from the first one in any case',
    anyOf(oneOf(resettable), listOf(oneOf(resettable), { min: 0 })),
    { default: [] },
  ),
  ignoreErrors: option(
    'true: a batch whose actions fail is skipped; a function receives the error; false: it is thrown',
    anyOf(
      boolean,
      live<(error: unknown) => void>('a function', value => typeof value === 'function'),
    ),
    { default: false },
  ),
  profile: option('true: the cost of each action is recorded, for profile and profileTable', boolean, { default: false }),
  notifier: option(
    "how the run is shown: true or 'bar' draws a progress bar on standard error, a function is called after each batch, an object says more",
    notifier,
    { optional: true },
  ),
  signal: option(
    'stops the run between batches',
    live<AbortSignal>('an AbortSignal', value => value instanceof AbortSignal),
    { optional: true },
  ),
}
const runOptions = options(runTable)

/** How a pipeline is run: how its dataset is iterated over, and how the work is done. */
export interface RunOptions extends WrittenOf<typeof runOptions> {}

/** Run options whose values may be expressions of the config, the dataset or variables: `{ batchSize: C('batchSize') }`. */
export type GivenRunOptions = { readonly [Key in keyof RunOptions]?: RunOptions[Key] | Expression<AnyName> }

/** The options of a run with their defaults; what depends on the dataset is checked there. */
export function checkRunOptions(written: RunOptions): ValueOf<typeof runOptions> {
  return read(runOptions, written, 'a run')
}
