import { expect } from 'chai'
import { type FoldPositions, foldPositions } from '../../../src/dataset/order/folds.js'
import { permutation } from '../../../src/util/seeds.js'
import { errorOf } from '../error-of.js'

const testsOf = (folds: readonly FoldPositions[]) => folds.map(({ test }) => [...test])

describe('foldPositions', () => {
  const rows: readonly (readonly [length: number, folds: number, tests: readonly (readonly number[])[]])[] = [
    [
      6,
      2,
      [
        [0, 1, 2],
        [3, 4, 5],
      ],
    ],
    [
      10,
      3,
      [
        [0, 1, 2, 3],
        [4, 5, 6],
        [7, 8, 9],
      ],
    ],
    [
      8,
      3,
      [
        [0, 1, 2],
        [3, 4, 5],
        [6, 7],
      ],
    ],
    [4, 4, [[0], [1], [2], [3]]],
  ]
  for (const [length, folds, tests] of rows) {
    it(`${length} items, ${folds} folds: test items ${JSON.stringify(tests)}, the others to train on, in their order`, () => {
      const made = foldPositions(length, folds)
      expect(testsOf(made)).to.deep.equal(tests)
      const others = tests.map(test => Array.from({ length }, (_, i) => i).filter(i => !test.includes(i)))
      expect(made.map(({ train }) => [...train])).to.deep.equal(others)
    })
  }

  it('shuffle draws the order that is cut into folds', () => {
    expect(testsOf(foldPositions(7, 2, { shuffle: 3 })).flat()).to.deep.equal([...permutation(3, 7)])
  })

  for (const folds of [1, 0, 2.5, 6, Number.NaN]) {
    it(`refuses ${folds} folds of 5 items`, () => {
      const { code, message } = errorOf(() => foldPositions(5, folds))
      expect([code, message]).to.deep.equal([
        'wrong-value',
        `folds has a value that cannot be used. Seen: ${folds}. Allowed: an integer from 2 to 5, the number of items.`,
      ])
    })
  }
})
