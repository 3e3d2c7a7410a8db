import { fail } from '../../../errors/index.js'
import type { NotifierOption } from '../../../notifier/index.js'
import { isSeed } from '../../../util/seeds.js'
import { type IterateOptions, iterateOptionNames } from '../../description/contracts.js'
import type { Expression } from '../../description/expressions/expression.js'
import type { AnyName } from '../../description/expressions/names.js'
import { type Resettable, toResettable } from '../session/resettable.js'

/** How a pipeline is run: how its dataset is walked, and how the work is done. */
export interface RunOptions extends IterateOptions {
  /** The seed of weights, of `shuffle: true`, and of every random value. Default 0. */
  readonly seed?: number
  /**
   * How many batches are had ahead of the one worked on: loaded, and worked on by the first actions, as far as these read nothing but
   * their batch (no `V`, no model, no `call`). All other actions are done in the order of the batches. Default 0.
   */
  readonly prefetch?: number
  /** What is forgotten first, for this run only: `variables`, `models`. The batches start from the first one in any case. Default nothing. */
  readonly reset?: Resettable | readonly Resettable[]
  /** Whether a batch whose actions fail is left out; a function is told the error. Default false: the error is thrown. */
  readonly ignoreErrors?: boolean | ((error: unknown) => void)
  /** Whether it is noted what each action costs, for `profile` and `profileTable`. Default false. */
  readonly profile?: boolean
  /**
   * Tells how the run goes: `true` or `'bar'` draws a progress bar on standard error, a function is called after each batch, an object
   * says more. Default nothing.
   */
  readonly notifier?: NotifierOption
  /** Stops the run between batches. */
  readonly signal?: AbortSignal
}

/** Run options whose values may be expressions of the config, the dataset or variables: `{ batchSize: C('batchSize') }`. */
export type GivenRunOptions = { readonly [Key in keyof RunOptions]?: RunOptions[Key] | Expression<AnyName> }

const ownOptionNames = ['seed', 'prefetch', 'reset', 'ignoreErrors', 'profile', 'notifier', 'signal'] as const satisfies readonly Exclude<
  keyof RunOptions,
  keyof IterateOptions
>[]
const optionNames: readonly string[] = [...iterateOptionNames, ...ownOptionNames]

/** What does not depend on a dataset is checked here; the dataset checks its own. */
export function checkRunOptions(options: RunOptions): void {
  const unknown = Object.keys(options).find(name => !optionNames.includes(name))
  if (unknown !== undefined) fail('unknown-option', { of: 'a run', seen: unknown, allowed: optionNames })
  const { seed = 0, prefetch = 0, reset = [] } = options
  if (!isSeed(seed)) fail('wrong-value', { name: 'seed', seen: String(seed), allowed: 'an integer from 0 to 2⁵³−1' })
  if (!Number.isInteger(prefetch) || prefetch < 0)
    fail('wrong-value', { name: 'prefetch', seen: String(prefetch), allowed: 'an integer from 0' })
  if ([reset].flat().length > 0) toResettable([reset].flat())
}
