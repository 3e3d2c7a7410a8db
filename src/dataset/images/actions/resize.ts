import { nullable, oneOf, option, options, tuple, worded } from '../../../options/index.js'
import type { NdArray } from '../../../util/nd-array.js'
import { itemAction } from '../../items/item-action.js'
import { type Image, readImage } from '../image.js'
import { isTwo, side } from '../options.js'
import { resample, resampleNames } from '../resample.js'
import { newImage } from '../result.js'
import type { RowsColumns } from '../windows.js'

const words = '[height, width]: integers of at least 1, one of them may be null'
const size = worded(tuple([nullable(side), nullable(side)]), words)

/**
 * Resizes images. The filters are those of Pillow; integer types are rounded once, at the end.
 *
 * @example
 * pipeline.resize({ size: [64, 64] })
 * pipeline.resize({ size: [null, 32], resample: 'area' })
 *
 * BatchFlow: `ImagesBatch.resize`, which takes [width, height].
 */
export const resize = itemAction({
  summary: 'Resizes images.',
  options: options(
    {
      size: option('the new [height, width] in pixels; null for one of them keeps the proportions', size),
      resample: option('how pixels between pixels are found; all but nearest take every pixel into account', oneOf(resampleNames), {
        default: 'bicubic',
      }),
    },
    { misfit: ({ size }) => (size.every(side => side === null) ? { option: 'size' as const, allowed: words } : undefined) },
  ),
  shape: ([, , ...channels], { size }) => (isTwo(size) ? [...size, ...channels] : undefined),
  parallel: { module: import.meta.url, export: 'resize' },
  apply(item: NdArray, { size, resample: how }, context) {
    const from = readImage(item)
    const { array, image } = newImage(from, context, ...readSize(size, from))
    resample(from, image, how)
    return array
  },
})

function readSize([rows, columns]: readonly [number | null, number | null], { height, width }: Image): RowsColumns {
  return [rows ?? Math.max(1, Math.floor((height * columns!) / width)), columns ?? Math.max(1, Math.floor((width * rows!) / height))]
}
