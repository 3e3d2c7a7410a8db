import { boolean, number, oneOf, option, options } from '../../../options/index.js'
import { NdArray } from '../../../util/nd-array.js'
import { itemAction } from '../../items/item-action.js'
import { readImage } from '../image.js'
import { eachSide, originOption, placeOrigin, toSides } from '../options.js'
import { resample, resampleNames } from '../resample.js'
import { newImage } from '../result.js'
import { paste, type RowsColumns } from '../windows.js'

/**
 * Makes the content of images larger or smaller.
 *
 * @example
 * pipeline.scale({ factor: P(R('uniform', 0.8, 1.2)), preserveShape: true, resample: 'bilinear' })
 *
 * BatchFlow: `ImagesBatch.scale`.
 */
export const scale = itemAction({
  summary: 'Makes the content of images larger or smaller.',
  options: options({
    factor: option(
      'what the sides are multiplied by, a number or [rows, columns]; the result is rounded up',
      eachSide(number({ above: 0 })),
    ),
    preserveShape: option('true: images keep their size, cropped or on zeros', boolean, { default: false }),
    origin: originOption('where the smaller lies in the larger, with preserveShape', 'center'),
    resample: option('how pixels between pixels are found', oneOf(resampleNames), { default: 'nearest' }),
  }),
  parallel: { module: import.meta.url, export: 'scale' },
  apply(item: NdArray, { factor, preserveShape, origin, resample: how }, context) {
    const from = readImage(item)
    const factors = toSides(factor)
    const sides: RowsColumns = [Math.ceil(from.height * factors[0]), Math.ceil(from.width * factors[1])]
    const allocate = preserveShape ? NdArray.zeros : context.allocate
    const scaled = newImage(from, { allocate }, ...sides)
    resample(from, scaled.image, how)
    if (!preserveShape) return scaled.array
    const { array, image } = newImage(from, context)
    const [row, column] = placeOrigin(origin, sides, [from.height, from.width], context.seed)
    const [cropRow, cropColumn] = placeOrigin(origin, [from.height, from.width], sides, context.seed)
    paste(scaled.image, image, [row - cropRow, column - cropColumn])
    return array
  },
})
