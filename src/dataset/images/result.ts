/** The result of an action on images: an image in the memory of the batch. */
import type { ItemContext } from '../../parallel/index.js'
import type { NdArray } from '../../util/nd-array.js'
import { type Image, rangeOf, readImage, shapeOf, toRange } from './image.js'

/** An image and the array it is a view of. */
export interface Result {
  readonly array: NdArray
  readonly image: Image
}

/** Allocates an image of these sides, zeroed, otherwise like the given one. */
export function newImage(like: Image, { allocate }: Pick<ItemContext, 'allocate'>, height = like.height, width = like.width): Result {
  const array = allocate(shapeOf(like, height, width), like.dtype)
  return { array, image: { ...like, height, width, data: array.data } }
}

/** Returns a copy to modify. */
export function copyImage(item: NdArray, context: Pick<ItemContext, 'allocate'>): Result {
  const image = readImage(item)
  const result = newImage(image, context)
  result.array.data.set(image.data)
  return result
}

/** Multiplies every value by a factor and adds a term, both by channel; rounded and clamped to the range of the type. */
export function scaleAndAdd(
  item: NdArray,
  factors: readonly number[],
  terms: readonly number[],
  context: ItemContext,
  top?: number,
): NdArray {
  const image = readImage(item)
  const { array } = newImage(image, context)
  const limits = rangeOf(image.dtype)
  const range = top === undefined || limits.whole ? limits : { low: 0, high: top, whole: false }
  const channels = factors.length
  for (let c = 0; c < channels; c++) {
    const [factor, term] = [factors[c]!, terms[c]!]
    for (let i = c; i < image.data.length; i += channels) array.data[i] = toRange(image.data[i]! * factor + term, range)
  }
  return array
}
