import { expect } from 'chai'
import { ewma } from '../../../src/report/statistics/ewma.js'
import { reference } from '../support/reference.js'

describe('ewma', () => {
  for (const { span, values, smooth } of reference.ewma) {
    it(`equals pandas for span ${span}`, () => {
      ewma(values, span).forEach((value, i) => {
        expect(value).to.be.closeTo(smooth[i]!, 1e-12)
      })
    })
  }

  it('starts at the first value', () => expect(ewma([1, 2, 3], 3)).to.deep.equal([1, 1.5, 2.25]))
  it('gives nothing for nothing', () => expect(ewma([], 5)).to.deep.equal([]))
  it('steps over what is not a number', () => expect(ewma([1, Number.NaN, 3], 3)).to.deep.equal([1, 1, 2]))
})
