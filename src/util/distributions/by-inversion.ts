/** Distributions whose draw is a formula of one uniform or one normal number. Names and parameters are those of numpy's Generator. */
import { normalAt, uniformAt } from '../seeds.js'
import { distribution } from './distribution.js'
import { finite, notNegative, or, positive, probability, whole } from './parameters.js'
import { openUniformAt } from './uniforms.js'

const location = or(finite, 0)
const scale = or(notNegative, 1)

export const byInversion = {
  uniform: distribution({
    summary: 'Numbers from low up to but not including high.',
    parameters: { low: or(finite, 0), high: or(finite, 1) },
    yields: 'numbers',
    problem: ({ low, high }) => (low <= high ? undefined : `low is ${low}, above high, ${high}`),
    draw:
      ({ low, high }) =>
      (seed, i) =>
        low + uniformAt(seed, i) * (high - low),
  }),
  integers: distribution({
    summary: 'Integers from low up to but not including high; from 0 up to low if only low is set.',
    parameters: { low: whole, high: or(whole, null) },
    yields: 'integers',
    problem: ({ low, high }) => {
      const [from, to] = high === null ? [0, low] : [low, high]
      if (from >= to) return `there is no integer from ${from} up to but not including ${to}`
      return to - from > 2 ** 32
        ? `from ${from} up to ${to} there are more than 2³² numbers, the most that a draw can distinguish`
        : undefined
    },
    draw: ({ low, high }) => {
      const [from, to] = high === null ? [0, low] : [low, high]
      return (seed, i) => from + Math.floor(uniformAt(seed, i) * (to - from))
    },
  }),
  bernoulli: distribution({
    summary: '1 with probability p, otherwise 0.',
    parameters: { p: or(probability, 0.5) },
    yields: 'integers',
    draw:
      ({ p }) =>
      (seed, i) =>
        Number(uniformAt(seed, i) < p),
  }),
  normal: distribution({
    summary: 'The normal distribution of mean loc and standard deviation scale.',
    parameters: { loc: location, scale },
    yields: 'numbers',
    draw:
      ({ loc, scale }) =>
      (seed, i) =>
        loc + normalAt(seed, i) * scale,
  }),
  lognormal: distribution({
    summary: 'Numbers whose logarithm is normal, of mean `mean` and standard deviation sigma.',
    parameters: { mean: or(finite, 0), sigma: or(notNegative, 1) },
    yields: 'numbers',
    draw:
      ({ mean, sigma }) =>
      (seed, i) =>
        Math.exp(mean + normalAt(seed, i) * sigma),
  }),
  exponential: distribution({
    summary: 'The time until an event, of mean scale.',
    parameters: { scale },
    yields: 'numbers',
    draw:
      ({ scale }) =>
      (seed, i) =>
        -scale * Math.log(openUniformAt(seed, i)),
  }),
  laplace: distribution({
    summary: 'Two exponential distributions back to back.',
    parameters: { loc: location, scale },
    yields: 'numbers',
    draw:
      ({ loc, scale }) =>
      (seed, i) => {
        const u = openUniformAt(seed, i)
        return u < 0.5 ? loc + scale * Math.log(2 * u) : loc - scale * Math.log(2 - 2 * u)
      },
  }),
  logistic: distribution({
    summary: 'Numbers whose distribution function is the logistic one.',
    parameters: { loc: location, scale },
    yields: 'numbers',
    draw:
      ({ loc, scale }) =>
      (seed, i) => {
        const u = openUniformAt(seed, i)
        return loc + scale * Math.log(u / (1 - u))
      },
  }),
  gumbel: distribution({
    summary: 'The largest of many numbers.',
    parameters: { loc: location, scale },
    yields: 'numbers',
    draw:
      ({ loc, scale }) =>
      (seed, i) =>
        loc - scale * Math.log(-Math.log(openUniformAt(seed, i))),
  }),
  rayleigh: distribution({
    summary: 'The length of a vector of two normal numbers.',
    parameters: { scale },
    yields: 'numbers',
    draw:
      ({ scale }) =>
      (seed, i) =>
        scale * Math.sqrt(-2 * Math.log(openUniformAt(seed, i))),
  }),
  weibull: distribution({
    summary: 'A power 1/a of an exponential number.',
    parameters: { a: positive },
    yields: 'numbers',
    draw:
      ({ a }) =>
      (seed, i) =>
        (-Math.log(openUniformAt(seed, i))) ** (1 / a),
  }),
  pareto: distribution({
    summary: 'The Pareto II or Lomax distribution of shape a, from 0.',
    parameters: { a: positive },
    yields: 'numbers',
    draw:
      ({ a }) =>
      (seed, i) =>
        openUniformAt(seed, i) ** (-1 / a) - 1,
  }),
  power: distribution({
    summary: 'Numbers from 0 to 1 whose density is a power, a − 1.',
    parameters: { a: positive },
    yields: 'numbers',
    draw:
      ({ a }) =>
      (seed, i) =>
        openUniformAt(seed, i) ** (1 / a),
  }),
  triangular: distribution({
    summary: 'Numbers from left to right whose density rises up to mode and falls after it.',
    parameters: { left: finite, mode: finite, right: finite },
    yields: 'numbers',
    problem: ({ left, mode, right }) =>
      left <= mode && mode <= right && left < right ? undefined : `${left}, ${mode}, ${right} are not left ≤ mode ≤ right`,
    draw: ({ left, mode, right }) => {
      const width = right - left
      const share = (mode - left) / width
      return (seed, i) => {
        const u = openUniformAt(seed, i)
        return u < share ? left + Math.sqrt(u * width * (mode - left)) : right - Math.sqrt((1 - u) * width * (right - mode))
      }
    },
  }),
  geometric: distribution({
    summary: 'Trials of probability p up to and including the first success.',
    parameters: { p: probability },
    yields: 'integers',
    problem: ({ p }) => (p > 0 ? undefined : 'p is 0: there would be no success'),
    draw:
      ({ p }) =>
      (seed, i) =>
        Math.max(1, Math.ceil(Math.log(openUniformAt(seed, i)) / Math.log1p(-p))),
  }),
} as const
