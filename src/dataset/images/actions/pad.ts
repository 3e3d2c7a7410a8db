import { fail } from '../../../errors/index.js'
import { describeValue } from '../../../util/describe-value.js'
import type { NdArray } from '../../../util/nd-array.js'
import { itemAction } from '../../items/item-action.js'
import { readImage } from '../image.js'
import { type Color, colorSchema, imageSchema, readColor } from '../options.js'
import { newImage } from '../result.js'
import { fillImage, paste } from '../windows.js'

/** Options of `pad`. */
export interface PadOptions {
  /** The width of the border in pixels: one number, or [left, top, right, bottom]. */
  readonly offset: number | readonly [left: number, top: number, right: number, bottom: number]
  /** What the border is filled with. Default 0. */
  readonly fill?: Color
}

const width = { type: 'integer', minimum: 0 }

/**
 * Adds a border to images.
 *
 * @example
 * pipeline.pad({ offset: 2 })
 *
 * BatchFlow: `ImagesBatch.pad`.
 */
export const pad = itemAction({
  summary: 'Adds a border to images.',
  schema: imageSchema(
    {
      offset: {
        anyOf: [width, { type: 'array', items: width, minItems: 4, maxItems: 4 }],
        description: 'The width of the border: one number, or [left, top, right, bottom].',
      },
      fill: colorSchema('What the border is filled with.', 0),
    },
    ['offset'],
  ),
  parallel: { module: import.meta.url, export: 'pad' },
  apply(item: NdArray, { offset, fill = 0 }: PadOptions, context) {
    const from = readImage(item)
    const [left, top, right, bottom] = readBorder(offset)
    const { array, image } = newImage(from, context, from.height + top + bottom, from.width + left + right)
    fillImage(image, readColor('fill', fill, from))
    paste(from, image, [top, left])
    return array
  },
})

function readBorder(offset: unknown): readonly [left: number, top: number, right: number, bottom: number] {
  const sides = typeof offset === 'number' ? [offset, offset, offset, offset] : offset
  if (Array.isArray(sides) && sides.length === 4 && sides.every(side => Number.isInteger(side) && side >= 0)) return sides as never
  return fail('wrong-value', {
    name: 'offset',
    seen: describeValue(offset),
    allowed: 'a whole number from 0, or [left, top, right, bottom]',
  })
}
