/** The arithmetic mean; NaN for no values. */
export function mean(values: ArrayLike<number>): number {
  let sum = 0
  for (let i = 0; i < values.length; i++) sum += values[i]!
  return sum / values.length
}

/** The standard deviation of the values themselves (divided by n, as numpy does); NaN for no values. */
export function standardDeviation(values: ArrayLike<number>): number {
  const center = mean(values)
  let sum = 0
  for (let i = 0; i < values.length; i++) sum += (values[i]! - center) ** 2
  return Math.sqrt(sum / values.length)
}

/** The quantile at `share` (0 … 1) of ascending values, linear between neighbours (numpy's default); NaN for no values. */
export function quantileSorted(sorted: ArrayLike<number>, share: number): number {
  if (sorted.length === 0) return Number.NaN
  const position = share * (sorted.length - 1)
  const below = Math.floor(position)
  const above = Math.min(below + 1, sorted.length - 1)
  return sorted[below]! + (position - below) * (sorted[above]! - sorted[below]!)
}

/** The correlation of a series with itself one step later; 0 if the series is constant. */
export function lagOneCorrelation(values: ArrayLike<number>): number {
  const center = mean(values)
  let covariance = 0
  let variance = 0
  for (let i = 0; i < values.length; i++) {
    variance += (values[i]! - center) ** 2
    if (i > 0) covariance += (values[i]! - center) * (values[i - 1]! - center)
  }
  return variance > 0 ? covariance / variance : 0
}
