import { expect } from 'chai'
import { type Axis, logTicks, niceCeiling, shareOf, valueAt } from '../../../src/report/plot/axis.js'

describe('axes', () => {
  const linear: Axis = { low: 0, high: 10, type: 'linear', label: '' }
  const log: Axis = { low: 0.01, high: 100, type: 'log', label: '' }

  it('take values to shares and back', () => {
    for (const axis of [linear, log])
      for (const share of [0, 0.25, 1]) expect(shareOf(axis, valueAt(axis, share))).to.be.closeTo(share, 1e-12)
  })

  it('put what is outside at the nearer end', () => {
    expect([shareOf(linear, -1), shareOf(linear, 11), shareOf(log, 0)]).to.deep.equal([0, 1, 0])
  })

  it('end at round numbers', () => expect([3.2, 0.0497, 0.3, 1, 0].map(niceCeiling)).to.deep.equal([4, 0.05, 0.3, 1, 1]))

  it('are marked at 1, 2 and 5, or at powers of ten', () => {
    expect(logTicks({ ...log, low: 0.013, high: 3.5 })).to.deep.equal([0.02, 0.05, 0.1, 0.2, 0.5, 1, 2])
    expect(logTicks(log)).to.deep.equal([0.01, 0.1, 1, 10, 100])
  })
})
