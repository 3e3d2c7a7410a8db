/** Each distribution against the formulas of its distribution function, its mean and its variance. The seed is fixed: nothing here is left to chance. */
import { expect } from 'chai'
import fc from 'fast-check'
import { bindDistribution } from '../../../src/samplers/bind-distribution.js'
import { type DistributionName, distributionNames } from '../../../src/util/distributions/table.js'
import { type Case, continuous, discrete, examples } from './cases.js'
import { chiSquareScore, drawMany, ksScore, meanScore, variance } from './goodness.js'

const seed = 20
const count = 4000

const titled = (cases: readonly Case[]) => cases.map(row => [`${row.name}(${row.args.join(', ')})`, row] as const)
const drawsOf = ({ name, args }: Case, n = count) => drawMany(bindDistribution(name, args).draw, n, seed) as number[]

function checkMoments(row: Case, draws: readonly number[]): void {
  if (row.mean !== undefined) expect(meanScore(draws, row.mean), 'mean').to.be.within(-4, 4)
  if (row.variance !== undefined) expect(variance(draws) / row.variance, 'variance').to.be.within(0.85, 1.18)
}

describe('distributions', () => {
  describe('numbers fit the distribution function, the mean and the variance', () => {
    for (const [title, row] of titled(continuous)) {
      it(title, () => {
        const draws = drawsOf(row)
        expect(draws.every(Number.isFinite)).to.equal(true)
        if (row.cdf) expect(ksScore(draws, row.cdf)).to.be.below(1.95)
        checkMoments(row, draws)
      })
    }
  })

  describe('whole numbers come as often as their probabilities say', () => {
    for (const row of discrete) {
      it(titled([row])[0]![0], () => {
        const draws = drawsOf(row)
        expect(draws.every(Number.isSafeInteger)).to.equal(true)
        checkMoments(row, draws)
        const { from = 0, to, probability } = row
        const shares = Array.from({ length: to - from + 1 }, (_, k) => probability(from + k))
        const outside = 1 - shares.reduce((sum, share) => sum + share, 0)
        const counts = shares.map((_, k) => draws.filter(value => value === from + k).length)
        if (outside > 1e-9) {
          shares.push(outside)
          counts.push(draws.length - counts.reduce((sum, n) => sum + n, 0))
        }
        if (shares.length > 1) expect(chiSquareScore(counts, shares)).to.be.within(-4, 4)
        else expect(counts).to.deep.equal([draws.length])
      })
    }
  })

  it('large counts have the mean and variance of the formulas', () => {
    for (const [row, mean, spread] of [
      [{ name: 'binomial', args: [1e6, 0.3] }, 3e5, 2.1e5],
      [{ name: 'poisson', args: [1e5] }, 1e5, 1e5],
    ] as const) {
      const draws = drawsOf(row, 2000)
      expect(meanScore(draws, mean), row.name).to.be.within(-4, 4)
      expect(variance(draws) / spread, row.name).to.be.within(0.85, 1.18)
    }
  })

  describe('vectors', () => {
    const coordinate = (draws: readonly (readonly number[])[], k: number) => draws.map(draw => draw[k]!)

    it('multivariateNormal has these means and this covariance', () => {
      const cov = [
        [2, 0.6, 0],
        [0.6, 1, -0.3],
        [0, -0.3, 0.5],
      ]
      const draws = drawMany(bindDistribution('multivariateNormal', [[1, -2, 0], cov]).draw, count, seed) as number[][]
      for (const [k, mean] of [1, -2, 0].entries()) expect(meanScore(coordinate(draws, k), mean)).to.be.within(-4, 4)
      for (const [i, row] of cov.entries()) {
        for (const [j, expected] of row.entries()) {
          const products = draws.map(draw => (draw[i]! - [1, -2, 0][i]!) * (draw[j]! - [1, -2, 0][j]!))
          expect(meanScore(products, expected), `${i} ${j}`).to.be.within(-4, 4)
        }
      }
    })

    it('multivariateNormal takes a covariance without variance in a direction', () => {
      const { draw } = bindDistribution('multivariateNormal', [
        [0, 5],
        [
          [1, 1],
          [1, 1],
        ],
      ])
      for (const [a, b] of drawMany(draw, 20, seed) as number[][]) expect(b! - a!).to.be.closeTo(5, 1e-9)
    })

    it('dirichlet gives shares with the means of the formula, of small shapes too', () => {
      for (const alpha of [
        [1, 2, 5],
        [0.01, 0.02, 0.03],
      ]) {
        const draws = drawMany(bindDistribution('dirichlet', [alpha]).draw, count, seed) as number[][]
        const sum = alpha.reduce((total, shape) => total + shape)
        for (const draw of draws) expect(draw.reduce((total, share) => total + share)).to.be.closeTo(1, 1e-9)
        for (const [k, shape] of alpha.entries()) expect(meanScore(coordinate(draws, k), shape / sum)).to.be.within(-4, 4)
      }
    })

    it('multinomial counts n trials, with the means of the formula', () => {
      const draws = drawMany(bindDistribution('multinomial', [50, [0.2, 0, 0.5, 0.3]]).draw, count, seed) as number[][]
      for (const draw of draws) expect(draw.reduce((total, times) => total + times)).to.equal(50)
      for (const [k, p] of [0.2, 0, 0.5, 0.3].entries()) expect(meanScore(coordinate(draws, k), 50 * p)).to.be.within(-4, 4)
    })
  })

  describe('choice', () => {
    it('takes items by their probabilities', () => {
      const draws = drawMany(bindDistribution('choice', [['a', 'b', 'c']], { p: [0.6, 0, 0.4] }).draw, count, seed)
      const counts = ['a', 'c'].map(item => draws.filter(drawn => drawn === item).length)
      expect(counts[0]! + counts[1]!).to.equal(count)
      expect(chiSquareScore(counts, [0.6, 0.4])).to.be.within(-4, 4)
    })

    it('without replacement gives each item once, the likelier the earlier', () => {
      const { draw, max } = bindDistribution('choice', [4], { replace: false, p: [0.1, 0.2, 0, 0.7] })
      expect(max).to.equal(3)
      const firsts = Array.from({ length: count }, (_, i) => {
        const order = [0, 1, 2].map(place => draw(i, place) as number)
        expect([...order].sort()).to.deep.equal([0, 1, 3])
        return order[0]!
      })
      expect(
        chiSquareScore(
          [0, 1, 3].map(item => firsts.filter(first => first === item).length),
          [0.1, 0.2, 0.7],
        ),
      ).to.be.within(-4, 4)
    })
  })

  it('a draw is a pure function of its seed and place, in any order', () => {
    fc.assert(
      fc.property(fc.constantFrom(...distributionNames), fc.nat(), fc.nat({ max: 2 ** 31 }), (name, seed, place) => {
        const fresh = bindDistribution(name, examples[name]).draw(seed, place)
        const { draw } = bindDistribution(name, examples[name])
        draw(seed + 1, place)
        draw(seed, place + 1)
        expect(draw(seed, place)).to.deep.equal(fresh)
      }),
    )
  })

  it('stay the same from version to version', () => {
    const first = (name: DistributionName) => bindDistribution(name, examples[name]).draw(1, 2)
    const kept = {
      uniform: 0.04509981791488826,
      integers: 1,
      normal: 3.6969700454418186,
      laplace: 0.5983117348607053,
      gamma: 0.4176015271578457,
      beta: 3.7935315450446433e-13,
      vonmises: 0.9999877733328959,
      binomial: 60,
      poisson: 0,
    }
    for (const [name, expected] of Object.entries(kept)) expect(first(name as DistributionName), name).to.be.closeTo(expected, 1e-9)
  })
})
