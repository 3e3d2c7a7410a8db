/** Statistics of numbers, by numpy's formulas. */

/** What a `Normalizer` knows of the values. */
export interface NormalizationStats {
  readonly mean: number
  /** The standard deviation, divided by n. */
  readonly std: number
  readonly min: number
  readonly max: number
  /** The quantiles that values are clipped to. */
  readonly quantiles: readonly [low: number, high: number]
}

/** Returns the statistics of values; with `clips` those of the values clipped to their quantiles. */
export function statsOf(values: ArrayLike<number>, q: readonly [number, number], clips: boolean): NormalizationStats {
  const sorted = Float64Array.from(values).sort()
  const quantiles = [quantileOf(sorted, q[0]), quantileOf(sorted, q[1])] as const
  const [low, high] = clips ? quantiles : [Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY]
  const clip = (value: number) => Math.min(high, Math.max(low, value))
  const n = values.length
  let sum = 0
  for (let i = 0; i < n; i++) sum += clip(values[i]!)
  const mean = sum / n
  let squares = 0
  for (let i = 0; i < n; i++) squares += (clip(values[i]!) - mean) ** 2
  return { mean, std: Math.sqrt(squares / n), min: clip(sorted[0]!), max: clip(sorted[n - 1]!), quantiles }
}

/** The quantile of sorted values, between two of them in proportion: numpy's `quantile`. */
function quantileOf(sorted: Float64Array, q: number): number {
  const position = (sorted.length - 1) * q
  const [below, part] = [Math.floor(position), position - Math.floor(position)]
  const value = sorted[below]!
  return part === 0 ? value : value + (sorted[below + 1]! - value) * part
}
