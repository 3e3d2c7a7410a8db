import { expect } from 'chai'
import fc from 'fast-check'
import { calcSplit } from '../../../src/dataset/index.js'
import { errorOf } from '../error-of.js'

describe('calcSplit', () => {
  const rows: readonly (readonly [
    length: number,
    shares: number | readonly number[] | undefined,
    sizes: readonly number[],
    why?: string,
  ])[] = [
    [100, undefined, [80, 20, 0]],
    [100, 0.8, [80, 20, 0]],
    [100, [0.6, 0.3], [60, 30, 10]],
    [100, [0.5, 0.3, 0.2], [50, 30, 20]],
    [100, [0.5, 0.5, 0], [50, 50, 0]],
    [5, [0.4, 0.6], [2, 3, 0]],
    [5, [0.5, 0.5, 0], [3, 2, 0]],
    [3, [0.5, 0.3, 0.2], [1, 1, 1]],
    [7, 0.8, [6, 1, 0]],
    [2, 0.8, [1, 1, 0]],
    [100, 1, [100, 0, 0]],
    [10, [0.9, 0.05, 0.05], [8, 1, 1]],
    [100, Object.freeze([0.6, 0.3]), [60, 30, 10], 'a frozen list: BatchFlow refuses a tuple'],
    [1, [1], [1, 0, 0], 'all of one item: BatchFlow counts a share of nothing'],
    [3, [0.01, 0.98, 0.01], [1, 1, 1], 'BatchFlow gives train -1 items'],
    [5, [0, 0.5, 0.5], [0, 3, 2], 'a share of 0 gets nothing'],
    [10, [0, 1], [0, 10, 0]],
    [10, [0.1, 0.2, 0.3], [1, 2, 7], 'the last of three takes what is left'],
    [10, [0.7, 0.2, 0.1], [7, 2, 1], 'a sum that is 1 but for rounding'],
    [10, [0.3, 0.3, 0.4], [3, 3, 4]],
    [7, [0.5, 0.5, 0], [3, 4, 0], 'halves go to the even number'],
    [3, [0.1, 0.2, 0.7], [1, 1, 1], 'the largest part pays for the others'],
    [10, [0.7 - 2e-16, 0.3], [7, 3, 0], 'a rest that is 0 but for rounding'],
  ]
  for (const [length, shares, sizes, why] of rows) {
    it(`${length} items, shares ${JSON.stringify(shares)}: ${sizes}${why ? ` (${why})` : ''}`, () => {
      expect(calcSplit(length, shares)).to.deep.equal(sizes)
    })
  }

  describe('refuses', () => {
    for (const [what, length, shares, words] of [
      ['shares above 1 in all', 100, [0.5, 0.5, 0.5], /add up to 1\.5/],
      ['four shares', 100, [0.25, 0.25, 0.25, 0.25], /there are 4/],
      ['no shares', 100, [], /there are 0/],
      ['three shares of one item', 1, [0.5, 0.3, 0.2], /3 shares need 3 items/],
      ['two shares of one item', 1, 0.8, /2 shares need 2 items/],
      ['NaN', 100, Number.NaN, /number from 0 to 1/],
      ['a negative share', 100, [1.1, -0.1], /number from 0 to 1/],
      ['one share below 0', 100, [-0.1], /number from 0 to 1/],
      ['one share above 1', 100, 1.5, /number from 0 to 1/],
      ['one of two that is a string', 100, [0.5, '0.2'], /number from 0 to 1.*Seen: \[0.5,"0.2"\] of 100 items/],
      ['text', 100, '0.8', /not numbers/],
    ] as const) {
      it(what, () => {
        const error = errorOf(() => calcSplit(length, shares as never))
        expect([error.code, words.test(error.message)], error.message).to.deep.equal(['split-shares', true])
      })
    }
  })

  it('sizes are whole, add up, and every share above 0 has an item', () => {
    const weights = fc.array(fc.nat(100), { minLength: 1, maxLength: 3 }).filter(w => w.some(x => x > 0))
    fc.assert(
      fc.property(weights, fc.integer({ min: 3, max: 1000 }), (weights, length) => {
        const sum = weights.reduce((a, b) => a + b)
        const shares = weights.map(weight => weight / sum)
        const sizes = calcSplit(length, shares)
        expect(sizes.reduce((a, b) => a + b)).to.equal(length)
        sizes.forEach((size, i) => {
          expect(Number.isInteger(size)).to.equal(true)
          expect(size > 0, `${shares} of ${length}: ${sizes}`).to.equal((shares[i] ?? 0) > 0)
        })
      }),
    )
  })
})
