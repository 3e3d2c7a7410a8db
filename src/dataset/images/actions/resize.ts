import { fail } from '../../../errors/index.js'
import { describeValue } from '../../../util/describe-value.js'
import type { NdArray } from '../../../util/nd-array.js'
import { checkOneOf } from '../../actions/action-args.js'
import { itemAction } from '../../items/item-action.js'
import { type Image, readImage } from '../image.js'
import { imageSchema } from '../options.js'
import { type Resample, resample, resampleNames } from '../resample.js'
import { newImage } from '../result.js'
import type { RowsColumns } from '../windows.js'

/** Options of `resize`. */
export interface ResizeOptions {
  /** The new [height, width] in pixels; null for one of them keeps the proportions. */
  readonly size: readonly [height: number | null, width: number | null]
  /** How pixels between pixels are found. All but nearest take every pixel into account where an image shrinks. Default `bicubic`. */
  readonly resample?: Resample
}

/**
 * Gives images another size. The filters are those of Pillow; integer types are rounded once, at the end.
 *
 * @example
 * pipeline.resize({ size: [64, 64] })
 * pipeline.resize({ size: [null, 32], resample: 'area' })
 *
 * BatchFlow: `ImagesBatch.resize`, which takes [width, height].
 */
export const resize = itemAction({
  summary: 'Gives images another size.',
  schema: imageSchema(
    {
      size: {
        type: 'array',
        items: { anyOf: [{ type: 'integer', minimum: 1 }, { type: 'null' }] },
        minItems: 2,
        maxItems: 2,
        description: 'The new [height, width] in pixels; null for one of them keeps the proportions.',
      },
      resample: { enum: resampleNames, description: 'How pixels between pixels are found.', default: 'bicubic' },
    },
    ['size'],
  ),
  parallel: { module: import.meta.url, export: 'resize' },
  apply(item: NdArray, { size, resample: how = 'bicubic' }: ResizeOptions, context) {
    checkOneOf('resample', how, resampleNames)
    const from = readImage(item)
    const { array, image } = newImage(from, context, ...readSize(size, from))
    resample(from, image, how)
    return array
  },
})

function readSize(size: unknown, { height, width }: Image): RowsColumns {
  const sides: readonly unknown[] = Array.isArray(size) ? size : []
  const fits = (side: unknown) => side === null || (Number.isInteger(side) && (side as number) >= 1)
  if (sides.length !== 2 || !sides.every(fits) || sides.every(side => side === null)) {
    fail('wrong-value', {
      name: 'size',
      seen: describeValue(size),
      allowed: '[height, width]: whole numbers from 1, one of them may be null',
    })
  }
  const [rows, columns] = sides as readonly [number | null, number | null]
  return [rows ?? Math.max(1, Math.floor((height * columns!) / width)), columns ?? Math.max(1, Math.floor((width * rows!) / height))]
}
