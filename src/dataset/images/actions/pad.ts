import { anyOf, integer, option, options, tuple, worded } from '../../../options/index.js'
import type { NdArray } from '../../../util/nd-array.js'
import { orArray } from '../../actions/action-args.js'
import { itemAction } from '../../items/item-action.js'
import { readImage } from '../image.js'
import { color, readColor } from '../options.js'
import { newImage } from '../result.js'
import { fillImage, paste } from '../windows.js'

const width = integer({ min: 0 })
const border = orArray(
  worded(anyOf(width, tuple([width, width, width, width])), 'an integer of at least 0, or four: [left, top, right, bottom]'),
)

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
  options: options({
    offset: option('the width of the border in pixels: one number, or [left, top, right, bottom]', border),
    fill: option('what the border is filled with', color, { default: 0 }),
  }),
  parallel: { module: import.meta.url, export: 'pad' },
  apply(item: NdArray, { offset, fill }, context) {
    const from = readImage(item)
    const [left, top, right, bottom] = typeof offset === 'number' ? ([offset, offset, offset, offset] as const) : offset
    const { array, image } = newImage(from, context, from.height + top + bottom, from.width + left + right)
    fillImage(image, readColor('fill', fill, from))
    paste(from, image, [top, left])
    return array
  },
})
