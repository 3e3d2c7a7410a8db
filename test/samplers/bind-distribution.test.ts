import { expect } from 'chai'
import { bindDistribution } from '../../src/samplers/bind-distribution.js'

describe('parameters of distributions', () => {
  const wrong: readonly (readonly [string, string, readonly unknown[], Record<string, unknown>, string, RegExp])[] = [
    ['a misspelt name', 'nomral', [], {}, 'unknown-name', /Did you mean normal\?/],
    ['a misspelt parameter', 'normal', [], { scael: 1 }, 'unknown-option', /no option scael.*Did you mean scale\?/],
    ['a missing parameter', 'gamma', [], { scale: 1 }, 'missing-argument', /gamma needs shape/],
    ['too many parameters', 'uniform', [0, 1, 2], {}, 'wrong-parameters', /3 are given by position, but it has only low, high/],
    ['a parameter given twice', 'normal', [1], { loc: 2 }, 'wrong-parameters', /loc is given by position and by name/],
    ['a scale below 0', 'normal', [0, -1], {}, 'wrong-value', /scale of the distribution normal.*-1.*a finite number from 0/],
    ['no number', 'uniform', ['0'], {}, 'wrong-value', /low of the distribution uniform.*"0"/],
    ['not a number', 'exponential', [Number.NaN], {}, 'wrong-value', /NaN/],
    ['a probability above 1', 'bernoulli', [1.5], {}, 'wrong-value', /from 0 to 1/],
    ['low above high', 'uniform', [2, 1], {}, 'wrong-parameters', /low is 2, above high, 1/],
    ['no whole number between', 'integers', [3, 3], {}, 'wrong-parameters', /no integer from 3 up to/],
    ['more integers than a draw can tell apart', 'integers', [2 ** 33], {}, 'wrong-parameters', /2³²/],
    ['a mode outside', 'triangular', [0, 5, 2], {}, 'wrong-parameters', /left ≤ mode ≤ right/],
    ['a success that never comes', 'geometric', [0], {}, 'wrong-parameters', /no success/],
    ['a fraction of a trial', 'binomial', [1.5, 0.5], {}, 'wrong-value', /n of the distribution binomial.*integer from 0/],
    ['a choice of nothing', 'choice', [[]], {}, 'wrong-value', /not empty/],
    ['probabilities of other items', 'choice', [['a', 'b']], { p: [1] }, 'wrong-parameters', /1 probabilities for 2 items/],
    ['probabilities that do not add up', 'choice', [['a', 'b']], { p: [0.5, 0.4] }, 'wrong-parameters', /adds up to 0.9/],
    ['a covariance of another size', 'multivariateNormal', [[0, 0], [[1]]], {}, 'wrong-parameters', /cov is 1 × 1, not 2 × 2/],
    [
      'a matrix that is not a covariance matrix',
      'multivariateNormal',
      [
        [0, 0],
        [
          [1, 2],
          [2, 1],
        ],
      ],
      {},
      'wrong-parameters',
      /not a covariance matrix/,
    ],
    [
      'a matrix that is not symmetric',
      'multivariateNormal',
      [
        [0, 0],
        [
          [1, 0.5],
          [0, 1],
        ],
      ],
      {},
      'wrong-parameters',
      /not a covariance matrix/,
    ],
  ]
  describe('refuse', () => {
    for (const [title, name, args, named, code, message] of wrong) {
      it(title, () => {
        expect(() => bindDistribution(name, args, named))
          .to.throw(message)
          .with.property('code', code)
      })
    }
  })
})
