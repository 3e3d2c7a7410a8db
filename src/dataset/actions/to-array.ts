import { oneOf, option, options } from '../../options/index.js'
import { type ShapeRule, sourceToTarget, withDefaults } from '../../pipeline/description/component-facts.js'
import { allocate, dtypes, NdArray } from '../../util/nd-array.js'
import { batchAction } from '../batch/batch-action.js'
import { sourceAndTarget, sourceArray } from './action-args.js'

const arrayOptions = options({
  ...sourceAndTarget,
  dtype: option('the element type', oneOf(dtypes), { default: 'float32' }),
  channels: option('where the channel axis goes', oneOf(['last', 'first']), { default: 'last' }),
})

const shapeOf: ShapeRule = (from, { channels }) => (channels === 'last' ? (from.length === 2 ? [...from, 1] : from) : undefined)

/**
 * Makes images an array of another element type and layout. Images without a channel axis, [n, height, width], get one; `first` moves
 * the channels from the end to the front, [n, channels, height, width]. Values are not scaled.
 *
 * @example
 * data.train.p.toArray({ dtype: 'float32', channels: 'first' })
 *
 * BatchFlow: `ImagesBatch.to_array`.
 */
export const toArray = batchAction({
  summary: 'Changes the element type of a component, adds a channel axis if it has none, and puts channels last or first.',
  options: arrayOptions,
  components: sourceToTarget('images', withDefaults(arrayOptions, shapeOf)),
  apply: (batch, { src, dst = src, dtype, channels }) => {
    const from = sourceArray(batch, src)
    const cast = from.cast(dtype)
    const withChannels = from.shape.length === 3 ? cast.reshape([...from.shape, 1]) : cast
    batch.set(dst, channels === 'first' && withChannels.shape.length > 2 ? channelsFirst(withChannels) : withChannels)
  },
})

function channelsFirst(array: NdArray): NdArray {
  const channels = array.shape.at(-1)!
  const items = array.length
  const pixels = array.itemSize / channels
  const data = allocate(array.dtype, array.data.length)
  for (let item = 0; item < items; item++) {
    for (let channel = 0; channel < channels; channel++) {
      const into = (item * channels + channel) * pixels
      const from = item * pixels * channels + channel
      for (let pixel = 0; pixel < pixels; pixel++) data[into + pixel] = array.data[from + pixel * channels]!
    }
  }
  return new NdArray(data, [items, channels, ...array.shape.slice(1, -1)])
}
