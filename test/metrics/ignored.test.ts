import { expect } from 'chai'
import { B, Dataset, ImagesBatch, V } from '../../src/index.js'
import { SegmentationMetricsByPixels } from '../../src/metrics.js'
import { ResNet } from '../../src/models.js'
import { NdArray } from '../../src/util/nd-array.js'
import { uniformAt } from '../../src/util/seeds.js'
import { tiny } from '../models/small.js'

const [images, side, classes, IGNORE] = [3, 4, 3, 255]
const pixels = images * side * side
const draw = (seed: number, i: number) => Math.floor(uniformAt(seed, i) * classes)

const shape = [images, side, side]
const targets = new NdArray(
  Uint8Array.from({ length: pixels }, (_, i) => (i % 7 === 2 ? IGNORE : draw(1, i))),
  shape,
)
const found = new NdArray(
  Int32Array.from({ length: pixels }, (_, i) => draw(2, i)),
  shape,
)
const proba = new NdArray(
  Float32Array.from({ length: pixels * classes }, (_, i) => Number(found.data[Math.floor(i / classes)] === i % classes)),
  [...shape, classes],
)

/** Intersection over union and accuracy, pixel by pixel, of what is not ignored. */
function naive(known: ArrayLike<number>, guessed: ArrayLike<number>, count = classes) {
  const kept = Array.from(known, (label, i) => ({ label, guess: guessed[i]! })).filter(({ label }) => label !== IGNORE)
  const iou = Array.from({ length: count }, (_, c) => {
    const both = kept.filter(({ label, guess }) => label === c && guess === c).length
    return both / kept.filter(({ label, guess }) => label === c || guess === c).length
  })
  return { iou, accuracy: kept.filter(({ label, guess }) => label === guess).length / kept.length, total: kept.length }
}

describe('metrics of masks without the pixels that are ignored', () => {
  const byFormat = {
    labels: () => new SegmentationMetricsByPixels(targets, found, { fmt: 'labels', numClasses: classes, ignore: IGNORE }),
    probabilities: () => new SegmentationMetricsByPixels(targets, proba, { axis: -1, ignore: IGNORE }),
    'lists of labels': () =>
      new SegmentationMetricsByPixels(targets.toNested() as number[][][], found.toNested() as number[][][], {
        fmt: 'labels',
        numClasses: classes,
        ignore: IGNORE,
      }),
  }
  for (const [format, make] of Object.entries(byFormat)) {
    it(`are those of a loop over the others, from ${format}`, () => {
      const metrics = make()
      for (let image = 0; image < images; image++) {
        const { iou, accuracy, total } = naive(targets.item(image).data, found.item(image).data)
        const one = metrics.at(image)
        const got = one.evaluate('iou', { multiclass: null }) as number[]
        for (const [c, value] of iou.entries()) expect(got[c], `class ${c}`).to.be.closeTo(value, 1e-12)
        expect(one.evaluate('accuracy')).to.be.closeTo(accuracy, 1e-12)
        expect(one.evaluate('totalPopulation')).to.equal(total)
      }
    })
  }

  it('are so for one probability per pixel, where what is ignored is no probability', () => {
    const binary = new NdArray(targets.data.map(label => (label === IGNORE ? IGNORE : label & 1)) as Uint8Array, shape)
    const guesses = new NdArray(
      Float32Array.from({ length: pixels }, (_, i) => uniformAt(3, i)),
      shape,
    )
    const metrics = new SegmentationMetricsByPixels(binary, guesses, { ignore: IGNORE })
    const rounded = Array.from(guesses.data, value => Number(value >= 0.5))
    const accuracies = metrics.evaluate('accuracy', { agg: null }) as number[]
    for (const [image, value] of accuracies.entries()) {
      const at = image * side * side
      expect(value).to.be.closeTo(naive(binary.item(image).data, rounded.slice(at, at + side * side), 2).accuracy, 1e-12)
    }
  })

  it('refuse another value outside the classes', () => {
    expect(() => new SegmentationMetricsByPixels(targets, found, { fmt: 'labels', numClasses: classes })).to.throw('255')
  })

  it('of a model’s labels have the accuracy that the model has', async () => {
    const values = Float32Array.from({ length: pixels }, (_, i) => uniformAt(4, i))
    const data = new Dataset(images, ImagesBatch, { preloaded: { images: new NdArray(values, [...shape, 1]), masks: targets } })
    const config = {
      ...tiny,
      inputs: { images: { shape: [side, side, 1] }, masks: { shape: [side, side], classes, ignore: IGNORE, name: 'targets' } },
      'initial_block/strides': 1,
      'head/layout': 'c',
    }
    const pipeline = data.p
      .initVariable('labels')
      .initVariable('accuracy')
      .initVariable('metrics')
      .initModel('dynamic', ResNet, 'net', { config })
      .predictModel('net', {
        fetches: ['labels', 'accuracy'],
        feed: { images: B('images'), masks: B('masks') },
        saveTo: [V('labels'), V('accuracy')],
      })
      .gatherMetrics('segmentation', {
        targets: B('masks'),
        predictions: V('labels'),
        fmt: 'labels',
        numClasses: classes,
        ignore: IGNORE,
        saveTo: V('metrics'),
        mode: 'update',
      })
    await pipeline.run(images, { epochs: 1, seed: 1 })
    const metrics = pipeline.v('metrics') as unknown as SegmentationMetricsByPixels
    const { counts } = metrics.confusionMatrix
    const all = counts.flat().reduce((sum, count) => sum + count, 0)
    expect(all).to.equal(naive(targets.data, found.data).total)
    expect(counts.reduce((sum, row, i) => sum + row[i]!, 0) / all).to.be.closeTo(pipeline.v('accuracy') as unknown as number, 1e-6)
  })
})
