import { expect } from 'chai'
import { ConstantSampler, DistributionSampler, HistoSampler } from '../../src/samplers.js'

const normal = () => new DistributionSampler('normal')
const uniform = (dim = 1) => new DistributionSampler('uniform', {}, { dim })

describe('samplers', () => {
  const wrong: readonly (readonly [string, () => unknown, string, RegExp])[] = [
    ['a size that is none', () => normal().sample(-1), 'wrong-value', /size.*integer from 0/],
    ['a position that is none', () => normal().sample(1, { position: 0.5 }), 'wrong-value', /position/],
    ['a seed that is none', () => normal().sample(1, { seed: -1 }), 'wrong-value', /seed/],
    ['a weight below 0', () => normal().weighted(-1), 'wrong-value', /weight/],
    ['a mixture of nothing', () => normal().weighted(0).or(normal().weighted(0)), 'wrong-value', /weight above 0/],
    ['a mixture of other dimensions', () => normal().or(uniform(2)), 'sampler-dim', /Seen: 2. Allowed: 1/],
    ['a sum of other dimensions', () => uniform(2).add(uniform(3)), 'sampler-dim', /the other side of add.*Seen: 3. Allowed: 1 or 2/],
    ['bounds of other dimensions', () => uniform(2).truncate({ low: [0, 0, 0] }), 'sampler-dim', /low of truncate/],
    ['no condition', () => normal().truncate({}), 'truncated-by-nothing', /low, high, or an expr/],
    [
      'a condition that nothing satisfies',
      () => uniform().truncate({ low: 2, maxIters: 100 }).sample(1),
      'truncated-away',
      /none of 100 points.*2 ≤ point/,
    ],
    [
      'a function of other dimensions',
      () =>
        uniform()
          .apply(() => [1, 2])
          .sample(1),
      'sampler-dim',
      /Seen: 2. Allowed: dim, 1/,
    ],
    [
      'a function that gives no numbers',
      () =>
        uniform()
          .apply(() => 'x' as never)
          .sample(1),
      'sampler-values',
      /apply/,
    ],
    ['a constant that is none', () => new ConstantSampler('a' as never), 'sampler-values', /a constant/],
    ['a choice of words', () => new DistributionSampler('choice', { a: ['a'] }), 'sampler-values', /"a"/],
    [
      'a stream that ends',
      () => new DistributionSampler('choice', { a: 3, replace: false }),
      'sampler-stream',
      /without replacement runs out/,
    ],
    ['a misspelt distribution', () => new DistributionSampler('nomral' as 'normal'), 'unknown-name', /Did you mean normal/],
    ['edges that fall', () => new HistoSampler({ edges: [0, 2, 1] }), 'histogram', /do not increase/],
    ['counts of other bins', () => new HistoSampler({ edges: [0, 1, 2], bins: [1] }), 'histogram', /its bins are \[2\]/],
    ['an empty histogram', () => new HistoSampler({ edges: [0, 1, 2] }).sample(1), 'histogram', /all its bins are empty/],
    ['points of other dimensions', () => new HistoSampler({ edges: [0, 1] }).update([[0, 1]]), 'sampler-dim', /a point for a histogram/],
  ]
  describe('refuse', () => {
    for (const [title, work, code, message] of wrong) {
      it(title, () => {
        expect(work).to.throw(message).with.property('code', code)
      })
    }
  })
})
