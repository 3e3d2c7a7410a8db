import type { NdArray } from '../../../util/nd-array.js'
import { itemAction } from '../../items/item-action.js'
import { readImage } from '../image.js'
import { type Color, clipSchema, colorSchema, imageSchema, readValues } from '../options.js'
import { scaleAndAdd } from '../result.js'

/** Options of `add`. */
export interface AddOptions {
  /** What is added to values: one number, or one for each channel. Default 1. */
  readonly term?: Color
  /** Whether floats are kept within 0 … 1. Integers always stay within their type. Default false. */
  readonly clip?: boolean
}

/**
 * Adds to the values of images. The element type stays: integers are rounded and stay within its range.
 *
 * @example
 * pipeline.add({ term: [10, 0, -10] })
 *
 * BatchFlow: `ImagesBatch.add` with `preserve_type`.
 */
export const add = itemAction({
  summary: 'Adds to the values of images.',
  schema: imageSchema({ term: colorSchema('What is added to values: one number, or one for each channel.', 1), clip: clipSchema }),
  parallel: { module: import.meta.url, export: 'add' },
  apply(item: NdArray, { term = 1, clip = false }: AddOptions, context) {
    const values = readValues('term', term, readImage(item))
    return scaleAndAdd(
      item,
      values.map(() => 1),
      values,
      context,
      clip ? 1 : undefined,
    )
  },
})
