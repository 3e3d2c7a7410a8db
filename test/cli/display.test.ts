import { expect } from 'chai'
import { formatDuration } from '../../src/cli/duration.js'
import { namesOf, SmoothedValues } from '../../src/cli/run/smoothed-values.js'

describe('what the command line shows', () => {
  it('durations', () => {
    expect([0.04, 3.25, 12, 59.6, 125, 3600, 3725].map(formatDuration)).to.deep.equal([
      '0 s',
      '3.3 s',
      '12 s',
      '1 min 00 s',
      '2 min 05 s',
      '1 h 00 min',
      '1 h 02 min',
    ])
  })

  it('values smoothed, by their own names where these are not shared', () => {
    const values = new SmoothedValues()
    for (const loss of [2, 1, null]) values.add({ 'test.loss': loss, 'test.rate': 1 })
    expect([values.of('loss')?.toFixed(2), values.of('rate')]).to.deep.equal(['1.82', 1])
    expect(namesOf(['test.loss', 'train.loss', 'test.rate'])).to.deep.equal(['test.loss', 'train.loss', 'rate'])
  })
})
