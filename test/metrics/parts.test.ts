import { expect } from 'chai'
import { meanOfFinite } from '../../src/metrics/averages.js'
import { checkNumber } from '../../src/metrics/check-options.js'
import { connectedComponents } from '../../src/metrics/components.js'
import { ConfusionMatrix } from '../../src/metrics/confusion-matrix.js'
import { toMetricName } from '../../src/metrics/metric-name.js'
import { ClassificationMetrics, LossMetrics } from '../../src/metrics.js'

describe('connected components', () => {
  const rows: readonly (readonly [what: string, labels: number[], shape: number[], components: [number, number[]][]])[] = [
    ['of background alone', [0, 0], [2], []],
    [
      'of a line',
      [1, 1, 0, 1],
      [4],
      [
        [1, [0, 1]],
        [1, [3]],
      ],
    ],
    [
      'of two labels that touch',
      [1, 2, 2],
      [3],
      [
        [1, [0]],
        [2, [1, 2]],
      ],
    ],
    [
      'do not touch at corners',
      [1, 0, 0, 1],
      [2, 2],
      [
        [1, [0]],
        [1, [3]],
      ],
    ],
    [
      'do not go on in the next row',
      [0, 0, 1, 1, 0, 0],
      [2, 3],
      [
        [1, [2]],
        [1, [3]],
      ],
    ],
    ['go round a hole', [1, 1, 1, 1, 0, 1, 1, 1, 1], [3, 3], [[1, [0, 1, 2, 3, 5, 6, 7, 8]]]],
    [
      'of a volume',
      [1, 0, 0, 0, 1, 0, 0, 1],
      [2, 2, 2],
      [
        [1, [0, 4]],
        [1, [7]],
      ],
    ],
  ]
  for (const [what, labels, shape, components] of rows) {
    it(what, () => {
      const found = connectedComponents(labels, shape).map(({ label, elements }) => [label, [...elements].sort((a, b) => a - b)])
      expect(found).to.deep.equal(components)
    })
  }
})

describe('means of what is defined', () => {
  for (const [values, mean] of [
    [[1, 2], 1.5],
    [[1, Infinity, NaN, -Infinity], 1],
    [[NaN], Infinity],
    [[], Infinity],
    [[-1, 1], 0],
  ] as const) {
    it(`of [${values}]: ${mean}`, () => expect(meanOfFinite(values)).to.equal(mean))
  }
})

describe('names of metrics', () => {
  const table = { f1Score: { aliases: ['dice'] }, top2: { aliases: [] } }
  for (const [name, own] of [
    ['f1Score', 'f1Score'],
    ['f1_score', 'f1Score'],
    ['f1__score', 'f1Score'],
    ['dice', 'f1Score'],
    ['top_2', 'top2'],
  ] as const) {
    it(`${name} is ${own}`, () => expect(toMetricName(name, table, 'it')).to.equal(own))
  }
  it('a misspelt alias is refused', () => {
    expect(() => toMetricName('dise', table, 'it')).to.throw(/metric of it called dise.*Did you mean dice/)
  })
})

describe('numbers within limits', () => {
  const rows: readonly (readonly [limits: object, right: readonly unknown[], wrong: readonly unknown[], allowed: string])[] = [
    [{}, [-1, 0.5], [NaN, Infinity, '1', null], 'a finite number'],
    [{ integer: true, from: 2 }, [2, 3], [1, 2.5], 'an integer from 2'],
    [{ from: 0, to: 1 }, [0, 1], [-0.1, 1.1], 'a finite number from 0 up to 1'],
    [{ above: 0, to: 1 }, [0.1, 1], [0, 2], 'a finite number above 0 up to 1'],
  ]
  for (const [limits, right, wrong, allowed] of rows) {
    it(allowed, () => {
      for (const value of right) expect(() => checkNumber('x', value, limits)).not.to.throw()
      for (const value of wrong)
        expect(() => checkNumber('x', value, limits)).to.throw(`x has a value that cannot be used. Seen: ${value}. Allowed: ${allowed}.`)
    })
  }
})

describe('a confusion matrix', () => {
  const made = () =>
    new ConfusionMatrix([
      [1, 3],
      [0, 0],
    ])
  it('names its axes, and its classes by their numbers', () => {
    expect([made().axes, made().labels]).to.deep.equal([
      ['prediction', 'target'],
      ['0', '1'],
    ])
  })
  it('normalized has shares of each target, 0 for one that is absent', () => {
    expect(made().normalized().counts).to.deep.equal([
      [1, 1],
      [0, 0],
    ])
    expect(
      new ConfusionMatrix([
        [1, 0],
        [3, 0],
      ]).normalized().counts,
    ).to.deep.equal([
      [0.25, 0],
      [0.75, 0],
    ])
  })
  for (const at of [
    { prediction: 2, target: 0 },
    { prediction: 0, target: 2 },
    { prediction: -1, target: 0 },
  ]) {
    it(`has nothing at ${JSON.stringify(at)}`, () => {
      expect(() => made().at(at)).to.throw(RangeError, `no prediction ${at.prediction} and target ${at.target} in a matrix of 2 classes`)
    })
  }
})

describe('labels of classes', () => {
  const of = (predictions: unknown, options: object, targets: unknown = [0, 1]) =>
    new ClassificationMetrics(targets as number[], predictions as number[], options)

  it('a probability at the threshold is positive', () => {
    expect(of([0.5, 0.5], {}).evaluate('truePositive')).to.equal(1)
    expect(of([0.49, 0.49], {}).evaluate('truePositive')).to.equal(0)
  })
  it('along an axis counted from the first, of the largest of each item', () => {
    const predictions = [
      [0.1, 0.9],
      [0.6, 0.4],
    ]
    expect(of(predictions, { axis: 1 }).toJSON()).to.deep.equal(of(predictions, { axis: -1 }).toJSON())
    expect(of(predictions, { axis: 0 }, [1, 0]).toJSON()).to.deep.equal(of([1, 0], { fmt: 'labels' }, [1, 0]).toJSON())
  })
  it('targets may be one-hot along the same axis', () => {
    const predictions = [
      [0.1, 0.9],
      [0.6, 0.4],
    ]
    expect(
      of(predictions, { axis: 1 }, [
        [1, 0],
        [0, 1],
      ]).toJSON(),
    ).to.deep.equal(of(predictions, { axis: 1 }).toJSON())
  })

  const refused: readonly (readonly [what: string, () => unknown, code: string, message: RegExp])[] = [
    ['one probability for three classes', () => of([0.1, 0.2], { numClasses: 3 }), 'metrics-axis', /proba/],
    [
      'one class',
      () => of([0.1, 0.2], { numClasses: 1 }),
      'wrong-value',
      /numClasses of ClassificationMetrics .*Seen: 1. Allowed: an integer of at least 2/,
    ],
    [
      'a threshold that is no number',
      () => of([0.1, 0.2], { threshold: 'a' }),
      'wrong-value',
      /threshold of ClassificationMetrics .*a number/,
    ],
    [
      'an axis before the first',
      () => of([[0.1, 0.2]], { axis: -3 }, [0]),
      'wrong-value',
      /-3, with predictions of shape \[1, 2\]. Allowed: -2 … 1/,
    ],
    ['half an axis', () => of([[0.1, 0.2]], { axis: 0.5 }, [0]), 'wrong-value', /axis of ClassificationMetrics .*0.5. Allowed: an integer/],
    ['a label below 0', () => of([0, -1], { fmt: 'labels' }), 'label-outside', /predictions .*Seen: -1. Allowed: integers 0 … 1/],
    [
      'targets with an axis less',
      () => of([[0, 1]], { fmt: 'labels' }, [0]),
      'metrics-shapes',
      /targets \[1\], predictions \[1, 2\], fmt labels/,
    ],
    ['a loss that is a string', () => new LossMetrics('1' as never, 1), 'wrong-value', /loss of LossMetrics .*Seen: 1. Allowed: a number/],
    ['a batch of NaN items', () => new LossMetrics(1, NaN), 'wrong-value', /batchLen of LossMetrics .*NaN.*a number above 0/],
    [
      'an average that there is not',
      () => new LossMetrics(1, 1).evaluate('loss', { agg: 'sum' as never }),
      'wrong-value',
      /agg .*sum.*mean, batchwise, null/,
    ],
    [
      'an option that there is not',
      () => new LossMetrics(1, 1).evaluate('loss', { agg1: null } as never),
      'unknown-option',
      /evaluate of LossMetrics .*agg1/,
    ],
    [
      'a metric that is not of losses',
      () => new LossMetrics(1, 1).evaluate('lost' as never),
      'unknown-name',
      /metric of LossMetrics called lost.*Did you mean loss/,
    ],
  ]
  for (const [what, work, code, message] of refused) {
    it(`${what} is refused`, () => expect(work).to.throw(message).with.property('code', code))
  }

  it('the table of a loss has its batches and items', () => {
    expect(new LossMetrics(0.5, 300).append(new LossMetrics(0.2, 100)).table()).to.deep.equal({
      mean: { loss: 0.425, batches: 2, items: 400 },
    })
  })
})
