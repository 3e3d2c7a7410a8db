import { expect } from 'chai'
import { ConstantSampler, DistributionSampler, HistoSampler, type Sampler } from '../../src/samplers.js'

const uniform = () => new DistributionSampler('uniform')
const pair = () => new DistributionSampler('uniform', {}, { dim: 2 })

describe('points of a seed', () => {
  const recorded: Readonly<Record<string, readonly [() => Sampler, readonly number[]]>> = {
    distribution: [
      pair,
      [0.4701443896628916, 0.4968244975898415, 0.3848034255206585, 0.6325340007897466, 0.38896263227798045, 0.48514566966332495],
    ],
    histogram: [() => new HistoSampler({ edges: [0, 1, 10], bins: [3, 1] }), [5.231299506966025, 0.3848034255206585, 4.500663690501824]],
    mixture: [() => uniform().or(uniform().add(1)), [1.4702874466311187, 0.8754730739165097, 0.6985714063048363]],
    truncated: [() => uniform().truncate({ low: 0.5 }), [0.5844236616976559, 0.8754730739165097, 0.6985714063048363]],
  }
  for (const [kind, [make, numbers]] of Object.entries(recorded)) {
    it(`${kind}: are the same in every version`, () => {
      expect([...make().sample(3, { seed: 7 }).data]).to.deep.equal(numbers)
    })
  }

  it('several draws of vectors stand side by side', () => {
    const [a, b, c, d] = new DistributionSampler('dirichlet', { alpha: [1, 2] }, { dim: 2 }).sample(1).data
    expect([a! + b!, c! + d!].map(sum => sum.toFixed(12))).to.deep.equal(['1.000000000000', '1.000000000000'])
  })

  const combined: readonly (readonly [string, () => Sampler, readonly number[]])[] = [
    ['one coordinate with several', () => new ConstantSampler(2).mul(new ConstantSampler([3, 4])), [6, 8]],
    ['several with one', () => new ConstantSampler([3, 4]).sub(new ConstantSampler(1)), [2, 3]],
    ['as many', () => new ConstantSampler([3, 4]).sub(new ConstantSampler([1, 2])), [2, 2]],
    ['one with one', () => new ConstantSampler(3).pow(new ConstantSampler(2)), [9]],
    ['one after the other', () => new ConstantSampler([1, 2]).add(1).and(new ConstantSampler(5).add(2)), [2, 3, 7]],
  ]
  for (const [title, make, point] of combined) {
    it(`coordinates are combined: ${title}`, () => expect([...make().sample(2).data]).to.deep.equal([...point, ...point]))
  }

  describe('after maxIters points that do not satisfy the condition', () => {
    const warningsOf = (work: () => void) => {
      const { emitWarning } = process
      const warnings: string[] = []
      process.emitWarning = (warning: string | Error) => void warnings.push(String(warning))
      try {
        work()
      } finally {
        process.emitWarning = emitWarning
      }
      return warnings
    }

    it('sampleAnyways continues to one that does, with one warning', () => {
      const rare = uniform().truncate({ low: 0.99, maxIters: 2, sampleAnyways: true })
      const warnings = warningsOf(() => expect(rare.sample(1).data[0]).to.be.within(0.99, 1))
      expect(warnings).to.deep.equal(['2 points did not satisfy 0.99 ≤ point; sampleAnyways: continuing'])
    })

    it('no points are tried where maxIters is 0', () => {
      expect(() => uniform().truncate({ low: 0, maxIters: 0 }).sample(1)).to.throw(/none of 0 points/)
    })
  })
})
