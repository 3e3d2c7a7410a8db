import { fail } from '../../../errors/index.js'
import { anyOf, integer, listOf, oneOf, option, options } from '../../../options/index.js'
import { sameShape } from '../../../pipeline/description/component-facts.js'
import { describeValue } from '../../../util/describe-value.js'
import type { NdArray } from '../../../util/nd-array.js'
import { itemAction } from '../../items/item-action.js'
import { rangeOf, readImage, whiteOf } from '../image.js'
import { scaleAndAdd } from '../result.js'

const channel = integer({ min: 0 })

/**
 * Makes dark bright: white minus the value (255 − x for uint8, 1 − x for floats; the lowest value goes to the highest for all integers).
 *
 * @example
 * pipeline.invert({ channels: [0], p: 0.5 })
 *
 * BatchFlow: `ImagesBatch.invert`.
 */
export const invert = itemAction({
  summary: 'Makes dark bright and bright dark.',
  options: options({
    channels: option('which channels, from 0: all, one, or a list', anyOf(oneOf(['all']), channel, listOf(channel)), { default: 'all' }),
  }),
  shape: sameShape,
  parallel: { module: import.meta.url, export: 'invert' },
  apply(item: NdArray, { channels }, context) {
    const image = readImage(item)
    const { low, whole } = rangeOf(image.dtype)
    const term = whiteOf(image.dtype) + (whole ? low : 0)
    const chosen = Array.from({ length: image.channels }, (_, c) => channels === 'all' || [channels].flat().includes(c))
    const known = channels === 'all' || [channels].flat().every(c => c < image.channels)
    if (!known)
      fail('wrong-value', { name: 'channels', seen: describeValue(channels), allowed: `all, or integers from 0 to ${image.channels - 1}` })
    return scaleAndAdd(
      item,
      chosen.map(isChosen => (isChosen ? -1 : 1)),
      chosen.map(isChosen => (isChosen ? term : 0)),
      context,
    )
  },
})
