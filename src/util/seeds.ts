/**
 * Counter-based randomness: every draw is a pure function of a seed and a counter,  so that any item of a stream can be computed
 * without the ones before it, in any order and by any number of workers.
 *
 * A seed is an integer in 0 … 2⁵³−1. The bit mixer is "lowbias32" (C. Wellons, hash-prospector), applied once for the counter and
 * once for each seed word. The counter is mixed before it meets the seed:  if it were added to the seed first, the streams of two seeds
 * could be the same numbers, shifted.
 */

const GOLDEN = 0x9e3779b9
const TWO_32 = 2 ** 32

function mix(word: number): number {
  let x = word | 0
  x = Math.imul(x ^ (x >>> 16), 0x7feb352d)
  x = Math.imul(x ^ (x >>> 15), 0x846ca68b)
  return x ^ (x >>> 16)
}

/** The `counter`-th 32-bit word (0 … 2³²−1) of the stream of `seed`. `counter` is an integer in 0 … 2⁵³−1. */
export function uint32At(seed: number, counter: number): number {
  const place = mix(Math.imul(counter | 0, GOLDEN) + Math.floor(counter / TWO_32) + 1)
  return mix(mix(place ^ (seed % TWO_32)) + Math.imul(Math.floor(seed / TWO_32), GOLDEN)) >>> 0
}

/** Returns true if a value is a valid seed. */
export function isSeed(value: unknown): value is number {
  return Number.isSafeInteger(value) && (value as number) >= 0
}

/** The `counter`-th number of the stream of `seed`, uniform in [0, 1), with 32 random bits. */
export function uniformAt(seed: number, counter: number): number {
  return uint32At(seed, counter) / TWO_32
}

/** The `counter`-th number of the stream of `seed`, from the standard normal distribution (Box and Muller). */
export function normalAt(seed: number, counter: number): number {
  const radius = Math.sqrt(-2 * Math.log(1 - uniformAt(seed, 2 * counter)))
  return radius * Math.cos(2 * Math.PI * uniformAt(seed, 2 * counter + 1))
}

/**
 * Derives the seed of a named place from another seed, e.g. `deriveSeed(seed, 'epoch', 3)`. Different places give independent streams.
 *
 * @example
 * const weights = deriveSeed(42, 'resnet', 'head/dense/kernel')
 */
export function deriveSeed(seed: number, ...place: readonly (string | number)[]): number {
  let low = (seed % TWO_32) | 0
  let high = Math.floor(seed / TWO_32) | 0
  const absorb = (word: number) => {
    low = mix(low ^ word)
    high = mix(high + Math.imul(word, GOLDEN) + low)
  }
  for (const part of place) {
    const text = `${part}`
    for (let i = 0; i < text.length; i++) absorb(text.charCodeAt(i))
    // The end of a part is a word no character has, another for numbers: 3 and '3', ('ab', 'c') and ('a', 'bc') are different places.
    absorb(typeof part === 'number' ? 0x10000 + text.length : ~text.length)
  }
  return (high & 0x1fffff) * TWO_32 + (low >>> 0)
}

/** The permutation of 0 … length−1 that belongs to a seed (Fisher and Yates). */
export function permutation(seed: number, length: number): Uint32Array {
  const order = new Uint32Array(length)
  for (let i = 0; i < length; i++) order[i] = i
  for (let i = length - 1; i > 0; i--) {
    const j = Math.floor(uniformAt(seed, i) * (i + 1))
    const kept = order[i]!
    order[i] = order[j]!
    order[j] = kept
  }
  return order
}
