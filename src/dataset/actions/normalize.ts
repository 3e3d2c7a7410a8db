import type { BatchAction } from '../../pipeline/description/contracts.js'
import { type DType, dtypeOf, NdArray, type TypedArray } from '../../util/nd-array.js'
import { scaleAndShift } from '../../util/scale-and-shift.js'
import type { Batch } from '../batch/batch.js'
import { checkDivisor, readChannels, sourceArray } from './action-args.js'

/** Options of `normalize`. */
export interface NormalizeOptions {
  /** The component to read. Default `images`. */
  readonly src?: string
  /** The component to write; `src` if left out. */
  readonly dst?: string
  /** What values are divided by first, e.g. 255 for uint8 images. Default 1. */
  readonly scale?: number
  /** What is subtracted then: one number, or one for each channel (the last axis). Default 0. */
  readonly mean?: number | readonly number[]
  /** What the difference is divided by: one number, or one for each channel. Default 1. */
  readonly std?: number | readonly number[]
}

/**
 * Makes float32 values `(x / scale − mean) / std`, of the same shape. Only integer types need a `scale`: nothing is scaled unless asked.
 *
 * @example
 * data.train.p.normalize({ scale: 255 })                          // 0 … 1
 * data.train.p.normalize({ scale: 255, mean: 0.1307, std: 0.3081 })
 */
export const normalize: BatchAction<Batch<any>, NormalizeOptions> = {
  summary: 'Makes a component float32 and normalizes it: (x / scale - mean) / std.',
  schema: {
    type: 'object',
    properties: {
      src: { type: 'string', description: 'The component to read.', default: 'images' },
      dst: { type: 'string', description: 'The component to write; src if left out.' },
      scale: { type: 'number', not: { const: 0 }, description: 'What values are divided by first, e.g. 255.', default: 1 },
      mean: perChannel('What is subtracted then, one number or one for each channel.', 0, { type: 'number' }),
      std: perChannel('What the difference is divided by, one number or one for each channel.', 1, { type: 'number', not: { const: 0 } }),
    },
    required: [],
    additionalProperties: false,
  },
  apply: (batch, { src = 'images', dst = src, scale = 1, mean = 0, std = 1 }) => {
    const from = sourceArray(batch, src)
    checkDivisor('scale', scale)
    const channels = typeof mean === 'number' && typeof std === 'number' ? 1 : from.shape.at(-1)!
    const means = readChannels('mean', mean, channels)
    const stds = readChannels('std', std, channels)
    for (const value of stds) checkDivisor('std', value)
    batch.set(dst, new NdArray(normalized(from.data, scale, means, stds), from.shape))
  },
}

/** Types all of whose values float32 holds as they are: only these may become float32 before they are reckoned with. */
const heldExactly: readonly DType[] = ['uint8', 'int8', 'uint16', 'int16', 'float32']

function normalized(data: TypedArray, scale: number, means: readonly number[], stds: readonly number[]): Float32Array {
  const channels = means.length
  if (!heldExactly.includes(dtypeOf(data))) {
    return Float32Array.from(data, (value, i) => (value / scale - means[i % channels]!) / stds[i % channels]!)
  }
  const result = new Float32Array(data)
  for (let channel = 0; channel < channels; channel++) {
    const std = stds[channel]!
    scaleAndShift(result, 1 / scale / std, -means[channel]! / std, channel, channels)
  }
  return result
}

function perChannel(description: string, standard: number, item: object): object {
  return { anyOf: [item, { type: 'array', items: item, minItems: 1 }], description, default: standard }
}
