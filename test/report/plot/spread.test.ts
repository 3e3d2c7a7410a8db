import { expect } from 'chai'
import fc from 'fast-check'
import { spread } from '../../../src/report/plot/spread.js'

describe('spread', () => {
  it('leaves labels that are apart where they are', () => expect(spread([10, 80], 14, 0, 100)).to.deep.equal([10, 80]))
  it('moves neighbours apart around their middle', () => expect(spread([10, 11, 40], 14, 0, 100)).to.deep.equal([3.5, 17.5, 40]))
  it('keeps to the ends', () => expect(spread([0, 0, 100], 10, 0, 100)).to.deep.equal([0, 10, 100]))

  it('keeps order, gap and ends wherever they fit', () => {
    fc.assert(
      fc.property(fc.array(fc.double({ min: 0, max: 200, noNaN: true }), { minLength: 1, maxLength: 10 }), wanted => {
        const placed = spread(wanted, 15, 0, 200)
        const order = wanted.map((_, i) => i).sort((a, b) => wanted[a]! - wanted[b]! || a - b)
        order.forEach((index, i) => {
          expect(placed[index]!).to.be.within(-1e-6, 200 + 1e-6)
          if (i > 0) expect(placed[index]! - placed[order[i - 1]!]!).to.be.at.least(15 - 1e-6)
        })
      }),
    )
  })
})
