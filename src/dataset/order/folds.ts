/** The items of the folds of a cross-validation. */
import { fail } from '../../errors/index.js'
import { type SplitOptions, splitOrder } from './split.js'

/** The positions of one fold: its test items, and all others to train on. */
export interface FoldPositions {
  readonly train: Uint32Array
  readonly test: Uint32Array
}

/**
 * Returns the positions of each fold of `length` items. Every item is a test item in one fold; the first `length % folds` folds have one
 * more.
 *
 * @example
 * foldPositions(10, 3).map(({ test }) => [...test])  // [[0, 1, 2, 3], [4, 5, 6], [7, 8, 9]]
 *
 * @throws MillraceError `wrong-value`
 */
export function foldPositions(length: number, folds: number, options?: SplitOptions): readonly FoldPositions[] {
  if (!Number.isSafeInteger(folds) || folds < 2 || folds > length) {
    fail('wrong-value', { name: 'folds', seen: String(folds), allowed: `an integer from 2 to ${length}, the number of items` })
  }
  const order = splitOrder(length, options)
  const small = Math.floor(length / folds)
  const larger = length % folds
  const start = (fold: number) => fold * small + Math.min(fold, larger)
  return Array.from({ length: folds }, (_, fold) => {
    const [from, to] = [start(fold), start(fold + 1)]
    const train = new Uint32Array(length - (to - from))
    train.set(order.subarray(0, from))
    train.set(order.subarray(to), from)
    return { train, test: order.subarray(from, to) }
  })
}
