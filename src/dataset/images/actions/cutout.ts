import type { NdArray } from '../../../util/nd-array.js'
import { itemAction } from '../../items/item-action.js'
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
import { copyImage } from '../result.js'
import { fillBox, type RowsColumns } from '../windows.js'

/** Options of `cutout`. */
export interface CutoutOptions {
  /** Where the box lies. Default `random`. */
  readonly origin?: Origin
  /** The box's [height, width]; one number for a square. */
  readonly shape: number | RowsColumns
  /** What it is filled with. Default 0. */
  readonly color?: Color
}

/**
 * Fills a box of images with a colour.
 *
 * @example
 * pipeline.cutout({ shape: 8, origin: 'random', color: 0 })
 *
 * BatchFlow: `ImagesBatch.cutout`. T. DeVries and G. W. Taylor, Improved Regularization of Convolutional Neural Networks with Cutout.
 */
export const cutout = itemAction({
  summary: 'Fills a box of images with a colour.',
  schema: imageSchema(
    {
      origin: originSchema('random'),
      shape: sidesSchema("The box's [height, width]; one number for a square."),
      color: colorSchema('What it is filled with.', 0),
    },
    ['shape'],
  ),
  parallel: { module: import.meta.url, export: 'cutout' },
  apply(item: NdArray, { origin = 'random', shape, color = 0 }: CutoutOptions, context) {
    const { array, image } = copyImage(item, context)
    const sides = readSides('shape', shape)
    const place = placeOrigin(origin, sides, [image.height, image.width], context.seed)
    fillBox(image, place, sides, readColor('color', color, image))
    return array
  },
})
