import { expect } from 'chai'
import fc from 'fast-check'
import { calcSplit } from '../../src/dataset/index.js'
import { errorOf } from '../dataset/error-of.js'

describe('shares of a split are checked numbers, and the sizes add up', () => {
  it('a frozen list is as good as another: [0.6, 0.3] leaves 0.1 for validation', () => {
    expect(calcSplit(100, [0.6, 0.3])).to.deep.equal([60, 30, 10])
    expect(calcSplit(100, Object.freeze([0.6, 0.3]))).to.deep.equal([60, 30, 10])
  })

  it('a share of 0 gets nothing', () => {
    expect(calcSplit(100, [0.5, 0.5, 0])).to.deep.equal([50, 50, 0])
    expect(calcSplit(5, [0.5, 0.5, 0])[2]).to.equal(0)
  })

  it('sizes always add up to the number of items, and each share above 0 gets one', () => {
    const shares = fc.array(fc.double({ min: 0.01, max: 1, noNaN: true }), { minLength: 1, maxLength: 3 })
    fc.assert(
      fc.property(fc.integer({ min: 3, max: 1000 }), shares, (length, given) => {
        const sum = given.reduce((total, share) => total + share, 0)
        const sizes = calcSplit(
          length,
          given.map(share => share / Math.max(sum, 1)),
        )
        expect(sizes.reduce((total, size) => total + size, 0)).to.equal(length)
        for (const i of given.keys()) expect(sizes[i]).to.be.at.least(1)
      }),
    )
  })

  for (const shares of [[Number.NaN], ['0.5'], [-0.1], [0.5, 0.6], [], [0.1, 0.1, 0.1, 0.1]]) {
    it(`${JSON.stringify(shares)} is refused`, () => expect(errorOf(() => calcSplit(10, shares as never)).code).to.equal('split-shares'))
  }
})
