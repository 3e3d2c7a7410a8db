/** Draws that consume a random number of uniform numbers. All are exact: the discrete ones come down to gamma and beta. */
import type { Uniforms } from './uniforms.js'

/**
 * The logarithm of a number of the gamma distribution of scale 1; with a small shape the number itself may be indistinguishable from 0.
 * G. Marsaglia and W. W. Tsang, "A simple method for generating gamma variables", 2000.
 */
export function logGamma(from: Uniforms, shape: number): number {
  if (shape < 1) return logGamma(from, shape + 1) + Math.log(from.next()) / shape
  const d = shape - 1 / 3
  const c = 1 / Math.sqrt(9 * d)
  for (;;) {
    const x = from.normal()
    const v = (1 + c * x) ** 3
    if (v > 0 && Math.log(from.next()) < 0.5 * x * x + d - d * v + d * Math.log(v)) return Math.log(d * v)
  }
}

export function gamma(from: Uniforms, shape: number): number {
  return Math.exp(logGamma(from, shape))
}

/** The share of one of two gamma variables in their sum. */
export function beta(from: Uniforms, a: number, b: number): number {
  const difference = logGamma(from, b) - logGamma(from, a)
  return 1 / (1 + Math.exp(difference))
}

/** Below this number of trials, or this mean, counting is faster than dividing. */
const few = 16

/**
 * Successes of n trials. The a-th smallest of n uniform numbers is of a beta distribution; the trials below and above it are
 * independent given it, so each round halves them. L. Devroye, "Non-uniform random variate generation", 1986, X.4.3.
 */
export function binomial(from: Uniforms, n: number, p: number): number {
  let [sure, trials, share] = [0, n, p]
  while (trials > few && share > 0 && share < 1) {
    const a = Math.floor(trials / 2) + 1
    const b = trials + 1 - a
    const middle = beta(from, a, b)
    if (middle <= share) {
      sure += a
      trials = b - 1
      share = (share - middle) / (1 - middle)
    } else {
      trials = a - 1
      share /= middle
    }
  }
  if (share >= 1) return sure + trials
  for (let i = 0; share > 0 && i < trials; i++) if (from.next() < share) sure++
  return sure
}

/**
 * Events in the time `mean`. The time of the m-th event is of a gamma distribution; the events before or after it are binomial or
 * Poisson given it. J. H. Ahrens and U. Dieter, "Computer methods for sampling from gamma, beta, Poisson and binomial distributions", 1974.
 */
export function poisson(from: Uniforms, mean: number): number {
  let [events, left] = [0, mean]
  while (left > few) {
    const m = Math.floor((left * 7) / 8)
    const time = gamma(from, m)
    if (time > left) return events + binomial(from, m - 1, left / time)
    events += m
    left -= time
  }
  const end = Math.exp(-left)
  for (let product = from.next(); product > end; product *= from.next()) events++
  return events
}

/**
 * An angle in −π … π around 0. D. J. Best and N. I. Fisher, "Efficient simulation of the von Mises distribution", 1979;  if it is so
 * narrow that their method loses precision, the normal distribution that it approaches.
 */
export function vonmises(from: Uniforms, kappa: number): number {
  if (kappa < 1e-8) return Math.PI * (2 * from.next() - 1)
  if (kappa > 1e6) return from.normal() / Math.sqrt(kappa)
  const tau = 1 + Math.sqrt(1 + 4 * kappa * kappa)
  const rho = (tau - Math.sqrt(2 * tau)) / (2 * kappa)
  const s = kappa < 1e-5 ? 1 / kappa + kappa : (1 + rho * rho) / (2 * rho)
  for (;;) {
    const z = Math.cos(Math.PI * from.next())
    const w = (1 + s * z) / (s + z)
    const y = kappa * (s - w)
    const v = from.next()
    if (y * (2 - y) >= v || Math.log(y / v) + 1 >= y) return Math.sign(from.next() - 0.5) * Math.acos(w)
  }
}
