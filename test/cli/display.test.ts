import { expect } from 'chai'
import { namesOf, SmoothedValues } from '../../src/cli/run/smoothed-values.js'

describe('what the command line shows', () => {
  it('values smoothed, by their own names where these are not shared', () => {
    const values = new SmoothedValues()
    for (const loss of [2, 1, null]) values.add({ 'test.loss': loss, 'test.rate': 1 })
    expect([values.of('loss')?.toFixed(2), values.of('rate')]).to.deep.equal(['1.82', 1])
    expect(namesOf(['test.loss', 'train.loss', 'test.rate'])).to.deep.equal(['test.loss', 'train.loss', 'rate'])
  })
})
