/** The random numbers of one draw. */
import { deriveSeed, uint32At } from '../seeds.js'

/** A number in (0, 1), both ends excluded: its logarithm and that of its complement are finite. */
export function openUniformAt(seed: number, counter: number): number {
  return (uint32At(seed, counter) + 0.5) / 2 ** 32
}

/**
 * The uniform numbers of one draw, as many as it needs: they come from a seed that is a pure function of (seed, counter). An instance is
 * made per draw and discarded with it.
 */
export class Uniforms {
  readonly #seed: number
  #used = 0

  constructor(seed: number, counter: number) {
    this.#seed = deriveSeed(seed, counter)
  }

  /** A number in (0, 1). */
  next(): number {
    return openUniformAt(this.#seed, this.#used++)
  }

  /** A number of the standard normal distribution (Box and Muller). */
  normal(): number {
    const radius = Math.sqrt(-2 * Math.log(this.next()))
    return radius * Math.cos(2 * Math.PI * this.next())
  }
}
