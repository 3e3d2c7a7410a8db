/** Distributions with their formulas: the distribution function or the probabilities, the mean and the variance. */
import type { DistributionName } from '../../../src/util/distributions/table.js'
import { gammaCdf, integrate, logGammaFunction } from './goodness.js'

export interface Case {
  readonly name: DistributionName
  readonly args: readonly number[]
  readonly cdf?: (x: number) => number
  readonly mean?: number
  readonly variance?: number
}

const choose = (n: number, k: number) => Math.exp(logGammaFunction(n + 1) - logGammaFunction(k + 1) - logGammaFunction(n - k + 1))
const normalCdf = (x: number): number => (x < 0 ? 1 - normalCdf(-x) : 0.5 + 0.5 * gammaCdf(0.5, (x * x) / 2))
const betaDensity = (a: number, b: number) => (x: number) =>
  Math.exp((a - 1) * Math.log(x) + (b - 1) * Math.log(1 - x) + logGammaFunction(a + b) - logGammaFunction(a) - logGammaFunction(b))
const tDensity = (df: number) => (x: number) =>
  Math.exp(
    logGammaFunction((df + 1) / 2) - logGammaFunction(df / 2) - 0.5 * Math.log(df * Math.PI) - ((df + 1) / 2) * Math.log1p((x * x) / df),
  )
const fDensity = (a: number, b: number) => (x: number) => (betaDensity(a / 2, b / 2)((a * x) / (a * x + b)) * a * b) / (a * x + b) ** 2
const vonmisesScale = integrate(x => Math.exp(2 * (Math.cos(x) - 1)), -Math.PI, Math.PI, 2000)
const vonmisesDensity = (x: number) => Math.exp(2 * (Math.cos(x - 0.5) - 1)) / vonmisesScale

export const continuous: readonly Case[] = [
  { name: 'uniform', args: [-2, 3], cdf: x => (x + 2) / 5, mean: 0.5, variance: 25 / 12 },
  { name: 'normal', args: [3, 2], cdf: x => normalCdf((x - 3) / 2), mean: 3, variance: 4 },
  { name: 'lognormal', args: [0.5, 0.4], cdf: x => normalCdf((Math.log(x) - 0.5) / 0.4), mean: Math.exp(0.58) },
  { name: 'exponential', args: [2.5], cdf: x => 1 - Math.exp(-x / 2.5), mean: 2.5, variance: 6.25 },
  {
    name: 'laplace',
    args: [1, 2],
    cdf: x => (x < 1 ? 0.5 * Math.exp((x - 1) / 2) : 1 - 0.5 * Math.exp((1 - x) / 2)),
    mean: 1,
    variance: 8,
  },
  { name: 'logistic', args: [1, 2], cdf: x => 1 / (1 + Math.exp((1 - x) / 2)), mean: 1, variance: (4 * Math.PI ** 2) / 3 },
  {
    name: 'gumbel',
    args: [1, 2],
    cdf: x => Math.exp(-Math.exp((1 - x) / 2)),
    mean: 1 + 2 * 0.5772156649,
    variance: (4 * Math.PI ** 2) / 6,
  },
  { name: 'rayleigh', args: [2], cdf: x => 1 - Math.exp((-x * x) / 8), mean: 2 * Math.sqrt(Math.PI / 2), variance: (4 - Math.PI) * 2 },
  { name: 'weibull', args: [1.5], cdf: x => 1 - Math.exp(-(x ** 1.5)), mean: Math.exp(logGammaFunction(1 + 1 / 1.5)) },
  { name: 'pareto', args: [3.5], cdf: x => 1 - (1 + x) ** -3.5, mean: 1 / 2.5 },
  { name: 'power', args: [2.5], cdf: x => x ** 2.5, mean: 2.5 / 3.5, variance: 2.5 / (3.5 ** 2 * 4.5) },
  { name: 'triangular', args: [-1, 0, 3], cdf: x => (x < 0 ? (x + 1) ** 2 / 4 : 1 - (3 - x) ** 2 / 12), mean: 2 / 3, variance: 13 / 18 },
  { name: 'triangular', args: [0, 0, 2], cdf: x => 1 - (2 - x) ** 2 / 4, mean: 2 / 3 },
  { name: 'gamma', args: [3.7, 2], cdf: x => gammaCdf(3.7, x / 2), mean: 7.4, variance: 14.8 },
  { name: 'gamma', args: [0.3], cdf: x => gammaCdf(0.3, x), mean: 0.3, variance: 0.3 },
  { name: 'chisquare', args: [5], cdf: x => gammaCdf(2.5, x / 2), mean: 5, variance: 10 },
  { name: 'beta', args: [2, 3.5], cdf: x => integrate(betaDensity(2, 3.5), 1e-12, x), mean: 2 / 5.5, variance: 7 / (5.5 ** 2 * 6.5) },
  { name: 'beta', args: [0.05, 0.05], mean: 0.5, variance: 0.25 / 1.1 },
  { name: 'f', args: [4, 9], cdf: x => integrate(fDensity(4, 9), 1e-12, x), mean: 9 / 7 },
  { name: 'standardT', args: [4], cdf: x => 0.5 + Math.sign(x) * integrate(tDensity(4), 0, Math.abs(x)), mean: 0 },
  { name: 'vonmises', args: [0.5, 2], cdf: x => integrate(vonmisesDensity, -Math.PI, x, 100) },
  { name: 'vonmises', args: [0, 1e-6], cdf: x => (x + Math.PI) / (2 * Math.PI), mean: 0 },
  { name: 'vonmises', args: [1, 1e8], cdf: x => normalCdf((x - 1) * 1e4), mean: 1, variance: 1e-8 },
]

export const discrete: readonly (Case & { readonly probability: (k: number) => number; readonly from?: number; readonly to: number })[] = [
  { name: 'integers', args: [-1, 4], probability: () => 0.2, from: -1, to: 3, mean: 1, variance: 2 },
  { name: 'integers', args: [3], probability: () => 1 / 3, to: 2, mean: 1 },
  { name: 'bernoulli', args: [0.3], probability: k => (k ? 0.3 : 0.7), to: 1, mean: 0.3, variance: 0.21 },
  { name: 'geometric', args: [0.3], probability: k => 0.3 * 0.7 ** (k - 1), from: 1, to: 15, mean: 1 / 0.3, variance: 0.7 / 0.09 },
  { name: 'geometric', args: [1], probability: () => 1, from: 1, to: 1, mean: 1 },
  { name: 'binomial', args: [12, 0.4], probability: k => choose(12, k) * 0.4 ** k * 0.6 ** (12 - k), to: 10, mean: 4.8, variance: 2.88 },
  {
    name: 'binomial',
    args: [200, 0.05],
    probability: k => choose(200, k) * 0.05 ** k * 0.95 ** (200 - k),
    from: 3,
    to: 18,
    mean: 10,
    variance: 9.5,
  },
  { name: 'binomial', args: [60, 1], probability: () => 1, from: 60, to: 60, mean: 60 },
  {
    name: 'poisson',
    args: [3.5],
    probability: k => Math.exp(k * Math.log(3.5) - 3.5 - logGammaFunction(k + 1)),
    to: 10,
    mean: 3.5,
    variance: 3.5,
  },
  {
    name: 'poisson',
    args: [40],
    probability: k => Math.exp(k * Math.log(40) - 40 - logGammaFunction(k + 1)),
    from: 26,
    to: 56,
    mean: 40,
    variance: 40,
  },
  { name: 'poisson', args: [0], probability: () => 1, to: 0, mean: 0 },
]

/** Parameters of each distribution. */
export const examples = {
  ...Object.fromEntries([...continuous, ...discrete].map(({ name, args }) => [name, args])),
  multivariateNormal: [
    [0, 1],
    [
      [1, 0],
      [0, 1],
    ],
  ],
  dirichlet: [[1, 2]],
  multinomial: [5, [0.5, 0.5]],
  choice: [['a', 'b', 'c']],
} as unknown as Readonly<Record<DistributionName, readonly unknown[]>>
