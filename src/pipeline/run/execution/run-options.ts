import { fail } from '../../../errors/index.js'
import type { NotifierOption } from '../../../notifier/index.js'
import { isSeed } from '../../../util/seeds.js'
import { type IterateOptions, iterateOptionNames } from '../../description/contracts.js'
import { Expression } from '../../description/expressions/expression.js'
import type { AnyName } from '../../description/expressions/names.js'
import { toResettable } from '../session/resettable.js'
import type { Resettable, Session } from '../session/session.js'
import { evaluate } from '../values/evaluate.js'
import { Scope } from './scope.js'

/** How a pipeline is run: how its dataset is walked, and how the work is done. */
export interface RunOptions extends IterateOptions {
  /** The seed of weights, of `shuffle: true`, and of every random value. Default 0. */
  readonly seed?: number
  /**
   * The number of batches prepared ahead: loaded, and processed by the first actions while these read only
   * their batch (no `V`, no model, no `call`). All other actions run in the order of the batches. Default 0.
   */
  readonly prefetch?: number
  /** What is reset first: `variables`, `models`. Not stored. The batches start from the first in any case. Default: nothing. */
  readonly reset?: Resettable | readonly Resettable[]
  /** True if a batch whose actions fail is skipped; a function is called with the error. Default false: the error is thrown. */
  readonly ignoreErrors?: boolean | ((error: unknown) => void)
  /** True if the cost of each action is recorded, for `profile` and `profileTable`. Default false. */
  readonly profile?: boolean
  /**
   * Reports progress: `true` or `'bar'` draws a progress bar on standard error, a function is called after each batch, an object
   * sets more. Default: none.
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

/** The options of a run: those passed, merged over those that `runLater` stored. Expressions are evaluated. */
export function toRunOptions(session: Session, given: GivenRunOptions): Partial<RunOptions> {
  const scope = new Scope(session)
  const own = Object.entries(given).filter(([, value]) => value !== undefined)
  const stored = Object.entries(session.spec.batch ?? {}).filter(([key]) => !excludes(own, key))
  return Object.fromEntries(
    [...stored, ...own].map(([key, value]) => [key, typeof value === 'function' ? value : evaluate(plain(value), scope)]),
  )
}

const plain = (value: unknown) => (value instanceof Expression ? value.json : value)

/** True if a stored `epochs` or `iterations` is overridden by the other. */
function excludes(given: readonly (readonly [string, unknown])[], stored: string): boolean {
  const other = { epochs: 'iterations', iterations: 'epochs' }[stored]
  return given.some(([key]) => key === other)
}

/** Options that do not depend on a dataset are checked here; the dataset checks its own. */
export function checkRunOptions(options: RunOptions): void {
  const unknown = Object.keys(options).find(name => !optionNames.includes(name))
  if (unknown !== undefined) fail('unknown-option', { of: 'a run', seen: unknown, allowed: optionNames })
  const { seed = 0, prefetch = 0, reset = [] } = options
  if (!isSeed(seed)) fail('wrong-value', { name: 'seed', seen: String(seed), allowed: 'an integer from 0 to 2⁵³−1' })
  if (!Number.isInteger(prefetch) || prefetch < 0)
    fail('wrong-value', { name: 'prefetch', seen: String(prefetch), allowed: 'an integer from 0' })
  if ([reset].flat().length > 0) toResettable([reset].flat())
}
