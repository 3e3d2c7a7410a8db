import type { NdArray } from '../../../util/nd-array.js'
import { itemAction } from '../../items/item-action.js'
import { readImage } from '../image.js'
import {
  type Color,
  colorSchema,
  imageSchema,
  type Origin,
  originSchema,
  placeOrigin,
  readColor,
  readSides,
  sidesSchema,
} from '../options.js'
import { newImage } from '../result.js'
import { fillImage, paste, type RowsColumns } from '../windows.js'

/** Options of `crop`. */
export interface CropOptions {
  /** Where the window lies. Default `top_left`. */
  readonly origin?: Origin
  /** The window's [height, width]; one number for a square. */
  readonly shape: number | RowsColumns
  /** What the window shows outside of the image. Default 0. */
  readonly fill?: Color
  /** Whether the window is cut at the image's borders instead. Default false. */
  readonly cropBoundaries?: boolean
}

/**
 * Takes a window out of images.
 *
 * @example
 * pipeline.crop({ shape: [24, 24], origin: 'random' })
 *
 * BatchFlow: `ImagesBatch.crop`.
 */
export const crop = itemAction({
  summary: 'Takes a window out of images.',
  schema: imageSchema(
    {
      origin: originSchema('top_left'),
      shape: sidesSchema("The window's [height, width]; one number for a square."),
      fill: colorSchema('What the window shows outside of the image.', 0),
      cropBoundaries: { type: 'boolean', description: "Whether the window is cut at the image's borders instead.", default: false },
    },
    ['shape'],
  ),
  parallel: { module: import.meta.url, export: 'crop' },
  apply(item: NdArray, { origin = 'top_left', shape, fill = 0, cropBoundaries = false }: CropOptions, context) {
    const from = readImage(item)
    let [rows, columns] = readSides('shape', shape)
    let [row, column] = placeOrigin(origin, [rows, columns], [from.height, from.width], context.seed)
    if (cropBoundaries) {
      const [down, right] = [Math.min(from.height, row + rows), Math.min(from.width, column + columns)]
      row = Math.max(0, row)
      column = Math.max(0, column)
      rows = Math.max(0, down - row)
      columns = Math.max(0, right - column)
    }
    const { array, image } = newImage(from, context, rows, columns)
    fillImage(image, readColor('fill', fill, from))
    paste(from, image, [-row, -column])
    return array
  },
})
