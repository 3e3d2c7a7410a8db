import { option, options } from '../../../options/index.js'
import { sameShape } from '../../../pipeline/description/component-facts.js'
import type { NdArray } from '../../../util/nd-array.js'
import { readChannels } from '../../actions/action-args.js'
import { itemAction } from '../../items/item-action.js'
import { readImage } from '../image.js'
import { clipOption, color } from '../options.js'
import { scaleAndAdd } from '../result.js'

/**
 * Multiplies the values of images. The element type stays: integers are rounded and stay within its range.
 *
 * @example
 * pipeline.multiply({ multiplier: P(R('uniform', 0.7, 1.3)) })
 *
 * BatchFlow: `ImagesBatch.multiply` with `preserve_type`.
 */
export const multiply = itemAction({
  summary: 'Multiplies the values of images.',
  options: options({
    multiplier: option('what values are multiplied by: one number, or one per channel', color, { default: 1 }),
    clip: clipOption,
  }),
  shape: sameShape,
  parallel: { module: import.meta.url, export: 'multiply' },
  apply(item: NdArray, { multiplier, clip }, context) {
    const values = readChannels('multiplier', multiplier, readImage(item).channels)
    return scaleAndAdd(
      item,
      values,
      values.map(() => 0),
      context,
      clip ? 1 : undefined,
    )
  },
})
