/** How many values and which channels an image has: `posterize`, `pilConvert`. */
import { integer, oneOf, option, options } from '../../../options/index.js'
import { sameShape } from '../../../pipeline/description/component-facts.js'
import type { NdArray } from '../../../util/nd-array.js'
import { itemAction } from '../../items/item-action.js'
import { channelsOf, colorModes, convertColors } from '../colors.js'
import { type Image, rangeOf, readImage, toRange } from '../image.js'
import { newImage } from '../result.js'

/**
 * Leaves 2 to the power of `bits` values per channel: each value becomes the largest of these that is not above it. Of uint8 these are the highest
 * bits, as in Pillow; of floats multiples of 1/2^bits.
 *
 * @example
 * pipeline.posterize({ bits: 3 })
 *
 * BatchFlow: `ImagesBatch.posterize`.
 */
export const posterize = itemAction({
  summary: 'Leaves few values per channel.',
  options: options({ bits: option('the number of bits that are kept', integer({ min: 1, max: 8 }), { default: 4 }) }),
  shape: sameShape,
  parallel: { module: import.meta.url, export: 'posterize' },
  apply(item: NdArray, { bits }, context) {
    const from = readImage(item)
    const { array } = newImage(from, context)
    const { low, high, whole } = rangeOf(from.dtype)
    const step = (whole ? high - low + 1 : 1) / 2 ** bits
    const range = rangeOf(from.dtype)
    for (let i = 0; i < from.data.length; i++) array.data[i] = toRange(Math.floor(from.data[i]! / step) * step, range)
    return array
  },
})

/**
 * Converts images to other channels: `L` grey, `LA` grey with opacity, `RGB`, `RGBA`, `YCbCr`, `HSV`. Images of 1, 2, 3 and 4 channels are taken for
 * L, LA, RGB and RGBA. Bytes are those of Pillow (of YCbCr, to one); of floats, white is 1.
 *
 * @example
 * pipeline.pilConvert({ mode: 'L' })   // [n, height, width, 3] becomes [n, height, width, 1]
 *
 * @throws MillraceError `wrong-value` for images of other channels
 *
 * BatchFlow: `ImagesBatch.pil_convert`, which takes all modes of Pillow.
 */
export const pilConvert = itemAction({
  summary: 'Converts images to other channels: grey, colours, opacity.',
  options: options({ mode: option('what they are converted to, in the words of Pillow', oneOf(colorModes), { default: 'L' }) }),
  parallel: { module: import.meta.url, export: 'pilConvert' },
  apply(item: NdArray, { mode }, context) {
    const from = readImage(item)
    const channels = channelsOf(mode)
    const { array, image } = newImage(shaped(from, channels), context)
    convertColors(from, image, mode)
    return array
  },
})

/** The image with this number of channels; without a channel axis only where there is one channel. */
const shaped = (image: Image, channels: number): Image => ({ ...image, channels, flat: image.flat && channels === 1 })
