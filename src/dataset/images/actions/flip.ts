import { oneOf, option, options } from '../../../options/index.js'
import { sameShape } from '../../../pipeline/description/component-facts.js'
import type { NdArray } from '../../../util/nd-array.js'
import { itemAction } from '../../items/item-action.js'
import { readImage } from '../image.js'
import { newImage } from '../result.js'

/**
 * Mirrors images.
 *
 * @example
 * pipeline.flip({ p: 0.5 })
 *
 * BatchFlow: `ImagesBatch.flip`.
 */
export const flip = itemAction({
  summary: 'Mirrors images.',
  options: options({ mode: option('lr swaps left and right, ud up and down', oneOf(['lr', 'ud']), { default: 'lr' }) }),
  shape: sameShape,
  parallel: { module: import.meta.url, export: 'flip' },
  apply(item: NdArray, { mode }, context) {
    const { data, height, width, channels, ...from } = readImage(item)
    const { array } = newImage({ data, height, width, channels, ...from }, context)
    const row = width * channels
    for (let y = 0; y < height; y++) {
      if (mode === 'ud') {
        array.data.set(data.subarray(y * row, (y + 1) * row), (height - 1 - y) * row)
        continue
      }
      for (let x = 0; x < width; x++) {
        const into = y * row + (width - 1 - x) * channels
        for (let c = 0; c < channels; c++) array.data[into + c] = data[y * row + x * channels + c]!
      }
    }
    return array
  },
})
