/** Distributions whose draw consumes several random numbers. Names and parameters are those of numpy's Generator. */
import { type Draw, distribution } from './distribution.js'
import { count, finite, notNegative, or, positive, probability } from './parameters.js'
import { Uniforms } from './uniforms.js'
import { beta, binomial, gamma, poisson, vonmises } from './variates.js'

/** A draw from the random numbers of its own counter. */
export function drawing<Value>(from: (uniforms: Uniforms) => Value): Draw<Value> {
  return (seed, counter) => from(new Uniforms(seed, counter))
}

const chisquare = (from: Uniforms, df: number) => 2 * gamma(from, df / 2)

export const byRejection = {
  gamma: distribution({
    summary: 'The time until the shape-th event, each of mean scale after the one before.',
    parameters: { shape: notNegative, scale: or(notNegative, 1) },
    yields: 'numbers',
    draw: ({ shape, scale }) => drawing(from => scale * gamma(from, shape)),
  }),
  beta: distribution({
    summary: 'Numbers from 0 to 1: the share of one of two gamma variables of shapes a and b.',
    parameters: { a: positive, b: positive },
    yields: 'numbers',
    draw: ({ a, b }) => drawing(from => beta(from, a, b)),
  }),
  chisquare: distribution({
    summary: 'The sum of df squares of normal numbers.',
    parameters: { df: positive },
    yields: 'numbers',
    draw: ({ df }) => drawing(from => chisquare(from, df)),
  }),
  f: distribution({
    summary: 'The ratio of two mean squares, of dfnum and dfden degrees of freedom.',
    parameters: { dfnum: positive, dfden: positive },
    yields: 'numbers',
    draw: ({ dfnum, dfden }) => drawing(from => chisquare(from, dfnum) / dfnum / (chisquare(from, dfden) / dfden)),
  }),
  standardT: distribution({
    summary: "Student's distribution of df degrees of freedom.",
    parameters: { df: positive },
    yields: 'numbers',
    draw: ({ df }) => drawing(from => from.normal() / Math.sqrt(chisquare(from, df) / df)),
  }),
  vonmises: distribution({
    summary: 'Angles from −π to π around mu, the closer the greater kappa.',
    parameters: { mu: finite, kappa: notNegative },
    yields: 'numbers',
    draw: ({ mu, kappa }) =>
      drawing(from => {
        const angle = mu + vonmises(from, kappa)
        return angle - 2 * Math.PI * Math.round(angle / (2 * Math.PI))
      }),
  }),
  binomial: distribution({
    summary: 'Successes of n trials of probability p.',
    parameters: { n: count, p: probability },
    yields: 'integers',
    draw: ({ n, p }) => drawing(from => binomial(from, n, p)),
  }),
  poisson: distribution({
    summary: 'Events in a time in which lam are expected.',
    parameters: { lam: or(notNegative, 1) },
    yields: 'integers',
    problem: ({ lam }) => (lam < 2 ** 52 ? undefined : `lam is ${lam}: there would be more events than can be counted`),
    draw: ({ lam }) => drawing(from => poisson(from, lam)),
  }),
} as const
