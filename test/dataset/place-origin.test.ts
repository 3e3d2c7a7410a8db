import { expect } from 'chai'
import { type Origin, placeOrigin } from '../../src/dataset/images/options.js'

type Pair = readonly [number, number]

describe('where a small rectangle lies in a large one', () => {
  const cases: readonly [origin: Origin, small: Pair, large: Pair, expected: Pair][] = [
    ['top_left', [2, 3], [7, 9], [0, 0]],
    ['top_right', [2, 3], [7, 9], [0, 6]],
    ['bottom_left', [2, 3], [7, 9], [5, 0]],
    ['bottom_right', [2, 3], [7, 9], [5, 6]],
    ['center', [2, 3], [7, 9], [2, 3]],
    ['center', [2, 2], [3, 5], [0, 1]],
    ['center', [4, 4], [4, 4], [0, 0]],
    ['center', [5, 9], [4, 4], [0, 0]],
    ['bottom_right', [5, 9], [4, 4], [0, 0]],
    [
      [0, 0.5],
      [2, 3],
      [7, 9],
      [0, 3],
    ],
    [
      [0.99, 0.99],
      [2, 3],
      [7, 9],
      [5, 6],
    ],
    [
      [3, -1],
      [2, 3],
      [7, 9],
      [3, -1],
    ],
  ]
  for (const [origin, small, large, expected] of cases) {
    it(`${JSON.stringify(origin)}: ${small.join(' × ')} in ${large.join(' × ')}`, () =>
      expect(placeOrigin(origin, small, large, 1)).to.deep.equal(expected))
  }

  it('random: everywhere, the same for the same seed', () => {
    const seen = new Set(Array.from({ length: 300 }, (_, seed) => placeOrigin('random', [2, 3], [4, 4], seed).join()))
    expect([...seen].sort()).to.deep.equal(['0,0', '0,1', '1,0', '1,1', '2,0', '2,1'])
    expect(placeOrigin('random', [2, 3], [40, 40], 7)).to.deep.equal(placeOrigin('random', [2, 3], [40, 40], 7))
  })
})
