/** The options of an iteration over a dataset, checked and with defaults: loose `IterateOptions` in, a strict `Walk` out. */
import { fail, listNames } from '../../errors/index.js'
import { type IterateOptions, iterateOptionNames, type ShuffleFunction, type Tail, tails } from '../../pipeline/description/contracts.js'
import { describeValue } from '../../util/describe-value.js'
import { deriveSeed, isSeed, permutation } from '../../util/seeds.js'
import { allPositions } from './positions.js'

/** The options of an iteration, with every default resolved. */
export interface Walk {
  readonly length: number
  readonly batchSize: number
  /** The order of an epoch, or null for the order of the index. */
  readonly draw: ((epoch: number) => Uint32Array) | null
  /** Passes over the data, or null if unlimited. */
  readonly epochs: number | null
  /** The total number of batches, or null if unlimited. */
  readonly iterations: number | null
  readonly tail: Tail
}

const optionNames: readonly string[] = iterateOptionNames

/**
 * Checks the options of an iteration over `length` items. Default: one epoch.
 *
 * @throws MillraceError `unknown-option`, `wrong-value`, `batch-too-large`, `epochs-and-iterations`, `tail-and-drop-last`
 */
export function inferWalk(length: number, options: IterateOptions, seed: number): Walk {
  const unknown = Object.keys(options).find(name => !optionNames.includes(name))
  if (unknown !== undefined) fail('unknown-option', { of: 'an iteration over a dataset', seen: unknown, allowed: optionNames })
  const { batchSize, shuffle = false, epochs, iterations } = options
  checkCount('batchSize', batchSize)
  if (batchSize > length) fail('batch-too-large', { batchSize, length })
  if (epochs != null) checkCount('epochs', epochs, ', or null for endless')
  if (iterations != null) checkCount('iterations', iterations, ', or null for no limit')
  if (epochs != null && iterations != null) fail('epochs-and-iterations', { epochs, iterations })
  if (typeof shuffle !== 'function') checkShuffle(shuffle, ', or a function (order, epoch) => order')
  if (!isSeed(seed)) fail('wrong-value', { name: 'seed', seen: describeValue(seed), allowed: 'an integer from 0 to 2^53 - 1' })
  return {
    length,
    batchSize,
    draw:
      shuffle === false
        ? null
        : typeof shuffle === 'function'
          ? ownOrder(length, shuffle)
          : seededOrder(length, shuffle === true ? seed : shuffle),
    epochs: epochs === undefined && iterations === undefined ? 1 : (epochs ?? null),
    iterations: iterations ?? null,
    tail: inferTail(options),
  }
}

function inferTail({ tail, dropLast }: IterateOptions): Tail {
  if (dropLast !== undefined && typeof dropLast !== 'boolean') {
    fail('wrong-value', { name: 'dropLast', seen: describeValue(dropLast), allowed: 'true or false' })
  }
  if (tail !== undefined && !tails.includes(tail))
    fail('wrong-value', { name: 'tail', seen: describeValue(tail), allowed: listNames(tails) })
  if (tail !== undefined && dropLast !== undefined && dropLast !== (tail === 'drop')) fail('tail-and-drop-last', { tail, dropLast })
  return tail ?? (dropLast ? 'drop' : 'wrap')
}

function seededOrder(length: number, seed: number): (epoch: number) => Uint32Array {
  return epoch => permutation(deriveSeed(seed, 'order', epoch), length)
}

/** The function's result, copied and verified. */
function ownOrder(length: number, shuffle: ShuffleFunction): (epoch: number) => Uint32Array {
  return epoch => {
    const given = shuffle(allPositions(length), epoch)
    const seen = new Uint8Array(length)
    const refuse = (problem: string) => fail('not-a-permutation', { epoch, problem, length })
    if (given?.length !== length) refuse(given?.length === undefined ? describeValue(given) : `${given.length} positions`)
    return Uint32Array.from(given, position => {
      if (!(Number.isInteger(position) && position >= 0 && position < length)) refuse(describeValue(position))
      if (seen[position] === 1) refuse(`${position} twice`)
      seen[position] = 1
      return position
    })
  }
}

/** @throws MillraceError `wrong-value` unless this is false, true or a seed: an integer from 0 to 2⁵³−1 */
export function checkShuffle(shuffle: unknown, more = ''): asserts shuffle is boolean | number {
  if (typeof shuffle === 'boolean' || isSeed(shuffle)) return
  fail('wrong-value', {
    name: 'shuffle',
    seen: describeValue(shuffle),
    allowed: `false, true, a seed: an integer from 0 to 2^53 - 1${more}`,
  })
}

function checkCount(name: string, value: unknown, more = ''): void {
  if (!Number.isSafeInteger(value) || (value as number) < 1) {
    fail('wrong-value', { name, seen: describeValue(value), allowed: `an integer from 1${more}` })
  }
}
