import { expect } from 'chai'
import fc from 'fast-check'
import { scaleAndShift } from '../../src/util/scale-and-shift.js'

describe('scaleAndShift', () => {
  it('changes the values of one channel and leaves the others, whatever the length and the number of channels', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 5 }),
        fc.nat({ max: 4 }),
        fc.array(fc.integer({ min: -9, max: 9 }), { maxLength: 60 }),
        (step, at, list) => {
          const from = at % step
          const values = Float32Array.from(list)
          scaleAndShift(values, 3, 0.5, from, step)
          expect(Array.from(values)).to.deep.equal(list.map((x, i) => (i % step === from ? x * 3 + 0.5 : x)))
        },
      ),
    )
  })
})
