import type { NdArray } from '../../../util/nd-array.js'
import { itemAction } from '../../items/item-action.js'
import { readImage } from '../image.js'
import { type Color, colorSchema, imageSchema, readColor } from '../options.js'
import { newImage } from '../result.js'

/** Options of `clip`. */
export interface ClipOptions {
  /** What is below becomes this; one number, or one for each channel. Default 0. */
  readonly low?: Color
  /** What is above becomes this. Default 255. */
  readonly high?: Color
}

/**
 * Limits the values of images.
 *
 * @example
 * pipeline.clip({ low: 0, high: 1 })
 *
 * BatchFlow: `ImagesBatch.clip`.
 */
export const clip = itemAction({
  summary: 'Limits the values of images.',
  schema: imageSchema({
    low: colorSchema('What is below becomes this.', 0),
    high: colorSchema('What is above becomes this.', 255),
  }),
  parallel: { module: import.meta.url, export: 'clip' },
  apply(item: NdArray, { low = 0, high = 255 }: ClipOptions, context) {
    const image = readImage(item)
    const { array } = newImage(image, context)
    const [lows, highs] = [readColor('low', low, image), readColor('high', high, image)]
    for (let c = 0; c < image.channels; c++) {
      const [min, max] = [lows[c]!, highs[c]!]
      for (let i = c; i < image.data.length; i += image.channels) array.data[i] = Math.max(min, Math.min(max, image.data[i]!))
    }
    return array
  },
})
