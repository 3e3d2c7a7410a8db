import { listOf, number, oneOf, option, options } from '../../../options/index.js'
import type { NdArray } from '../../../util/nd-array.js'
import { orArray } from '../../actions/action-args.js'
import { itemAction } from '../../items/item-action.js'
import { type Affine, affineWarp, type Perspective, perspectiveWarp } from '../affine.js'
import { readImage } from '../image.js'
import { color, readColor, sides, toSides } from '../options.js'
import { newImage } from '../result.js'
import { samplings, warp } from '../sample.js'
import { fillImage, type RowsColumns } from '../windows.js'

/**
 * Moves every pixel by one formula: the pixel (x, y) of the result, x to the right, is the image's at (a·x + b·y + c, d·x + e·y + f); with two
 * more coefficients at these divided by g·x + h·y + 1, a view in perspective. Coordinates are those of Pillow.
 *
 * @example
 * pipeline.transform({ data: [1, 0.2, 0, 0, 1, 0] })                            // a shear
 * pipeline.transform({ data: [0.5, 0, 0, 0, 0.5, 0], size: [56, 56], resample: 'bilinear' })
 *
 * BatchFlow: `ImagesBatch.transform`, which passes its arguments to Pillow: (size, method, data).
 */
export const transform = itemAction({
  summary: 'Moves the pixels of images by an affine map or a perspective one.',
  options: options(
    {
      data: option('the coefficients: [a, b, c, d, e, f] of an affine map, [a, …, h] of a perspective one', orArray(listOf(number()))),
      size: option('the [height, width] of the result; one number for a square; that of the image by default', sides, { optional: true }),
      resample: option('how pixels between pixels are found', oneOf(samplings), { default: 'nearest' }),
      fill: option('what comes from outside of the image', color, { default: 0 }),
    },
    {
      misfit: ({ data }) =>
        Array.isArray(data) && data.length !== 6 && data.length !== 8
          ? { option: 'data' as const, allowed: 'a list of 6 numbers, or of 8' }
          : undefined,
    },
  ),
  shape: (from, { size }) => (size === undefined ? from : undefined),
  parallel: { module: import.meta.url, export: 'transform' },
  apply(item: NdArray, { data, size, resample, fill }, context) {
    const from = readImage(item)
    const frame: RowsColumns = size === undefined ? [from.height, from.width] : toSides(size)
    const { array, image } = newImage(from, context, ...frame)
    const find =
      data.length === 6 ? affineWarp(data as unknown as Affine, frame, resample) : perspectiveWarp(data as unknown as Perspective)
    fillImage(image, readColor('fill', fill, from))
    warp(from, image, find, resample)
    return array
  },
})
