import { fail } from '../../../errors/index.js'
import { describeValue } from '../../../util/describe-value.js'
import { NdArray } from '../../../util/nd-array.js'
import { checkOneOf } from '../../actions/action-args.js'
import { itemAction } from '../../items/item-action.js'
import { readImage } from '../image.js'
import { imageSchema, type Origin, originSchema, placeOrigin, readPair, sidesSchema } from '../options.js'
import { type Resample, resample, resampleNames } from '../resample.js'
import { newImage } from '../result.js'
import { paste, type RowsColumns } from '../windows.js'

/** Options of `scale`. */
export interface ScaleOptions {
  /** What the sides are multiplied by, one number or [rows, columns]; the result is rounded up. */
  readonly factor: number | RowsColumns
  /** Whether images keep their size: they are cropped, or lie on zeros. Default false. */
  readonly preserveShape?: boolean
  /** Where the smaller lies in the larger, with `preserveShape`. Default `center`. */
  readonly origin?: Origin
  /** How pixels between pixels are found. Default `nearest`. */
  readonly resample?: Resample
}

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
  schema: imageSchema(
    {
      factor: sidesSchema('What the sides are multiplied by: a number, or [rows, columns].', { type: 'number', exclusiveMinimum: 0 }),
      preserveShape: { type: 'boolean', description: 'Whether images keep their size: cropped, or on zeros.', default: false },
      origin: originSchema('center'),
      resample: { enum: resampleNames, description: 'How pixels between pixels are found.', default: 'nearest' },
    },
    ['factor'],
  ),
  parallel: { module: import.meta.url, export: 'scale' },
  apply(item: NdArray, { factor, preserveShape = false, origin = 'center', resample: how = 'nearest' }: ScaleOptions, context) {
    checkOneOf('resample', how, resampleNames)
    const from = readImage(item)
    const factors = readPair('factor', typeof factor === 'number' ? [factor, factor] : factor)
    if (!factors.every(value => value > 0)) fail('wrong-value', { name: 'factor', seen: describeValue(factor), allowed: 'numbers above 0' })
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
