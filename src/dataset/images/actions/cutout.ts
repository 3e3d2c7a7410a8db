import { option, options } from '../../../options/index.js'
import { sameShape } from '../../../pipeline/description/component-facts.js'
import type { NdArray } from '../../../util/nd-array.js'
import { itemAction } from '../../items/item-action.js'
import { color, originOption, placeOrigin, readColor, sides, toSides } from '../options.js'
import { copyImage } from '../result.js'
import { fillBox } from '../windows.js'

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
  options: options({
    origin: originOption('where the box lies', 'random'),
    shape: option("the box's [height, width]; one number for a square", sides),
    color: option('what it is filled with', color, { default: 0 }),
  }),
  shape: sameShape,
  parallel: { module: import.meta.url, export: 'cutout' },
  apply(item: NdArray, { origin, shape, color }, context) {
    const { array, image } = copyImage(item, context)
    const box = toSides(shape)
    const place = placeOrigin(origin, box, [image.height, image.width], context.seed)
    fillBox(image, place, box, readColor('color', color, image))
    return array
  },
})
