import type { NdArray } from '../../../util/nd-array.js'
import { itemAction } from '../../items/item-action.js'
import { readImage } from '../image.js'
import { type Color, clipSchema, colorSchema, imageSchema, readValues } from '../options.js'
import { scaleAndAdd } from '../result.js'

/** Options of `multiply`. */
export interface MultiplyOptions {
  /** What values are multiplied by: one number, or one for each channel. Default 1. */
  readonly multiplier?: Color
  /** Whether floats are kept within 0 … 1. Integers always stay within their type. Default false. */
  readonly clip?: boolean
}

/**
 * Multiplies the values of images. The element type stays: integers are rounded and stay within its range.
 *
 * @example
 * pipeline.multiply({ multiplier: P(R('uniform', 0.7, 1.3)) })
 *
 * BatchFlow: `ImagesBatch.multiply` with `preserve_type`.
 */
export const multiply = itemAction({
  summary: 'Multiplies the values of images.',
  schema: imageSchema({
    multiplier: colorSchema('What values are multiplied by: one number, or one for each channel.', 1),
    clip: clipSchema,
  }),
  parallel: { module: import.meta.url, export: 'multiply' },
  apply(item: NdArray, { multiplier = 1, clip = false }: MultiplyOptions, context) {
    const values = readValues('multiplier', multiplier, readImage(item))
    return scaleAndAdd(
      item,
      values,
      values.map(() => 0),
      context,
      clip ? 1 : undefined,
    )
  },
})
