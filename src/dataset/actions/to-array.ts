import type { BatchAction } from '../../pipeline/description/contracts.js'
import { allocate, type DType, dtypes, NdArray } from '../../util/nd-array.js'
import type { Batch } from '../batch/batch.js'
import { checkOneOf, sourceArray } from './action-args.js'

const layouts = ['last', 'first'] as const

/** Options of `toArray`. */
export interface ToArrayOptions {
  /** The component to read. Default `images`. */
  readonly src?: string
  /** The component to write; `src` if left out. */
  readonly dst?: string
  /** The element type. Default float32. */
  readonly dtype?: DType
  /** Where the channel axis goes. Default `last`. */
  readonly channels?: (typeof layouts)[number]
}

/**
 * Makes images an array of another element type and layout. Images without a channel axis, [n, height, width], get one; `first` moves
 * the channels from the end to the front, [n, channels, height, width]. Values are not scaled.
 *
 * @example
 * data.train.p.toArray({ dtype: 'float32', channels: 'first' })
 *
 * BatchFlow: `ImagesBatch.to_array`.
 */
export const toArray: BatchAction<Batch<any>, ToArrayOptions> = {
  summary: 'Gives a component another element type, a channel axis if it has none, and channels last or first.',
  schema: {
    type: 'object',
    properties: {
      src: { type: 'string', description: 'The component to read.', default: 'images' },
      dst: { type: 'string', description: 'The component to write; src if left out.' },
      dtype: { enum: dtypes, description: 'The element type.', default: 'float32' },
      channels: { enum: layouts, description: 'Where the channel axis goes.', default: 'last' },
    },
    required: [],
    additionalProperties: false,
  },
  apply: (batch, { src = 'images', dst = src, dtype = 'float32', channels = 'last' }) => {
    checkOneOf('dtype', dtype, dtypes)
    checkOneOf('channels', channels, layouts)
    const from = sourceArray(batch, src)
    const cast = from.cast(dtype)
    const withChannels = from.shape.length === 3 ? cast.reshape([...from.shape, 1]) : cast
    batch.set(dst, channels === 'first' && withChannels.shape.length > 2 ? channelsFirst(withChannels) : withChannels)
  },
}

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
