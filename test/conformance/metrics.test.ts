/** Vectors 46 to 50: metrics of four images of 2×2 pixels and three classes, from BatchFlow's own tests. */
import { expect } from 'chai'
import { MillraceError } from '../../src/errors/index.js'
import { ClassificationMetrics, SegmentationMetricsByInstances, SegmentationMetricsByPixels } from '../../src/metrics.js'
import { NdArray } from '../../src/util/nd-array.js'

const T = [[[0, 1], [2, 2]], [[0, 0], [1, 1]], [[0, 1], [0, 2]], [[0, 0], [1, 1]]] // biome-ignore format: images read as images
const L = [[[0, 1], [1, 0]], [[2, 0], [1, 1]], [[0, 1], [2, 1]], [[0, 0], [0, 1]]] // biome-ignore format: images read as images

const oneHot = (no: number, yes: number) => L.map(image => image.map(row => row.map(label => [0, 1, 2].map(i => (i === label ? yes : no)))))
const channelsFirst = (values: number[][][][]) => [0, 1, 2].map(k => values.map(image => image.map(row => row.map(pixel => pixel[k]!))))

const forms: [string, any, any][] = [
  ['labels', L, { fmt: 'labels', numClasses: 3 }],
  ['proba along the last axis', oneHot(0, 1), { fmt: 'proba', axis: 3 }],
  ['proba in an array', NdArray.from(oneHot(0, 1)), { fmt: 'proba', axis: -1 }],
  ['infinite logits', oneHot(-Infinity, Infinity), { fmt: 'logits', axis: 3 }],
  ['proba along the first axis', channelsFirst(oneHot(0, 1)), { fmt: 'proba', axis: 0 }],
]

/** Rows of a table of values: none by image and class; micro and macro by image; the means of the three. */
const inf = Infinity
const table: Record<string, [none: number[], micro: number[], macro: number[], means: [number[], number, number]]> = {
  tpr: [
    [1, 1, 0, 0.5, 1, 1, 0.5, 1, 0, 1, 0.5, 1],
    [0.5, 0.75, 0.5, 0.75],
    [0.6667, 0.8333, 0.5, 0.8333],
    [[0.75, 0.875, 0.5], 0.625, 0.7083],
  ],
  fpr: [
    [0.3333, 0.3333, 0, 0, 0, 0.25, 0, 0.3333, 0.3333, 0.5, 0, 0],
    [0.25, 0.125, 0.25, 0.125],
    [0.2222, 0.0833, 0.2222, 0.1667],
    [[0.2083, 0.1667, 0.1458], 0.1875, 0.1736],
  ],
  fnr: [
    [0, 0, 1, 0.5, 0, 0, 0.5, 0, 1, 0, 0.5, 0],
    [0.5, 0.25, 0.5, 0.25],
    [0.3333, 0.1667, 0.5, 0.1667],
    [[0.25, 0.125, 0.5], 0.375, 0.2917],
  ],
  tnr: [
    [0.6667, 0.6667, 1, 1, 1, 0.75, 1, 0.6667, 0.6667, 0.5, 1, 1],
    [0.75, 0.875, 0.75, 0.875],
    [0.7778, 0.9167, 0.7778, 0.8333],
    [[0.7917, 0.8333, 0.8542], 0.8125, 0.8264],
  ],
  prv: [
    [0.25, 0.25, 0.5, 0.5, 0.5, 0, 0.5, 0.25, 0.25, 0.5, 0.5, 0],
    [0.3333, 0.3333, 0.3333, 0.3333],
    [0.3333, 0.3333, 0.3333, 0.3333],
    [[0.4375, 0.375, 0.1875], 0.3333, 0.3333],
  ],
  ppv: [
    [0.5, 0.5, 1, 1, 1, 0, 1, 0.5, 0, 0.6667, 1, 1],
    [0.5, 0.75, 0.5, 0.75],
    [0.6667, 0.6667, 0.5, 0.8889],
    [[0.7917, 0.75, 0.5], 0.625, 0.6806],
  ],
  fdr: [
    [0.5, 0.5, 0, 0, 0, 1, 0, 0.5, 1, 0.3333, 0, 0],
    [0.5, 0.25, 0.5, 0.25],
    [0.3333, 0.3333, 0.5, 0.1111],
    [[0.2083, 0.25, 0.5], 0.375, 0.3194],
  ],
  for: [
    [0, 0, 0.5, 0.3333, 0, 0, 0.3333, 0, 0.3333, 0, 0.3333, 0],
    [0.25, 0.125, 0.25, 0.125],
    [0.1667, 0.1111, 0.2222, 0.1111],
    [[0.1667, 0.0833, 0.2083], 0.1875, 0.1528],
  ],
  npv: [
    [1, 1, 0.5, 0.6667, 1, 1, 0.6667, 1, 0.6667, 1, 0.6667, 1],
    [0.75, 0.875, 0.75, 0.875],
    [0.8333, 0.8889, 0.7778, 0.8889],
    [[0.8333, 0.9167, 0.7917], 0.8125, 0.8472],
  ],
  plr: [
    [3, 3, 0, inf, inf, 4, inf, 3, 0, 2, inf, inf],
    [3, 10, 2.25, 5],
    [2, 4, 1.5, 2],
    [[2.5, 3, 1.3333], 5.0625, 2.375],
  ],
  nlr: [
    [0, 0, 1, 0.5, 0, 0, 0.5, 0, 1.5, 0, 0.5, 0],
    [0.4286, 0.1818, 0.6429, 0.2],
    [0.3333, 0.1667, 0.6667, 0.1667],
    [[0.25, 0.125, 0.625], 0.3633, 0.3333],
  ],
  dor: [
    [inf, inf, 0, inf, inf, inf, inf, inf, 0, inf, inf, inf],
    [6, inf, inf, inf],
    [0, inf, 0, inf],
    [[inf, inf, 0], 6, 0],
  ],
  f1s: [
    [0.6667, 0.6667, 0, 0.6667, 1, 0, 0.6667, 0.6667, 0, 0.8, 0.6667, inf],
    [0.5, 0.75, 0.5, 0.75],
    [0.5714, 0.7059, 0.5, 0.7895],
    [[0.7, 0.75, 0], 0.625, 0.6417],
  ],
  jac: [
    [0.5, 0.5, 0, 0.5, 1, 0, 0.5, 0.5, 0, 0.6667, 0.5, inf],
    [0.3333, 0.6, 0.3333, 0.6],
    [0.4, 0.5455, 0.3333, 0.6522],
    [[0.5417, 0.625, 0], 0.4667, 0.4827],
  ],
}

/** To four digits, for that is what the vectors have. */
const rounded = (value: any): any => (Array.isArray(value) ? value.map(rounded) : Number.isFinite(value) ? Number(value.toFixed(4)) : value)
const codeOf = (run: () => unknown) => {
  try {
    run()
  } catch (error) {
    if (error instanceof MillraceError) return error.code
  }
  return undefined
}
const shapeOf = (value: unknown): number[] => (Array.isArray(value) ? [value.length, ...shapeOf(value[0])] : [])

describe('what cannot be compared is an error', () => {
  it('targets (4, 2, 2) with labels (2, 2)', () => {
    expect(codeOf(() => new ClassificationMetrics(T, L[0]!, { fmt: 'labels', numClasses: 3 }))).to.equal('metrics-shapes')
  })
  for (const fmt of ['proba', 'logits'] as const) {
    it(`${fmt} of several classes without an axis`, () => {
      expect(codeOf(() => new ClassificationMetrics(T, oneHot(0, 1), { fmt, numClasses: 3, axis: null }))).to.equal('metrics-axis')
    })
  }
})

for (const [form, predictions, options] of forms) {
  describe(`from ${form}`, () => {
    let pixels: SegmentationMetricsByPixels
    let instances: SegmentationMetricsByInstances
    beforeEach(() => {
      pixels = new SegmentationMetricsByPixels(T, predictions, options)
      instances = new SegmentationMetricsByInstances(T, predictions, options)
    })

    it('confusion by item, prediction and target', () => {
      const matrices = [0, 1, 2, 3].map(i => pixels.at(i).confusionMatrix.counts)
      expect(matrices).to.deep.equal([
        [[1, 0, 1], [0, 1, 1], [0, 0, 0]],
        [[1, 0, 0], [0, 2, 0], [1, 0, 0]],
        [[1, 0, 0], [0, 1, 1], [1, 0, 0]],
        [[2, 1, 0], [0, 1, 0], [0, 0, 0]],
      ]) // biome-ignore format: matrices read as matrices
    })

    it('confusion of instances by item, class, prediction and target; their counts', () => {
      const matrices = [0, 1, 2, 3].map(i => instances.at(i).confusionMatrices.map(({ counts }) => counts))
      expect(matrices).to.deep.equal([
        [[[0, 0], [1, 1]], [[0, 1], [0, 0]]],
        [[[0, 0], [0, 1]], [[0, 0], [1, 0]]],
        [[[0, 0], [0, 1]], [[0, 1], [1, 0]]],
        [[[0, 0], [0, 1]], [[0, 0], [0, 0]]],
      ]) // biome-ignore format: matrices read as matrices
      const names = ['true_positive', 'condition_positive', 'prediction_positive', 'total_population'] as const
      expect(instances.evaluate(names, { agg: null })).to.deep.equal({
        true_positive: [[1, 0], [1, 0], [1, 0], [1, 0]],
        condition_positive: [[1, 1], [1, 0], [1, 1], [1, 0]],
        prediction_positive: [[2, 0], [1, 1], [1, 1], [1, 0]],
        total_population: [[2, 1], [1, 1], [1, 2], [1, 0]],
      }) // biome-ignore format: rows read as rows
      for (const name of ['true_negative', 'tnr', 'npv', 'nlr', 'dor'] as const) {
        expect(
          codeOf(() => instances.evaluate(name)),
          name,
        ).to.equal('metric-inapplicable')
      }
    })

    it('shapes by aggregation and averaging over classes', () => {
      const skipping = new SegmentationMetricsByPixels(T, predictions, { ...options, skipBg: true })
      for (const name of Object.keys(table) as 'tpr'[]) {
        expect(shapeOf(pixels.evaluate(name, { agg: null, multiclass: null })), name).to.deep.equal([4, 3])
        expect(shapeOf(skipping.evaluate(name, { agg: null, multiclass: null })), name).to.deep.equal([4, 2])
        expect(shapeOf(pixels.evaluate(name, { multiclass: null })), name).to.deep.equal([3])
        expect(shapeOf(skipping.evaluate(name, { multiclass: null })), name).to.deep.equal([2])
        for (const multiclass of ['micro', 'macro'] as const) {
          expect(shapeOf(pixels.evaluate(name, { agg: null, multiclass })), name).to.deep.equal([4])
          expect(pixels.evaluate(name, { multiclass }), name).to.be.a('number')
        }
      }
      expect(shapeOf(pixels.evaluate('accuracy', { agg: null }))).to.deep.equal([4])
      expect(pixels.evaluate('accuracy')).to.be.a('number')
    })

    for (const [name, [none, micro, macro, [meanOfNone, meanOfMicro, meanOfMacro]]] of Object.entries(table) as [any, any][]) {
      it(name, () => {
        const value = (agg: null | 'mean', multiclass: null | 'micro' | 'macro') =>
          rounded(pixels.evaluate(name, { agg, multiclass } as {}))
        expect(value(null, null).flat()).to.deep.equal(none)
        expect(value(null, 'micro')).to.deep.equal(micro)
        expect(value(null, 'macro')).to.deep.equal(macro)
        expect(value('mean', null)).to.deep.equal(meanOfNone)
        expect(value('mean', 'micro')).to.equal(meanOfMicro)
        expect(value('mean', 'macro')).to.equal(meanOfMacro)
      })
    }

    it('accuracy', () => {
      expect(pixels.evaluate('accuracy', { agg: null })).to.deep.equal([0.5, 0.75, 0.5, 0.75])
      expect(pixels.evaluate('accuracy')).to.equal(0.625)
    })
  })
}
