import { expect } from 'chai'
import { int, ints, string } from '../../../src/graph/ir/attributes.js'
import {
  broadcast,
  concatenated,
  convolved,
  marginsOf,
  pooled,
  reduced,
  reshaped,
  sameShape,
  sizeOfShape,
  strided,
} from '../../../src/graph/ir/shapes.js'

const same = (strides: number[]) => ({ op: 'Conv2D', attributes: { strides: ints(strides), padding: string('SAME') } })
const valid = (strides: number[]) => ({ op: 'Conv2D', attributes: { strides: ints(strides), padding: string('VALID') } })
const explicit = {
  op: 'Conv2D',
  attributes: { strides: ints([1, 1, 1, 1]), padding: string('EXPLICIT'), explicit_paddings: ints([0, 0, 1, 2, 3, 4, 0, 0]) },
}
const pool = { op: 'MaxPool', attributes: { ...valid([1, 2, 2, 1]).attributes, ksize: ints([1, 2, 2, 1]) } }
const slice = (masks: Readonly<Record<string, number>> = {}) => ({
  op: 'StridedSlice',
  attributes: Object.fromEntries(Object.entries(masks).map(([name, mask]) => [name, int(mask)])),
})

describe('shapes', () => {
  const rows: readonly (readonly [what: string, () => unknown, wanted: unknown])[] = [
    ['equal shapes are broadcast to themselves', () => broadcast([2, 3], [2, 3]), [2, 3]],
    [
      'an axis of 1 is broadcast, on either side',
      () => [broadcast([1, 3], [2, 1]), broadcast([2, 1], [1, 3])],
      [
        [2, 3],
        [2, 3],
      ],
    ],
    [
      'missing axes are broadcast, on either side',
      () => [broadcast([4], [2, 3, 4]), broadcast([2, 3, 4], [4])],
      [
        [2, 3, 4],
        [2, 3, 4],
      ],
    ],
    ['a scalar is broadcast', () => broadcast([], [2]), [2]],
    ['an axis of 0 stays', () => broadcast([0], [1]), [0]],

    ['reduced axes go', () => reduced([2, 3, 4], [1], false), [2, 4]],
    ['reduced axes are kept with length 1', () => reduced([2, 3, 4], [0, 2], true), [1, 3, 1]],
    ['reduced axes may count from the last', () => reduced([2, 3, 4], [-1, 0], false), [3]],
    ['over no axes nothing is reduced', () => reduced([2, 3], [], false), [2, 3]],

    ['the missing length of a shape is filled in', () => reshaped([2, 6], [3, -1, 2]), [3, 2, 2]],
    ['a shape without a missing length stays', () => reshaped([2, 6], [12]), [12]],
    ['the size is the product', () => [sizeOfShape([2, 3, 4]), sizeOfShape([]), sizeOfShape([2, 0])], [24, 1, 0]],
    ['equal shapes are the same', () => [sameShape([2, 3], [2, 3]), sameShape([], [])], [true, true]],
    ['others are not', () => [sameShape([2], [2, 3]), sameShape([2, 3], [2]), sameShape([2, 3], [3, 2])], [false, false, false]],
    [
      'lengths along an axis add up',
      () =>
        concatenated(
          [
            [2, 3],
            [2, 1],
            [2, 4],
          ],
          1,
        ),
      [2, 8],
    ],
    [
      'an axis may count from the last',
      () =>
        concatenated(
          [
            [2, 3],
            [5, 3],
          ],
          -2,
        ),
      [7, 3],
    ],

    ['SAME margins are even', () => marginsOf(5, 3, 1, 'SAME'), { before: 1, after: 1, out: 5 }],
    ['SAME margins: the odd one comes after', () => marginsOf(6, 3, 2, 'SAME'), { before: 0, after: 1, out: 3 }],
    ['SAME margins are never below 0', () => marginsOf(4, 1, 3, 'SAME'), { before: 0, after: 0, out: 2 }],
    ['VALID has no margins', () => marginsOf(7, 3, 2, 'VALID'), { before: 0, after: 0, out: 3 }],
    ['EXPLICIT margins are those given', () => marginsOf(5, 3, 2, 'EXPLICIT', [1, 2]), { before: 1, after: 2, out: 3 }],

    ['a convolution, SAME', () => convolved([8, 5, 6, 3], [3, 3], same([1, 2, 2, 1])), [8, 3, 3]],
    ['a convolution, VALID', () => convolved([8, 5, 6, 3], [3, 2], valid([1, 1, 2, 1])), [8, 3, 3]],
    ['a convolution, EXPLICIT', () => convolved([8, 5, 5, 3], [3, 3], explicit), [8, 6, 10]],
    ['a pooling keeps the channels', () => pooled([8, 4, 7, 3], pool), [8, 2, 3, 3]],

    ['a slice', () => strided([10], [[2], [8], [3]], slice()), [2]],
    ['a slice of some axes leaves the others', () => strided([4, 5], [[1], [3]], slice()), [2, 5]],
    ['places from the end', () => strided([10], [[-4], [-1], [1]], slice()), [3]],
    ['places outside are clipped', () => strided([10], [[-20], [20], [1]], slice()), [10]],
    ['backwards', () => strided([10], [[8], [2], [-2]], slice()), [3]],
    ['backwards from the end, clipped', () => strided([10], [[20], [-20], [-1]], slice()), [10]],
    ['without a begin', () => strided([10], [[5], [8], [1]], slice({ begin_mask: 1 })), [8]],
    ['without an end', () => strided([10], [[5], [8], [1]], slice({ end_mask: 1 })), [5]],
    ['backwards without begin and end', () => strided([10], [[5], [8], [-1]], slice({ begin_mask: 1, end_mask: 1 })), [10]],
    [
      'a mask is of its own axis',
      () =>
        strided(
          [10, 10],
          [
            [5, 5],
            [8, 8],
            [1, 1],
          ],
          slice({ begin_mask: 2 }),
        ),
      [3, 8],
    ],
    [
      'a shrunken axis goes',
      () =>
        strided(
          [4, 5],
          [
            [1, 0],
            [2, 5],
            [1, 1],
          ],
          slice({ shrink_axis_mask: 1 }),
        ),
      [5],
    ],
    ['what ends before it begins is empty', () => strided([10], [[8], [2], [1]], slice()), [0]],
  ]
  for (const [what, make, wanted] of rows) it(what, () => expect(make()).to.deep.equal(wanted))

  for (const mask of ['ellipsis_mask', 'new_axis_mask']) {
    it(`slices with ${mask} are not computed`, () => {
      expect(() => strided([4], [[0], [1]], slice({ [mask]: 1 }))).to.throw(TypeError, 'StridedSlice with ellipsis or new axes')
    })
  }
})
