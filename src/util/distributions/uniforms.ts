/** The random numbers of one draw. */
import { deriveSeed, uint32At } from '../seeds.js'

/** A number in (0, 1), both ends left out: its logarithm and that of its rest are finite. */
export function openUniformAt(seed: number, counter: number): number {
  return (uint32At(seed, counter) + 0.5) / 2 ** 32
}

/**
 * As many uniform numbers as a draw turns out to need: those of a seed of its own, which is a pure function of (seed, counter). It is
 * made for one draw and forgotten with it.
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
