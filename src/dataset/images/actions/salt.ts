import type { NdArray } from '../../../util/nd-array.js'
import { deriveSeed, uniformAt } from '../../../util/seeds.js'
import { itemAction } from '../../items/item-action.js'
import { whiteOf } from '../image.js'
import { type Color, colorSchema, imageSchema, readColor, readNumber, readSides, sidesSchema } from '../options.js'
import { copyImage } from '../result.js'
import { fillBox, type RowsColumns } from '../windows.js'

/** Options of `salt`. */
export interface SaltOptions {
  /** The probability of each pixel to be a grain's top left. Default 0.015. */
  readonly pNoise?: number
  /** The grains' colour. Default white: 255 for uint8, 1 for floats. */
  readonly color?: Color
  /** The grains' [height, width]; one number for a square. Default 1. */
  readonly size?: number | RowsColumns
}

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
  schema: imageSchema({
    pNoise: {
      type: 'number',
      minimum: 0,
      maximum: 1,
      description: "The probability of each pixel to be a grain's top left.",
      default: 0.015,
    },
    color: colorSchema("The grains' colour; white if left out."),
    size: { ...sidesSchema("The grains' [height, width]; one number for a square."), default: 1 },
  }),
  parallel: { module: import.meta.url, export: 'salt' },
  apply(item: NdArray, { pNoise = 0.015, color, size = 1 }: SaltOptions, context) {
    const { array, image } = copyImage(item, context)
    const probability = readNumber('pNoise', pNoise)
    const grain = readSides('size', size)
    const paint = readColor('color', color ?? whiteOf(image.dtype), image)
    const seed = deriveSeed(context.seed, 'salt')
    for (let pixel = 0; pixel < image.height * image.width; pixel++) {
      if (uniformAt(seed, pixel) < probability) fillBox(image, [Math.floor(pixel / image.width), pixel % image.width], grain, paint)
    }
    return array
  },
})
