import { boolean, option, options } from '../../../options/index.js'
import type { NdArray } from '../../../util/nd-array.js'
import { itemAction } from '../../items/item-action.js'
import { readImage } from '../image.js'
import { color, isTwo, originOption, placeOrigin, readColor, sides, toSides } from '../options.js'
import { newImage } from '../result.js'
import { fillImage, paste } from '../windows.js'

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
  options: options({
    origin: originOption('where the window lies', 'top_left'),
    shape: option("the window's [height, width]; one number for a square", sides),
    fill: option('what the window shows outside of the image', color, { default: 0 }),
    cropBoundaries: option("true: the window is cut at the image's borders instead", boolean, { default: false }),
  }),
  shape: ([, , ...channels], { shape, cropBoundaries }) =>
    cropBoundaries !== false
      ? undefined
      : isTwo(shape)
        ? [...shape, ...channels]
        : typeof shape === 'number'
          ? [shape, shape, ...channels]
          : undefined,
  parallel: { module: import.meta.url, export: 'crop' },
  apply(item: NdArray, { origin, shape, fill, cropBoundaries }, context) {
    const from = readImage(item)
    let [rows, columns] = toSides(shape)
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
