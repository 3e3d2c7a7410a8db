/** The options of an iteration over a dataset, checked and with defaults: loose `IterateOptions` in, a strict `Walk` out. */
import { fail } from '../../errors/index.js'
import { read } from '../../options/index.js'
import { type IterateOptions, type ShuffleFunction, seed, type Tail, walkOptions } from '../../pipeline/description/batch-options.js'
import { describeValue } from '../../util/describe-value.js'
import { deriveSeed, permutation } from '../../util/seeds.js'
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

/**
 * Checks the options of an iteration over `length` items. Default: one epoch.
 *
 * @throws MillraceError `unknown-option`, `wrong-value`, `missing-argument`, `batch-too-large`, `epochs-and-iterations`,
 *   `tail-and-drop-last`
 */
export function inferWalk(length: number, written: IterateOptions, from: number): Walk {
  const { batchSize, shuffle, epochs, iterations, tail, dropLast } = read(walkOptions, written, 'an iteration over a dataset')
  if (batchSize > length) fail('batch-too-large', { batchSize, length })
  if (epochs != null && iterations != null) fail('epochs-and-iterations', { epochs, iterations })
  if (written.tail !== undefined && written.dropLast !== undefined && dropLast !== (tail === 'drop'))
    fail('tail-and-drop-last', { tail, dropLast })
  const runSeed = read(seed, from, 'seed')
  return {
    length,
    batchSize,
    draw:
      shuffle === false
        ? null
        : typeof shuffle === 'function'
          ? ownOrder(length, shuffle)
          : seededOrder(length, shuffle === true ? runSeed : shuffle),
    epochs: epochs === undefined && iterations === undefined ? 1 : (epochs ?? null),
    iterations: iterations ?? null,
    tail: dropLast ? 'drop' : tail,
  }
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
