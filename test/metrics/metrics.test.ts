import { expect } from 'chai'
import fc from 'fast-check'
import { MillraceError } from '../../src/errors/index.js'
import {
  ClassificationMetrics,
  LossMetrics,
  type Metrics,
  metricsFromJson,
  RegressionMetrics,
  SegmentationMetricsByInstances,
  SegmentationMetricsByPixels,
} from '../../src/metrics.js'
import { NdArray } from '../../src/util/nd-array.js'

const labels = (targets: any, predictions: any, options = {}) =>
  new ClassificationMetrics(targets, predictions, { fmt: 'labels', numClasses: 3, ...options })
const images = [[[0, 1], [2, 2]], [[0, 0], [1, 1]]] // biome-ignore format: images read as images
const found = [[[0, 1], [1, 0]], [[2, 0], [1, 1]]] // biome-ignore format: images read as images

/** One of each kind, of two items or more. */
const each: Readonly<Record<string, () => Metrics>> = {
  classification: () => labels([0, 1, 2], [0, 1, 1]).append(labels([2, 1], [2, 0])),
  'classification with names': () => labels([0, 1, 2], [0, 1, 1], { labels: ['a', 'b', 'c'], skipBg: true }),
  segmentation: () => new SegmentationMetricsByPixels(images, found, { fmt: 'labels', numClasses: 3 }),
  instances: () => new SegmentationMetricsByInstances(images, found, { fmt: 'labels', numClasses: 3, iot: 0.6 }),
  regression: () => new RegressionMetrics([[1, -0], [0.1, NaN]], [[2, Infinity], [0.3, 1]], { multi: true, weights: [1, 2] }), // biome-ignore format: rows read as rows
  loss: () => new LossMetrics(0.1, 32).append(new LossMetrics(NaN, 7)).append(new LossMetrics(-0, 1)),
}

const errorOf = (work: () => unknown): MillraceError | undefined => {
  try {
    work()
  } catch (error) {
    if (error instanceof MillraceError) return error
    throw error
  }
  return undefined
}

describe('metrics', () => {
  for (const [kind, make] of Object.entries(each)) {
    describe(`of ${kind}`, () => {
      it('come back from JSON as they were, to the last bit', () => {
        const metrics = make()
        const again = metricsFromJson(JSON.parse(JSON.stringify(metrics)))
        expect(again).to.deep.equal(metrics)
        expect(again.constructor).to.equal(metrics.constructor)
        expect(`${again}`).to.equal(`${metrics}`)
        expect(again.append(make()).toJSON()).to.deep.equal(make().append(make()).toJSON())
      })

      it('a copy shares nothing, an item stands alone', () => {
        const metrics = make()
        const before = JSON.stringify(metrics)
        metrics.copy().append(make()).update(make())
        metrics.at(-1).update(make())
        expect(JSON.stringify(metrics)).to.equal(before)
        expect(metrics.at(0).length).to.equal(1)
        expect(metrics.slice(0, -1).length).to.equal(metrics.length - 1)
        expect(errorOf(() => metrics.at(metrics.length))?.code).to.equal('position-outside')
      })

      it('can be put together with themselves', () => {
        expect(make().append(make()).toJSON()).to.deep.equal((m => m.append(m))(make()).toJSON())
        expect(make().update(make()).toJSON()).to.deep.equal((m => m.update(m))(make()).toJSON())
      })

      it('print as a table', () => {
        const lines = make().toString().split('\n')
        expect(new Set(lines.map(line => line.length)).size).to.equal(1)
        expect(lines.length).to.equal(Object.keys(make().table()).length + 1)
      })
    })
  }

  it('of unlike kinds are not put together', () => {
    const makes = [
      ...Object.values(each),
      () => labels([0], [0], { numClasses: 4 }),
      () => new RegressionMetrics([1], [1]),
      () => new SegmentationMetricsByInstances(images, found, { fmt: 'labels', numClasses: 3, iot: 0.7 }),
    ]
    for (const [i, mine] of makes.entries()) {
      for (const [k, other] of makes.entries()) {
        if (i !== k) expect(errorOf(() => mine().update(other()))?.code, `${mine()}${other()}`).to.equal('metrics-differ')
      }
    }
    expect(errorOf(() => labels([0], [0]).append('metrics' as any))?.message).to.match(/cannot be combined by append.*Seen: string/)
  })

  for (const json of [
    null,
    3,
    {},
    { kind: 'accuracy' },
    { kind: 'loss' },
    { kind: 'loss', losses: [1], lengths: [] },
    { kind: 'regression', targets: [[1]], predictions: [[1, 2]] },
    { kind: 'regression', targets: [[1]], predictions: [['1']] },
    { kind: 'classification', numClasses: 2, counts: [[1]] },
    { kind: 'instances', numClasses: 2, counts: [[1, 2, 3, -1]] },
  ]) {
    // biome-ignore format: one line
    it(`${JSON.stringify(json)} is no state`, () => {
      expect(errorOf(() => metricsFromJson(json))?.code).to.equal('metrics-state')
    })
  }
})

describe('update and append', () => {
  it('update is as if all data had come at once, for vectors', () => {
    const parts = labels([0, 1, 2], [0, 1, 1]).update(labels([2, 1], [2, 0]))
    expect(parts.toJSON()).to.deep.equal(labels([0, 1, 2, 2, 1], [0, 1, 1, 2, 0]).toJSON())
  })

  it('update of any batches is the whole, whatever their sizes', () => {
    const label = fc.integer({ min: 0, max: 2 })
    const batches = fc.array(fc.array(fc.tuple(label, label), { minLength: 1, maxLength: 6 }), { minLength: 1, maxLength: 5 })
    const of = (pairs: [number, number][]) =>
      labels(
        pairs.map(([target]) => target),
        pairs.map(([, prediction]) => prediction),
      )
    fc.assert(
      fc.property(batches, parts => {
        const [first, ...others] = parts.map(of)
        for (const other of others) first!.update(other)
        expect(first!.toJSON()).to.deep.equal(of(parts.flat()).toJSON())
      }),
    )
  })

  it('update is as if all data had come at once, for images', () => {
    const [first, second] = [0, 1].map(i => new SegmentationMetricsByPixels([images[i]!], [found[i]!], { fmt: 'labels', numClasses: 3 }))
    const all = new SegmentationMetricsByPixels([images.flat(2)], [found.flat(2)], { fmt: 'labels', numClasses: 3 })
    expect(first!.update(second!).toJSON()).to.deep.equal(all.toJSON())
  })

  it('append keeps items: an average goes over all of them, for vectors and images', () => {
    const vectors = labels([0, 1, 2], [0, 1, 1]).append(labels([2], [2]))
    expect(vectors.evaluate('accuracy', { agg: null })).to.deep.equal([2 / 3, 1])
    expect(vectors.evaluate('accuracy')).to.be.closeTo(5 / 6, 1e-12)
    const [first, second] = [0, 1].map(i => new SegmentationMetricsByPixels([images[i]!], [found[i]!], { fmt: 'labels', numClasses: 3 }))
    expect(first!.append(second!).toJSON()).to.deep.equal(each.segmentation!().toJSON())
  })

  it('of a loss: one mean either way, entries of batches only where they were kept', () => {
    const [a, b] = [new LossMetrics(0.5, 300), new LossMetrics(0.2, 100)]
    expect(a.copy().append(b).evaluate()).to.equal(0.425)
    expect(a.copy().update(b).evaluate()).to.equal(0.425)
    expect(a.copy().append(b).evaluate('loss', { agg: 'batchwise' })).to.deep.equal([0.5, 0.2])
    expect(a.update(b).evaluate('loss', { agg: null })).to.deep.equal([0.425])
  })

  it('of regression: samples are added either way', () => {
    const make = () => new RegressionMetrics([1, 2], [1, 4])
    expect(
      make()
        .append(new RegressionMetrics([3], [0]))
        .toJSON(),
    ).to.deep.equal(new RegressionMetrics([1, 2, 3], [1, 4, 0]).toJSON())
    expect(
      make()
        .update(new RegressionMetrics([3], [0]))
        .toJSON(),
    ).to.deep.equal(new RegressionMetrics([1, 2, 3], [1, 4, 0]).toJSON())
  })
})

describe('classification', () => {
  it('takes arrays of any form', () => {
    const wanted = labels([0, 1, 2], [0, 1, 1]).toJSON()
    const forms: [any, any][] = [
      [Uint8Array.of(0, 1, 2), Int32Array.of(0, 1, 1)],
      [NdArray.from([0, 1, 2]), NdArray.from([0, 1, 1], 'int32')],
      [new Float32Array([0, 1, 2]), [0, 1, 1]],
    ]
    for (const [targets, predictions] of forms) expect(labels(targets, predictions).toJSON()).to.deep.equal(wanted)
    const rows = [NdArray.from([0.9, 0.1, 0]), NdArray.from([0, 0.8, 0.2]), NdArray.from([0, 0.8, 0.2])]
    expect(new ClassificationMetrics([0, 1, 2], rows, { axis: -1 }).toJSON()).to.deep.equal(wanted)
  })

  it('logits of two classes pass through a sigmoid, the threshold is one of probabilities', () => {
    const at = (threshold: number) => new ClassificationMetrics([5, 5, -5], [1, -1, -3], { fmt: 'logits', threshold }).evaluate('recall')
    expect([at(0.5), at(0.2), at(0.9)]).to.deep.equal([0.5, 1, 0])
  })

  it('names, aliases and names of BatchFlow mean the same', () => {
    const metrics = labels([0, 1, 2, 2], [0, 1, 1, 2])
    const names = ['truePositiveRate', 'true_positive_rate', 'recall', 'sensitivity', 'tpr'] as const
    expect(new Set(Object.values(metrics.evaluate(names))).size).to.equal(1)
    expect(metrics.evaluate('f1_score')).to.equal(metrics.evaluate('dice'))
    expect(metrics.evaluate('diagnostics_odds_ratio')).to.equal(metrics.evaluate('dor'))
  })

  it('in a task of two classes only the second one counts, whatever multiclass says', () => {
    const metrics = new ClassificationMetrics([0, 1, 1, 1], [0, 1, 1, 0], { fmt: 'labels' })
    for (const multiclass of [null, 'micro', 'macro'] as const) expect(metrics.evaluate('recall', { multiclass })).to.equal(2 / 3)
    expect(metrics.evaluate('truePositive')).to.equal(2)
    expect(metrics.evaluate('recall', { label: 0 })).to.equal(1)
  })

  it('labels choose the classes that count', () => {
    const metrics = labels([0, 1, 2, 2], [0, 1, 1, 2])
    expect(metrics.evaluate('recall', { label: [0, 2], multiclass: null })).to.deep.equal([1, 0.5])
    expect(metrics.evaluate('recall', { label: 2, multiclass: null })).to.equal(0.5)
    expect(metrics.evaluate('recall', { label: [0, 2] })).to.equal(0.75)
  })

  it('a table with the names of classes', () => {
    const metrics = labels([0, 1, 2, 2], [0, 1, 1, 2], { labels: ['cat', 'dog', 'cow'] })
    expect(metrics.toString(['precision', 'recall', 'support', 'accuracy'])).to.equal(
      [
        '       precision  recall  support  accuracy',
        'cat            1       1        1          ',
        'dog       0.5000       1        1          ',
        'cow            1  0.5000        2          ',
        'macro     0.8333  0.8333                   ',
        'micro     0.7500  0.7500        4    0.7500',
      ].join('\n'),
    )
    expect(metrics.confusionMatrix.toString()).to.equal(
      ['prediction \\ target  cat  dog  cow', 'cat                    1    0    0', 'dog                    0    1    1', 'cow                    0    0    1'].join('\n'), // biome-ignore format: rows read as rows
    )
    expect(metrics.confusionMatrix.normalized().at({ prediction: 1, target: 2 })).to.equal(0.5)
  })

  describe('is refused', () => {
    const cases: [string, () => unknown, string, RegExp][] = [
      ['a label that is no class', () => labels([0, 3], [0, 1]), 'label-outside', /targets contain a label that is not a class. Seen: 3. Allowed: integers 0 … 2/],
      ['a label that is no whole number', () => labels([0, 1], [0, 0.5]), 'label-outside', /predictions.*0.5/],
      ['arrays of different lengths', () => labels([0, 1], [0]), 'metrics-shapes', /targets \[2\], predictions \[1\], fmt labels/],
      ['numbers without an axis of items', () => labels(1, 1), 'metrics-shapes', /targets \[\]/],
      ['lists of uneven length', () => labels([[0, 1], [1]], [[0, 1], [1]]), 'metrics-input', /targets cannot be compared as numbers/],
      ['text', () => labels(['cat'], [0]), 'metrics-input', /Allowed: an NdArray/],
      ['labels along an axis', () => labels([0], [[0, 1]], { axis: 1 }), 'wrong-value', /axis of ClassificationMetrics.*1 with fmt labels/],
      ['an axis that is not there', () => new ClassificationMetrics([0], [[0, 1]], { axis: 2 }), 'wrong-value', /predictions of shape \[1, 2\].*-2 … 1/],
      ['an axis of another length', () => new ClassificationMetrics([0], [[0, 1]], { axis: 1, numClasses: 3 }), 'wrong-value', /Seen: 3.*2, the length of axis/],
      ['an axis of one class', () => new ClassificationMetrics([0], [[0.3]], { axis: 1 }), 'wrong-value', /one class along it/],
      ['a format that is none', () => labels([0], [0], { fmt: 'probabilities' }), 'wrong-value', /proba, logits or labels/],
      ['too few names', () => labels([0], [0], { labels: ['a'] }), 'wrong-value', /1 names.*each of 3 classes/],
      ['a misspelt option', () => labels([0], [0], { numclasses: 3 }), 'unknown-option', /Did you mean numClasses/],
      ['a misspelt metric', () => labels([0], [0]).evaluate('recal' as 'recall'), 'unknown-name', /no metric of ClassificationMetrics called recal.*Did you mean recall/],
      ['a misspelt way', () => labels([0], [0]).evaluate('recall', { multiclass: 'weighted' as any }), 'wrong-value', /macro, mean, micro, null/],
      ['a misspelt option of evaluate', () => labels([0], [0]).evaluate('recall', { aggregate: null } as any), 'unknown-option', /agg, multiclass, label/],
      ['a class that is not there', () => labels([0], [0]).evaluate('recall', { label: 3 }), 'wrong-value', /an integer from 0 up to 2/],
      ['the background of instances', () => (each.instances!() as SegmentationMetricsByInstances).evaluate('recall', { label: 0 }), 'wrong-value', /from 1 up to 2/],
      ['iot above 1', () => new SegmentationMetricsByInstances([[0]], [[0]], { iot: 2 }), 'wrong-value', /above 0 and at most 1/],
      ['weights of another length', () => new RegressionMetrics([1, 2], [1, 2], { weights: [1] }), 'wrong-value', /1 numbers.*one per sample, 2 in all/],
      ['samples of another number', () => new RegressionMetrics([1, 2], [1]), 'metrics-shapes', /targets \[2, 1\], predictions \[1, 1\]/],
      ['a loss of nothing', () => new LossMetrics(1, 0), 'wrong-value', /batchLen of LossMetrics/],
    ] // biome-ignore format: one line a case
    for (const [what, work, code, message] of cases) {
      it(what, () => {
        const error = errorOf(work)
        expect(error?.code).to.equal(code)
        expect(error?.message).to.match(message)
      })
    }
  })
})

describe('averages of what is undefined', () => {
  it('an F1 score of a class that is neither there nor predicted is left out', () => {
    const metrics = labels([0, 0, 1], [0, 1, 1])
    expect(metrics.evaluate('f1Score', { multiclass: null })).to.deep.equal([2 / 3, 2 / 3, Infinity])
    expect(metrics.evaluate('jaccard', { label: 2 })).to.equal(Infinity)
    expect(metrics.append(labels([2], [2])).evaluate('f1Score', { label: 2 })).to.equal(1)
  })

  it('regression of equal targets has no share of their variance', () => {
    expect(new RegressionMetrics([1, 1], [1, 2]).evaluate('r2')).to.equal(-Infinity)
    expect(new RegressionMetrics([1, 1], [1, 1]).evaluate('r2')).to.be.NaN
  })
})

describe('regression', () => {
  it('all numbers are samples, however they are nested, unless there are several outputs', () => {
    const wanted = new RegressionMetrics([1, 2, 3], [1, 3, 5]).toJSON()
    expect(new RegressionMetrics([[1, 2], [3]] as any, [NdArray.from([1, 3]), Float32Array.of(5)]).toJSON()).to.deep.equal(wanted)
    expect(new RegressionMetrics([1, 2, 3], NdArray.from([[1], [3], [5]])).toJSON()).to.deep.equal(wanted)
    const multi = new RegressionMetrics([[1, 2], [3, 4]], [[1, 3], [3, 6]], { multi: true }) // biome-ignore format: rows read as rows
    expect(multi.evaluate('mae', { agg: null })).to.deep.equal([0, 1.5])
  })

  it('r2 of one output weighs its samples', () => {
    const weighted = new RegressionMetrics([1, 2, 4], [1, 2, 7], { weights: [1, 1, 2] })
    const repeated = new RegressionMetrics([1, 2, 4, 4], [1, 2, 7, 7])
    expect(weighted.evaluate('r2')).to.be.closeTo(repeated.evaluate('r2'), 1e-12)
  })
})
