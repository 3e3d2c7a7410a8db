import { expect } from 'chai'
import { blockBootstrapMean, blockLengthFor } from '../../../src/report/statistics/block-bootstrap.js'
import { mean } from '../../../src/report/statistics/moments.js'
import { reference } from '../support/reference.js'

describe('blockBootstrapMean', () => {
  for (const { values, blockLength, low, high, deviation } of reference.bootstrap) {
    it(`agrees with numpy's moving blocks of ${blockLength} over ${values.length} values`, () => {
      const interval = blockBootstrapMean(values, { seed: 1, blockLength, resamples: 40_000 })
      expect(interval.low).to.be.closeTo(low, 0.05 * deviation)
      expect(interval.high).to.be.closeTo(high, 0.05 * deviation)
      expect(interval.estimate).to.equal(mean(values))
    })
  }

  it('is a function of its seed', () => {
    const { values } = reference.bootstrap[0]!
    expect(blockBootstrapMean(values, { seed: 3 })).to.deep.equal(blockBootstrapMean(values, { seed: 3 }))
    expect(blockBootstrapMean(values, { seed: 3 }).low).not.to.equal(blockBootstrapMean(values, { seed: 4 }).low)
  })

  it('is wider where neighbours are alike', () => {
    const { values } = reference.bootstrap[1]!
    const width = (blockLength: number) => {
      const { low, high } = blockBootstrapMean(values, { seed: 0, blockLength })
      return high - low
    }
    expect(width(11)).to.be.greaterThan(1.3 * width(1))
  })

  it('has no width for a constant series', () => {
    const interval = blockBootstrapMean(new Array(20).fill(0.5), { seed: 0 })
    expect([interval.low, interval.high]).to.deep.equal([0.5, 0.5])
  })
})

describe('blockLengthFor', () => {
  it('is the cube root for independent values', () => expect(blockLengthFor(reference.bootstrap[0]!.values)).to.equal(6))
  it('grows with correlation', () => expect(blockLengthFor(reference.bootstrap[1]!.values)).to.be.within(9, 14))
  it('stays in short series', () => {
    expect(blockLengthFor([1, 2])).to.equal(1)
    expect(blockLengthFor([1, 2, 3, 4, 5, 6, 7, 8, 9])).to.equal(3)
  })
})
