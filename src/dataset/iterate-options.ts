/** The options of a walk over a dataset, checked and with their defaults: loose `IterateOptions` in, a strict `Walk` out. */
import { fail } from '../errors/index.js'
import { type IterateOptions, iterateOptionNames } from '../pipeline/spec/contracts.js'
import { isSeed } from '../util/seeds.js'
import { show } from './show.js'

/** How a dataset is walked, every option decided. */
export interface Walk {
  readonly length: number
  readonly batchSize: number
  /** The seed of the shuffled order, or null for the order of the index. */
  readonly seed: number | null
  /** Passes over the data, or null where they are not limited. */
  readonly epochs: number | null
  /** Batches in all, or null where they are not limited. */
  readonly iterations: number | null
  readonly dropLast: boolean
}

const optionNames: readonly string[] = iterateOptionNames

/**
 * Checks the options of a walk over `length` items. One epoch where neither `epochs` nor `iterations` is given.
 *
 * @throws MillraceError `unknown-option`, `wrong-value`, `batch-too-large`, `epochs-and-iterations`
 */
export function inferWalk(length: number, options: IterateOptions, seed: number): Walk {
  const unknown = Object.keys(options).find(name => !optionNames.includes(name))
  if (unknown !== undefined) fail('unknown-option', { of: 'a walk over a dataset', seen: unknown, allowed: optionNames })
  const { batchSize, shuffle = false, epochs, iterations, dropLast = false } = options
  checkCount('batchSize', batchSize)
  if (batchSize > length) fail('batch-too-large', { batchSize, length })
  if (epochs != null) checkCount('epochs', epochs, ', or null for endless')
  if (iterations != null) checkCount('iterations', iterations, ', or null for no limit')
  if (epochs != null && iterations != null) fail('epochs-and-iterations', { epochs, iterations })
  if (typeof dropLast !== 'boolean') fail('wrong-value', { name: 'dropLast', seen: show(dropLast), allowed: 'true or false' })
  checkShuffle(shuffle)
  if (!isSeed(seed)) fail('wrong-value', { name: 'seed', seen: show(seed), allowed: 'a whole number in 0 … 2^53 - 1' })
  return {
    length,
    batchSize,
    seed: shuffle === false ? null : shuffle === true ? seed : shuffle,
    epochs: epochs === undefined && iterations === undefined ? 1 : (epochs ?? null),
    iterations: iterations ?? null,
    dropLast,
  }
}

/** @throws MillraceError `wrong-value` unless this is false, true or a seed: a whole number in 0 … 2⁵³−1 */
export function checkShuffle(shuffle: unknown): asserts shuffle is boolean | number {
  if (typeof shuffle === 'boolean' || isSeed(shuffle)) return
  fail('wrong-value', { name: 'shuffle', seen: show(shuffle), allowed: 'false, true, or a seed: a whole number in 0 … 2^53 - 1' })
}

function checkCount(name: string, value: unknown, more = ''): void {
  if (!Number.isSafeInteger(value) || (value as number) < 1) {
    fail('wrong-value', { name, seen: show(value), allowed: `a whole number from 1${more}` })
  }
}
