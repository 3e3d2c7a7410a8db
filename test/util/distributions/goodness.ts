/** How well draws fit a distribution. */
import type { Draw } from '../../../src/util/distributions/distribution.js'

export function drawMany<Value>(draw: Draw<Value>, count: number, seed: number): Value[] {
  return Array.from({ length: count }, (_, i) => draw(seed, i))
}

/** The Kolmogorov-Smirnov distance times √n: above 1.95 once in a thousand where the draws are of this distribution function. */
export function ksScore(draws: readonly number[], cdf: (x: number) => number): number {
  const sorted = [...draws].sort((a, b) => a - b)
  const n = sorted.length
  return Math.sqrt(n) * Math.max(...sorted.map((x, i) => Math.max(cdf(x) - i / n, (i + 1) / n - cdf(x))))
}

export function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length
}

export function variance(values: readonly number[]): number {
  const middle = mean(values)
  return mean(values.map(value => (value - middle) ** 2))
}

/** How many standard errors the mean of values lies from what is expected. */
export function meanScore(values: readonly number[], expected: number): number {
  return (mean(values) - expected) / Math.max(Math.sqrt(variance(values) / values.length), 1e-12)
}

/** How many standard deviations the chi-square of counts lies from its mean, given the share of each. */
export function chiSquareScore(counts: readonly number[], shares: readonly number[]): number {
  const total = counts.reduce((sum, count) => sum + count, 0)
  const chi = counts.reduce((sum, count, k) => sum + (count - total * shares[k]!) ** 2 / (total * shares[k]!), 0)
  return (chi - (counts.length - 1)) / Math.sqrt(2 * (counts.length - 1))
}

/** Lanczos's approximation, to 1e-13 of the value. */
export function logGammaFunction(x: number): number {
  if (x < 0.5) return Math.log(Math.PI / Math.sin(Math.PI * x)) - logGammaFunction(1 - x)
  const coefficients = [
    676.5203681218851, -1259.1392167224028, 771.32342877765313, -176.61502916214059, 12.507343278686905, -0.13857109526572012,
    9.9843695780195716e-6, 1.5056327351493116e-7,
  ]
  const t = x + 6.5
  const sum = coefficients.reduce((total, c, i) => total + c / (x + i), 0.99999999999980993)
  return 0.5 * Math.log(2 * Math.PI) + (x - 0.5) * Math.log(t) - t + Math.log(sum)
}

/** The distribution function of the gamma distribution of scale 1. */
export function gammaCdf(shape: number, x: number): number {
  if (x <= 0) return 0
  let term = 1 / shape
  let sum = term
  for (let k = 1; Math.abs(term) > 1e-15 * sum && k < 5000; k++) {
    term *= x / (shape + k)
    sum += term
  }
  return Math.min(1, sum * Math.exp(shape * Math.log(x) - x - logGammaFunction(shape)))
}

/** The integral of a density from `from` to x, by Simpson's rule. */
export function integrate(density: (x: number) => number, from: number, x: number, parts = 400): number {
  const step = (x - from) / parts
  const inner = Array.from({ length: parts + 1 }, (_, i) => (i === 0 || i === parts ? 1 : i % 2 ? 4 : 2) * density(from + i * step))
  return (inner.reduce((sum, value) => sum + value, 0) * step) / 3
}
