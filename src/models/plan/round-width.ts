/** A width as a multiple of a divisor, never below 90 % of it, as in MobileNet's code. */
export function roundWidth(width: number, divisor: number): number {
  const rounded = Math.max(divisor, Math.floor((width + divisor / 2) / divisor) * divisor)
  return rounded < 0.9 * width ? rounded + divisor : rounded
}
