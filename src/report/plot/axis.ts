/** An axis's extent and scale. */
export interface Axis {
  readonly low: number
  readonly high: number
  readonly type: 'linear' | 'log'
  readonly label: string
}

/** Returns 0 at the low end, 1 at the high end; values outside are clamped. */
export function shareOf({ low, high, type }: Axis, value: number): number {
  const share = type === 'log' ? Math.log(value / low) / Math.log(high / low) : (value - low) / (high - low)
  return Number.isFinite(share) ? Math.min(1, Math.max(0, share)) : 0
}

/** Returns the value at a share of the axis. */
export function valueAt({ low, high, type }: Axis, share: number): number {
  return type === 'log' ? low * (high / low) ** share : low + share * (high - low)
}

/** Rounds up to a number of the form {1, 1.2, 1.5, 2, …} × 10ⁿ. */
export function niceCeiling(value: number): number {
  if (!(value > 0) || !Number.isFinite(value)) return 1
  const power = 10 ** Math.floor(Math.log10(value))
  const step = [1, 1.2, 1.5, 2, 2.5, 3, 4, 5, 6, 8, 10].find(multiple => multiple * power >= value * (1 - 1e-9)) ?? 10
  return Number((step * power).toPrecision(3))
}

/** Returns the ticks of a logarithmic axis: {1, 2, 5} × 10ⁿ, or powers of ten alone if those were too many. */
export function logTicks({ low, high }: Axis, max = 8): number[] {
  const powers = Array.from({ length: Math.ceil(Math.log10(high / low)) + 2 }, (_, i) => Math.floor(Math.log10(low)) + i)
  const ticks = (steps: readonly number[]) =>
    powers.flatMap(power => steps.map(step => Number(`${step}e${power}`))).filter(tick => tick >= low && tick <= high)
  const fine = ticks([1, 2, 5])
  return fine.length <= max ? fine : ticks([1])
}
