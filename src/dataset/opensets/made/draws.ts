/** The random numbers of one made item. */
import { deriveSeed, uint32At } from '../../../util/seeds.js'

/** The standard deviation of the sum of four bytes. */
const deviation = Math.sqrt((4 * (256 ** 2 - 1)) / 12)

/**
 * The draws of one item, in the order in which they are asked for. They use only operations that IEEE 754 defines to the last bit, so that
 * an item is the same on every machine.
 */
export class Draws {
  readonly #seed: number
  #drawn = 0

  /** @param place what the draws are for, e.g. the name of the set, the part, the number of the item */
  constructor(seed: number, ...place: readonly (string | number)[]) {
    this.#seed = deriveSeed(seed, ...place)
  }

  /** @internal Uniform in [low, high). */
  uniform(low: number, high: number): number {
    return low + (this.#next() / 2 ** 32) * (high - low)
  }

  /** @internal An integer in low … high. */
  integer(low: number, high: number): number {
    return low + Math.floor((this.#next() / 2 ** 32) * (high - low + 1))
  }

  /** @internal Bell-shaped, of mean 0 and standard deviation 1: the sum of four bytes. */
  bell(): number {
    const word = this.#next()
    return ((word & 255) + ((word >>> 8) & 255) + ((word >>> 16) & 255) + (word >>> 24) - 510) / deviation
  }

  #next(): number {
    return uint32At(this.#seed, this.#drawn++)
  }
}
