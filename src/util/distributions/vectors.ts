/** Distributions of vectors. Names and parameters are those of numpy's Generator. */
import { drawing } from './by-rejection.js'
import { distribution } from './distribution.js'
import { count, matrix, positives, shares, sharesProblem, vector } from './parameters.js'
import { binomial, logGamma } from './variates.js'

export const vectors = {
  multivariateNormal: distribution({
    summary: 'Vectors of normal numbers of these means and this covariance.',
    parameters: { mean: vector, cov: matrix },
    yields: 'numbers',
    problem: ({ mean, cov }) => {
      const size = mean.length
      if (cov.length !== size || cov[0]!.length !== size)
        return `cov is ${cov.length} × ${cov[0]!.length}, not ${size} × ${size} as mean requires`
      return factor(cov) ? undefined : 'cov is not a covariance matrix: it is not symmetric, or a combination has a variance below 0'
    },
    draw: ({ mean, cov }) => {
      const rows = factor(cov)!
      return drawing(from => {
        const normals = mean.map(() => from.normal())
        return mean.map((value, i) => rows[i]!.reduce((sum, weight, j) => sum + weight * normals[j]!, value))
      })
    },
  }),
  dirichlet: distribution({
    summary: 'Shares that add up to 1: those of gamma variables of shapes alpha in their sum.',
    parameters: { alpha: positives },
    yields: 'numbers',
    draw: ({ alpha }) =>
      drawing(from => {
        const logs = alpha.map(shape => logGamma(from, shape))
        const highest = Math.max(...logs)
        const parts = logs.map(log => Math.exp(log - highest))
        const sum = parts.reduce((total, part) => total + part, 0)
        return parts.map(part => part / sum)
      }),
  }),
  multinomial: distribution({
    summary: 'How often each of several outcomes of probabilities pvals occurs in n trials.',
    parameters: { n: count, pvals: shares },
    yields: 'integers',
    problem: ({ pvals }) => sharesProblem('pvals', pvals),
    draw: ({ n, pvals }) =>
      drawing(from => {
        let [trials, share] = [n, 1]
        return pvals.map((p, i) => {
          const chance = i === pvals.length - 1 ? 1 : Math.min(1, p / share)
          const times = trials === 0 ? 0 : binomial(from, trials, chance)
          trials -= times
          share -= p
          return times
        })
      }),
  }),
} as const

/** The lower triangle L with L·Lᵀ = matrix (Cholesky), or undefined if there is none. Directions without variance are zeros. */
function factor(symmetric: readonly (readonly number[])[]): number[][] | undefined {
  const size = symmetric.length
  const near = 1e-9 * Math.max(...symmetric.map((row, i) => Math.abs(row[i]!)), Number.MIN_VALUE)
  const lower = symmetric.map(() => Array<number>(size).fill(0))
  for (let i = 0; i < size; i++) {
    for (let j = 0; j <= i; j++) {
      if (Math.abs(symmetric[i]![j]! - symmetric[j]![i]!) > near) return undefined
      let rest = symmetric[i]![j]!
      for (let k = 0; k < j; k++) rest -= lower[i]![k]! * lower[j]![k]!
      if (i !== j && lower[j]![j] === 0 && Math.abs(rest) > Math.sqrt(near)) return undefined
      if (i === j && rest < -near) return undefined
      if (i === j) lower[i]![i] = rest > near ? Math.sqrt(rest) : 0
      else lower[i]![j] = lower[j]![j] === 0 ? 0 : rest / lower[j]![j]!
    }
  }
  return lower
}
