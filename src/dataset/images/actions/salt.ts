import { number, option, options } from '../../../options/index.js'
import { sameShape } from '../../../pipeline/description/component-facts.js'
import type { NdArray } from '../../../util/nd-array.js'
import { deriveSeed, uniformAt } from '../../../util/seeds.js'
import { itemAction } from '../../items/item-action.js'
import { whiteOf } from '../image.js'
import { color, readColor, sides, toSides } from '../options.js'
import { copyImage } from '../result.js'
import { fillBox } from '../windows.js'

/**
 * Strews grains of a colour over images.
 *
 * @example
 * pipeline.salt({ pNoise: 0.05, size: [2, 2] })
 *
 * BatchFlow: `ImagesBatch.salt`.
 */
export const salt = itemAction({
  summary: 'Strews grains of a colour over images.',
  options: options({
    pNoise: option("the probability of each pixel to be a grain's top left", number({ min: 0, max: 1 }), { default: 0.015 }),
    color: option("the grains' colour; white by default: 255 for uint8, 1 for floats", color, { optional: true }),
    size: option("the grains' [height, width]; one number for a square", sides, { default: 1 }),
  }),
  shape: sameShape,
  parallel: { module: import.meta.url, export: 'salt' },
  apply(item: NdArray, { pNoise, color, size }, context) {
    const { array, image } = copyImage(item, context)
    const grain = toSides(size)
    const paint = readColor('color', color ?? whiteOf(image.dtype), image)
    const seed = deriveSeed(context.seed, 'salt')
    for (let pixel = 0; pixel < image.height * image.width; pixel++) {
      if (uniformAt(seed, pixel) < pNoise) fillBox(image, [Math.floor(pixel / image.width), pixel % image.width], grain, paint)
    }
    return array
  },
})
