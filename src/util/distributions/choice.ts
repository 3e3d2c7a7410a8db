/** Picking from a list. */
import { uniformAt } from '../seeds.js'
import { type Draw, distribution } from './distribution.js'
import { items, or, shares, sharesProblem, truth } from './parameters.js'
import { openUniformAt } from './uniforms.js'

export const choice = distribution({
  summary: 'An item of a list, or of 0 … a − 1, each with its probability p; without replacement no item of a stream repeats.',
  parameters: { a: items, p: or(shares, null), replace: or(truth, true) },
  yields: 'items',
  problem: ({ a, p }) => {
    if (p === null) return undefined
    return p.length === a.length ? sharesProblem('p', p) : `p has ${p.length} probabilities for ${a.length} items`
  },
  max: ({ a, p, replace }) => (replace ? Number.POSITIVE_INFINITY : p === null ? a.length : p.filter(share => share > 0).length),
  draw: ({ a, p, replace }) => (replace ? withReplacement(a, p) : withoutReplacement(a, p)),
})

function withReplacement(list: readonly unknown[], p: readonly number[] | null): Draw {
  if (p === null) return (seed, i) => list[Math.floor(uniformAt(seed, i) * list.length)]
  const upTo = runningSums(p)
  return (seed, i) => list[firstAbove(upTo, uniformAt(seed, i) * upTo.at(-1)!)]
}

/**
 * The items in a random order in which one item precedes another with the odds of their probabilities. P. S. Efraimidis and
 * P. G. Spirakis, "Weighted random sampling with a reservoir", 2006. The order of a seed is cached until another seed is used.
 */
function withoutReplacement(list: readonly unknown[], p: readonly number[] | null): Draw {
  let kept: { readonly seed: number; readonly order: readonly number[] } | undefined
  const orderOf = (seed: number) => {
    const waits = list.map((_, i) => -Math.log(openUniformAt(seed, i)) / (p?.[i] ?? 1))
    return list.map((_, i) => i).sort((i, j) => waits[i]! - waits[j]!)
  }
  return (seed, i) => {
    if (kept?.seed !== seed) kept = { seed, order: orderOf(seed) }
    return list[kept.order[i]!]
  }
}

/** Cumulative sums. */
export function runningSums(values: ArrayLike<number>): Float64Array {
  const sums = Float64Array.from(values)
  for (let i = 1; i < sums.length; i++) sums[i]! += sums[i - 1]!
  return sums
}

/** The position of the first of the increasing numbers above `value`; that of the last one if none is. */
export function firstAbove(rising: Float64Array, value: number): number {
  let [from, to] = [0, rising.length - 1]
  while (from < to) {
    const middle = (from + to) >> 1
    if (rising[middle]! > value) to = middle
    else from = middle + 1
  }
  return from
}
