/** The items of the parts of a split. */
import { option, options, read, type WrittenOf } from '../../options/index.js'
import { shuffle } from '../../pipeline/description/batch-options.js'
import { permutation } from '../../util/seeds.js'
import { allPositions } from './positions.js'
import { calcSplit, type Shares } from './shares.js'

const splitOptions = options({
  shuffle: option('false: the order of the index; true: drawn from seed 0; a number: drawn from that seed', shuffle, { default: false }),
})

/** How a split picks its items. */
export interface SplitOptions extends WrittenOf<typeof splitOptions> {}

/** The parts of a split. */
export type PartName = 'train' | 'test' | 'validation'

/** One value per part that has items. */
export type Parts<Value> = Readonly<Partial<Record<PartName, Value>>>

/**
 * Returns the positions of each part of `length` items. Validation takes its items first, then test, then train.
 *
 * @throws MillraceError `split-shares`, `wrong-value`
 */
export function splitPositions(length: number, shares?: Shares, options?: SplitOptions): Parts<Uint32Array> {
  const [train, test, validation] = calcSplit(length, shares)
  const order = splitOrder(length, options)
  return {
    ...(train > 0 && { train: order.subarray(validation + test) }),
    ...(test > 0 && { test: order.subarray(validation, validation + test) }),
    ...(validation > 0 && { validation: order.subarray(0, validation) }),
  }
}

/** The order in which a split takes the items. @throws MillraceError `wrong-value` */
export function splitOrder(length: number, written: SplitOptions = {}): Uint32Array {
  const { shuffle } = read(splitOptions, written, 'a split')
  return shuffle === false ? allPositions(length) : permutation(shuffle === true ? 0 : shuffle, length)
}
