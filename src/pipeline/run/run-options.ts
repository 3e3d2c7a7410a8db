import { fail } from '../../errors/index.js'
import { isSeed } from '../../util/seeds.js'
import { type IterateOptions, iterateOptionNames } from '../spec/contracts.js'

/** How a pipeline is run: how its dataset is walked, and how the work is done. */
export interface RunOptions extends IterateOptions {
  /** The seed of weights, of `shuffle: true`, and of every random value. Default 0. */
  readonly seed?: number
  /** How many batches are loaded ahead of the one worked on. Default 0. */
  readonly prefetch?: number
  /** Stops the run between batches. */
  readonly signal?: AbortSignal
}

const optionNames: readonly string[] = [...iterateOptionNames, 'seed', 'prefetch', 'signal'] satisfies (keyof RunOptions)[]

/** What does not depend on a dataset is checked here; the dataset checks its own. */
export function checkRunOptions(options: RunOptions): void {
  const unknown = Object.keys(options).find(name => !optionNames.includes(name))
  if (unknown !== undefined) fail('unknown-option', { of: 'a run', seen: unknown, allowed: optionNames })
  const { seed = 0, prefetch = 0 } = options
  if (!isSeed(seed)) fail('wrong-value', { name: 'seed', seen: String(seed), allowed: 'an integer from 0 to 2⁵³−1' })
  if (!Number.isInteger(prefetch) || prefetch < 0)
    fail('wrong-value', { name: 'prefetch', seen: String(prefetch), allowed: 'an integer from 0' })
}
