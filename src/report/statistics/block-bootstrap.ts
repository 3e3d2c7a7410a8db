/** An interval for the mean of an autocorrelated series. */
import { uniformAt } from '../../util/seeds.js'
import { lagOneCorrelation, mean, quantileSorted } from './moments.js'
import type { Interval } from './wilson.js'

export interface BlockBootstrap extends Interval {
  /** The mean of the series itself. */
  readonly estimate: number
  readonly blockLength: number
  readonly resamples: number
}

export interface BlockBootstrapOptions {
  readonly seed: number
  /** Default 10,000. */
  readonly resamples?: number
  /** Default `blockLengthFor(values)`. */
  readonly blockLength?: number
  /** Default 0.95. */
  readonly confidence?: number
}

/**
 * The moving-block bootstrap (H. Künsch, Annals of Statistics 17, 1989) of a mean: resamples are made of blocks of consecutive values
 * drawn with replacement, cut to the length of the series, so that correlation between neighbours stays in them; the interval is between
 * the quantiles of their means. A pure function of values and seed.
 *
 * @example
 * blockBootstrapMean(differences, { seed: 0 })  // { estimate, low, high, blockLength, resamples }
 */
export function blockBootstrapMean(values: ArrayLike<number>, options: BlockBootstrapOptions): BlockBootstrap {
  const { seed, resamples = 10_000, blockLength = blockLengthFor(values), confidence = 0.95 } = options
  const sums = runningSums(values)
  const n = values.length
  const starts = n - blockLength + 1
  const means = new Float64Array(resamples)
  let draw = 0
  for (let r = 0; r < resamples; r++) {
    let sum = 0
    for (let filled = 0; filled < n; filled += blockLength) {
      const start = Math.floor(uniformAt(seed, draw++) * starts)
      const taken = Math.min(blockLength, n - filled)
      sum += sums[start + taken]! - sums[start]!
    }
    means[r] = sum / n
  }
  means.sort()
  const tail = (1 - confidence) / 2
  return { estimate: mean(values), low: quantileSorted(means, tail), high: quantileSorted(means, 1 - tail), blockLength, resamples }
}

/**
 * A block length of the order n^⅓, which is best for the variance of a mean, with the constant for a first-order autoregression of the
 * series' own correlation (D. Andrews, Econometrica 59, 1991); at least n^⅓, so that independent-looking series are not trusted too
 * far, and at most a third of the series.
 */
export function blockLengthFor(values: ArrayLike<number>): number {
  const n = values.length
  const correlation = Math.min(0.99, Math.max(0, lagOneCorrelation(values)))
  const constant = ((Math.sqrt(6) * correlation) / (1 - correlation ** 2)) ** (2 / 3)
  const length = Math.ceil(Math.max(1, constant) * Math.cbrt(n))
  return Math.max(1, Math.min(length, Math.floor(n / 3)))
}

function runningSums(values: ArrayLike<number>): Float64Array {
  const sums = new Float64Array(values.length + 1)
  for (let i = 0; i < values.length; i++) sums[i + 1] = sums[i]! + values[i]!
  return sums
}
