/**
 * Exponentially weighted moving average: y₀ = x₀, yₜ = (1 − α) yₜ₋₁ + α xₜ with α = 2 / (span + 1). It is pandas'
 * `Series.ewm(span=span, adjust=False).mean()`. A value that is not finite is skipped: the average stays, and the next value counts as if
 * it came right after.
 *
 * @example
 * ewma([1, 2, 3], 3)  // [1, 1.5, 2.25]
 */
export function ewma(values: ArrayLike<number>, span: number): number[] {
  const alpha = 2 / (span + 1)
  const smooth: number[] = new Array(values.length)
  let average = Number.NaN
  for (let i = 0; i < values.length; i++) {
    const value = values[i]!
    if (Number.isFinite(value)) average = Number.isNaN(average) ? value : average + alpha * (value - average)
    smooth[i] = average
  }
  return smooth
}
