/** An estimate's lower and upper bound. */
export interface Interval {
  readonly low: number
  readonly high: number
}

/** The 97.5 % point of the standard normal distribution. */
const z = 1.959963984540054

/**
 * Wilson's 95% score interval for a share, e.g. of correct answers (E. B. Wilson, JASA 22, 1927). Unlike the textbook interval it stays
 * inside 0 … 1 and is accurate for shares near 1.
 *
 * @example
 * wilsonInterval(9900, 10000)  // { low: 0.98786…, high: 0.99177… }
 */
export function wilsonInterval(successes: number, trials: number): Interval {
  if (trials === 0) return { low: 0, high: 1 }
  const share = successes / trials
  const shrink = 1 + z ** 2 / trials
  const center = (share + z ** 2 / (2 * trials)) / shrink
  const half = (z / shrink) * Math.sqrt((share * (1 - share)) / trials + z ** 2 / (4 * trials ** 2))
  return { low: successes === 0 ? 0 : center - half, high: successes === trials ? 1 : center + half }
}
