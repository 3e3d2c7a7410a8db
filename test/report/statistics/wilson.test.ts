import { expect } from 'chai'
import { wilsonInterval } from '../../../src/report/statistics/wilson.js'
import { reference } from '../support/reference.js'

describe('wilsonInterval', () => {
  for (const { successes, trials, low, high } of reference.wilson) {
    it(`equals scipy for ${successes} of ${trials}`, () => {
      const interval = wilsonInterval(successes, trials)
      expect(interval.low).to.be.closeTo(low, 1e-12)
      expect(interval.high).to.be.closeTo(high, 1e-12)
    })
  }

  it('knows nothing without trials', () => expect(wilsonInterval(0, 0)).to.deep.equal({ low: 0, high: 1 }))
})
