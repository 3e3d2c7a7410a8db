import { expect } from 'chai'
import { ConstantSampler, DistributionSampler } from '../../src/samplers.js'

const normal = () => new DistributionSampler('normal')
const uniform = (dim = 1) => new DistributionSampler('uniform', {}, { dim })

describe('samplers', () => {
  const wrong: readonly (readonly [string, () => unknown, string, RegExp])[] = [
    ['a size that is none', () => normal().sample(-1), 'wrong-value', /size.*integer from 0/],
    ['a position that is none', () => normal().sample(1, { position: 0.5 }), 'wrong-value', /position/],
    ['a seed that is none', () => normal().sample(1, { seed: -1 }), 'wrong-value', /seed .*Seen: -1.*an integer from 0 to 2\^53 - 1/],
    ['a weight below 0', () => normal().weighted(-1), 'wrong-value', /a weight .*Seen: -1.*a number from 0/],
    [
      'a mixture of nothing',
      () => normal().weighted(0).or(normal().weighted(0)),
      'wrong-value',
      /the weight of a mixture .*Seen: 0.*weight above 0/,
    ],
    ['a mixture of other dimensions', () => normal().or(uniform(2)), 'sampler-dim', /the other part of a mixture .*Seen: 2. Allowed: 1/],
    ['a sum of more dimensions', () => uniform(2).add(uniform(3)), 'sampler-dim', /the other side of add.*Seen: 3. Allowed: 1 or 2/],
    ['a sum of fewer dimensions', () => uniform(3).add(uniform(2)), 'sampler-dim', /the other side of add.*Seen: 2. Allowed: 1 or 3/],
    ['bounds of other dimensions', () => uniform(2).truncate({ low: [0, 0, 0] }), 'sampler-dim', /low of truncate/],
    ['half a point to try', () => normal().truncate({ low: 0, maxIters: 0.5 }), 'wrong-value', /maxIters .*Seen: 0.5.*an integer from 0/],
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
      /the result of the function of apply .*Seen: 2. Allowed: dim, 1/,
    ],
    [
      'a function that gives no numbers',
      () =>
        uniform()
          .apply(() => 'x' as never)
          .sample(1),
      'sampler-values',
      /the function of apply .*Seen: "x"/,
    ],
    ['a constant that is a string', () => new ConstantSampler('a' as never), 'sampler-values', /a constant .*Seen: "a"/],
    ['a constant that is an object', () => new ConstantSampler({ length: 1, 0: 1 }), 'sampler-values', /a constant/],
    ['a constant without numbers', () => new ConstantSampler([]), 'sampler-values', /a constant .*Seen: \[\]/],
    ['a constant with a string', () => new ConstantSampler([1, 'a'] as never), 'sampler-values', /a constant .*Seen: \[1,"a"\]/],
    ['a choice of words', () => new DistributionSampler('choice', { a: ['a'] }), 'sampler-values', /the distribution choice .*"a"/],
    ['no draws per point', () => uniform(0), 'wrong-value', /dim .*Seen: 0.*an integer from 1/],
    ['half a draw per point', () => uniform(1.5), 'wrong-value', /dim .*Seen: 1.5/],
    [
      'a stream that ends',
      () => new DistributionSampler('choice', { a: 3, replace: false }),
      'sampler-stream',
      /without replacement runs out/,
    ],
    ['a misspelt distribution', () => new DistributionSampler('nomral' as 'normal'), 'unknown-name', /Did you mean normal/],
  ]
  describe('refuse', () => {
    for (const [title, work, code, message] of wrong) {
      it(title, () => {
        expect(work).to.throw(message).with.property('code', code)
      })
    }
  })
})
