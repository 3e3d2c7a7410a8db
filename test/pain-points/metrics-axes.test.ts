import { expect } from 'chai'
import { ClassificationMetrics, SegmentationMetricsByPixels } from '../../src/metrics.js'

const options = { fmt: 'labels', numClasses: 3 } as const

describe('the axes of a confusion matrix are named, and update says what it does to images', () => {
  it('elements are asked for by name', () => {
    const { confusionMatrix } = new ClassificationMetrics([0, 0, 2], [1, 1, 2], options)
    expect(confusionMatrix.axes).to.deep.equal(['prediction', 'target'])
    expect(confusionMatrix.at({ prediction: 1, target: 0 })).to.equal(2)
    expect(confusionMatrix.at({ prediction: 0, target: 1 })).to.equal(0)
    expect(confusionMatrix.counts[1]![0]).to.equal(2)
  })

  it('the printed matrix says it too', () => {
    expect(`${new ClassificationMetrics([0], [0], { fmt: 'labels' }).confusionMatrix}`).to.match(/^prediction \\ target {2}0 {2}1\n/)
  })

  it('update adds up, append puts behind: alike for vectors and images', () => {
    const [targets, predictions] = [[0, 1, 2, 2], [0, 1, 1, 2]] // biome-ignore format: one line
    const vectors = () => new ClassificationMetrics(targets, predictions, options)
    const images = () => new SegmentationMetricsByPixels([targets], [predictions], options)
    for (const make of [vectors, images]) {
      expect(make().update(make()).length).to.equal(1)
      expect(make().update(make()).evaluate('totalPopulation')).to.equal(8)
      expect(make().append(make()).length).to.equal(2)
      expect(make().append(make()).evaluate('totalPopulation', { agg: null })).to.deep.equal([4, 4])
    }
  })

  it('a list with agg null has one entry an item, be it one or many, a vector or images', () => {
    for (const targets of [
      [0, 1],
      [[0, 1]],
      [
        [0, 1],
        [1, 2],
      ],
    ]) {
      // biome-ignore format: one line
      const metrics = new ClassificationMetrics(targets, targets, options)
      expect(metrics.evaluate('recall', { agg: null })).to.have.length(metrics.length)
      expect(metrics.evaluate('recall', { agg: null, multiclass: null })).to.have.length(metrics.length)
    }
  })

  it('an average over what is undefined in places is that of the rest', () => {
    const metrics = new ClassificationMetrics([0, 1], [0, 1], options)
    expect(metrics.evaluate('f1Score', { multiclass: null })).to.deep.equal([1, 1, Infinity])
    expect(metrics.append(new ClassificationMetrics([2, 2], [2, 0], options)).evaluate('f1Score', { label: 2 })).to.be.closeTo(2 / 3, 1e-12)
  })
})
