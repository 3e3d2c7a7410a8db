import { option, options } from '../../options/index.js'
import { sameShape, sourceToTarget } from '../../pipeline/description/component-facts.js'
import { type DType, dtypeOf, NdArray, type TypedArray } from '../../util/nd-array.js'
import { scaleAndShift } from '../../util/scale-and-shift.js'
import { batchAction } from '../batch/batch-action.js'
import { divisor, perChannel, readChannels, sourceAndTarget, sourceArray } from './action-args.js'

/**
 * Makes float32 values `(x / scale − mean) / std`, of the same shape. Only integer types need a `scale`: nothing is scaled unless asked.
 *
 * @example
 * data.train.p.normalize({ scale: 255 })                          // 0 … 1
 * data.train.p.normalize({ scale: 255, mean: 0.1307, std: 0.3081 })
 */
export const normalize = batchAction({
  summary: 'Makes a component float32 and normalizes it: (x / scale - mean) / std.',
  options: options({
    ...sourceAndTarget,
    scale: option('what values are divided by first, e.g. 255 for uint8 images', divisor, { default: 1 }),
    mean: option('what is subtracted then: one number, or one per channel (the last axis)', perChannel(), { default: 0 }),
    std: option('what the difference is divided by: one number, or one per channel', perChannel(divisor), { default: 1 }),
  }),
  components: sourceToTarget('images', sameShape),
  apply: (batch, { src, dst = src, scale, mean, std }) => {
    const from = sourceArray(batch, src)
    const channels = typeof mean === 'number' && typeof std === 'number' ? 1 : from.shape.at(-1)!
    const means = readChannels('mean', mean, channels)
    const stds = readChannels('std', std, channels)
    batch.set(dst, new NdArray(normalized(from.data, scale, means, stds), from.shape))
  },
})

/** Types whose values float32 holds exactly: only these may become float32 before the arithmetic. */
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
