/** The middle of a list of numbers. */

/** The mean of the two in the middle where their number is even. */
export function median(values: readonly number[]): number {
  if (values.length === 0) throw new RangeError('a median needs a number')
  const sorted = [...values].sort((a, b) => a - b)
  const middle = sorted.length >> 1
  return sorted.length % 2 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2
}

/** To four digits: more are noise. */
export function rounded(value: number): number {
  return Number(value.toPrecision(4))
}
