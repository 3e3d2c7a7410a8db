import { option, options } from '../../../options/index.js'
import { sameShape } from '../../../pipeline/description/component-facts.js'
import type { NdArray } from '../../../util/nd-array.js'
import { itemAction } from '../../items/item-action.js'
import { readImage } from '../image.js'
import { color, readColor } from '../options.js'
import { newImage } from '../result.js'

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
  options: options({
    low: option('what is below becomes this; one number, or one per channel', color, { default: 0 }),
    high: option('what is above becomes this', color, { default: 255 }),
  }),
  shape: sameShape,
  parallel: { module: import.meta.url, export: 'clip' },
  apply(item: NdArray, { low, high }, context) {
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
