import { anyOf, live, type OptionType, option, options } from '../../options/index.js'
import { sameShape, sourceToTarget } from '../../pipeline/description/component-facts.js'
import { Normalizer, type NormalizerOptions, normalizerOptions } from '../../transforms/index.js'
import { type DType, dtypeOf, NdArray, type TypedArray } from '../../util/nd-array.js'
import { scaleAndShift } from '../../util/scale-and-shift.js'
import { batchAction } from '../batch/batch-action.js'
import { divisor, perChannel, readChannels, sourceAndTarget, sourceArray } from './action-args.js'

type By = Normalizer | NormalizerOptions
const normalizer: OptionType<By, By> = anyOf(
  live<Normalizer>('a Normalizer', value => value instanceof Normalizer),
  normalizerOptions,
)
const toNormalizer = (by: By) => (by instanceof Normalizer ? by : new Normalizer(by))

/**
 * Makes float32 values `(x / scale − mean) / std`, of the same shape. Only integer types need a `scale`: nothing is scaled unless asked.
 *
 * @example
 * data.train.p.normalize({ scale: 255 })                          // 0 … 1
 * data.train.p.normalize({ scale: 255, mean: 0.1307, std: 0.3081 })
 * data.train.p.normalize({ by: { mode: 'minmax', clipToQuantiles: true } })
 */
export const normalize = batchAction({
  summary: 'Makes a component float32 and normalizes it: (x / scale - mean) / std.',
  options: options(
    {
      ...sourceAndTarget,
      scale: option('what values are divided by first, e.g. 255 for uint8 images', divisor, { default: 1 }),
      mean: option('what is subtracted then: one number, or one per channel (the last axis)', perChannel(), { default: 0 }),
      std: option('what the difference is divided by: one number, or one per channel', perChannel(divisor), { default: 1 }),
      by: option(
        'instead of scale, mean and std: a Normalizer, or its options, whose statistics are those of the batch by default',
        normalizer,
        { optional: true },
      ),
    },
    {
      excludes: [
        ['scale', 'by'],
        ['mean', 'by'],
        ['std', 'by'],
      ],
    },
  ),
  components: sourceToTarget('images', sameShape),
  apply: (batch, { src, dst = src, scale, mean, std, by }) => {
    const from = sourceArray(batch, src)
    if (by !== undefined) return batch.set(dst, toNormalizer(by).normalize(from))
    const channels = typeof mean === 'number' && typeof std === 'number' ? 1 : from.shape.at(-1)!
    const means = readChannels('mean', mean, channels)
    const stds = readChannels('std', std, channels)
    batch.set(dst, new NdArray(normalized(from.data, scale, means, stds), from.shape))
  },
})

/**
 * Undoes `normalize({ by })`, by a Normalizer with statistics.
 *
 * @example
 * data.train.p.denormalize({ by: { mode: 'meanstd', stats: { mean: 33.3, std: 78.6 } } })
 *
 * @throws MillraceError `wrong-value` without statistics
 *
 * BatchFlow: `Normalizer.denormalize`.
 */
export const denormalize = batchAction({
  summary: 'Undoes normalize by a Normalizer.',
  options: options({ ...sourceAndTarget, by: option('a Normalizer, or its options with stats', normalizer) }),
  components: sourceToTarget('images', sameShape),
  apply: (batch, { src, dst = src, by }) => batch.set(dst, toNormalizer(by).denormalize(sourceArray(batch, src))),
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
