import { option, options } from '../../../options/index.js'
import { sameShape } from '../../../pipeline/description/component-facts.js'
import type { NdArray } from '../../../util/nd-array.js'
import { readChannels } from '../../actions/action-args.js'
import { itemAction } from '../../items/item-action.js'
import { readImage } from '../image.js'
import { clipOption, color } from '../options.js'
import { scaleAndAdd } from '../result.js'

/**
 * Adds to the values of images. The element type stays: integers are rounded and stay within its range.
 *
 * @example
 * pipeline.add({ term: [10, 0, -10] })
 *
 * BatchFlow: `ImagesBatch.add` with `preserve_type`.
 */
export const add = itemAction({
  summary: 'Adds to the values of images.',
  options: options({ term: option('what is added to values: one number, or one per channel', color, { default: 1 }), clip: clipOption }),
  shape: sameShape,
  parallel: { module: import.meta.url, export: 'add' },
  apply(item: NdArray, { term, clip }, context) {
    const values = readChannels('term', term, readImage(item).channels)
    return scaleAndAdd(
      item,
      values.map(() => 1),
      values,
      context,
      clip ? 1 : undefined,
    )
  },
})
