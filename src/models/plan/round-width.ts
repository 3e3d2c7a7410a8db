/** A width as a multiple of a divisor, never below 90 % of it, as in MobileNet's code. */
export function roundWidth(width: number, divisor: number): number {
  const rounded = Math.max(divisor, Math.floor((width + divisor / 2) / divisor) * divisor)
  return rounded < 0.9 * width ? rounded + divisor : rounded
}

/** A width, or each of a list of them, changed; what is no number stays. */
export function widenEach(value: unknown, widen: (width: number) => number): unknown {
  if (Array.isArray(value)) return value.map(one => widenEach(one, widen))
  return typeof value === 'number' ? widen(value) : value
}
