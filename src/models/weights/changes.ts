/** The changes of weights that need no function. Each works on all weights at once, by path. */
import { NdArray } from '../../util/nd-array.js'
import type { WeightChange, Weights } from '../model-types.js'

type KeysOf<Union> = Union extends unknown ? keyof Union : never

const changes: Readonly<Record<KeysOf<WeightChange>, (weights: Weights, number: number) => Weights>> = {
  /** Values closer to 0 than a threshold become 0. */
  zeroBelow: (weights, threshold) => mapValues(weights, value => (Math.abs(value) < threshold ? 0 : value)),

  /** A share of all values becomes 0: the smallest, by absolute value. Of equal ones those of the first weights. */
  zeroSmallest: (weights, share) => {
    const sizes = sizesOf(weights).sort()
    const count = Math.round(share * sizes.length)
    if (count === 0) return weights
    const limit = sizes[count - 1]!
    let equal = count - sizes.indexOf(limit)
    return mapValues(weights, value => {
      const size = Math.abs(value)
      return size < limit || (size === limit && equal-- > 0) ? 0 : value
    })
  },

  /** Values become multiples of a step, the nearest ones. */
  round: (weights, step) => mapValues(weights, value => Math.round(value / step) * step),
}

/** Weights after a change. */
export function applyChange(change: WeightChange, weights: Weights): Weights {
  const [name, number] = Object.entries(change)[0] as [keyof typeof changes, number]
  return changes[name](weights, number)
}

/** The absolute values of all weights. */
function sizesOf(weights: Weights): Float32Array {
  const all = Object.values(weights)
  const sizes = new Float32Array(all.reduce((total, { data }) => total + data.length, 0))
  let at = 0
  for (const { data } of all) for (const value of data) sizes[at++] = Math.abs(value)
  return sizes
}

function mapValues(weights: Weights, change: (value: number) => number): Weights {
  const changed = ({ data, shape }: NdArray) => new NdArray(Float32Array.from(data, change), shape)
  return Object.fromEntries(Object.entries(weights).map(([path, weight]) => [path, changed(weight)]))
}
