import type { BatchAction } from '../../pipeline/spec/contracts.js'
import { mapBytes } from '../../util/map-bytes.js'
import { NdArray, type TypedArray } from '../../util/nd-array.js'
import type { Batch } from '../batch.js'
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

function normalized(data: TypedArray, scale: number, means: readonly number[], stds: readonly number[]): Float32Array {
  const normal = (value: number, channel: number) => (value / scale - means[channel]!) / stds[channel]!
  const channels = means.length
  if (data instanceof Uint8Array) return mapBytes(data, channels, normal)
  const result = new Float32Array(data.length)
  for (let channel = 0; channel < channels; channel++) {
    for (let i = channel; i < result.length; i += channels) result[i] = normal(data[i]!, channel)
  }
  return result
}

function perChannel(description: string, standard: number, item: object): object {
  return { anyOf: [item, { type: 'array', items: item, minItems: 1 }], description, default: standard }
}
