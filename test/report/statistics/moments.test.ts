import { expect } from 'chai'
import { lagOneCorrelation, mean, quantileSorted, standardDeviation } from '../../../src/report/statistics/moments.js'
import { reference } from '../support/reference.js'

describe('moments', () => {
  const { values, mean: center, deviation, quantiles, lagOne } = reference.moments

  it('equal numpy', () => {
    expect(mean(values)).to.be.closeTo(center, 1e-14)
    expect(standardDeviation(values)).to.be.closeTo(deviation, 1e-14)
    expect(lagOneCorrelation(values)).to.be.closeTo(lagOne, 1e-12)
  })

  it('quantiles equal numpy', () => {
    const sorted = Float64Array.from(values).sort()
    for (const [share, value] of quantiles) expect(quantileSorted(sorted, share)).to.be.closeTo(value, 1e-14)
  })

  it('of nothing are not a number', () => {
    expect(mean([])).to.be.NaN
    expect(quantileSorted([], 0.5)).to.be.NaN
  })

  it('a constant series has no correlation', () => expect(lagOneCorrelation([2, 2, 2])).to.equal(0))
})
