import { fail } from '../errors/index.js'
import { anyOf, boolean, live, number, oneOf, option, options, read, tuple, type WrittenOf } from '../options/index.js'
import { describeValue } from '../util/describe-value.js'
import type { NdArray } from '../util/nd-array.js'
import { type NormalizationStats, statsOf } from './statistics.js'
import { mapValues, toValues, type Values } from './values.js'

/** A normalization of one's own, and what undoes it. */
export interface OwnNormalization {
  readonly normalize: (values: NdArray, stats: NormalizationStats) => NdArray
  readonly denormalize?: (values: NdArray, stats: NormalizationStats) => NdArray
}

const modes = {
  mean: stats => [stats.mean, 1],
  std: stats => [0, stats.std],
  meanstd: stats => [stats.mean, stats.std],
  minmax: stats => [stats.min, stats.max - stats.min],
} as const satisfies Readonly<Record<string, (stats: NormalizationStats) => readonly [shift: number, scale: number]>>
const modeNames = Object.keys(modes) as readonly (keyof typeof modes)[]

const own = live<OwnNormalization>(
  'an object with a function normalize',
  value => typeof value === 'object' && typeof (value as Partial<OwnNormalization> | null)?.normalize === 'function',
)
const share = number({ min: 0, max: 1 })

export const normalizerOptions = options(
  {
    mode: option(
      'meanstd: (x − mean) / std; mean: x − mean; std: x / std; minmax: (x − min) / (max − min); in TypeScript also an object of functions',
      anyOf(oneOf(modeNames), own),
      { default: 'meanstd' },
    ),
    clipToQuantiles: option('true: values are clipped to two of their quantiles first', boolean, { default: false }),
    q: option('which quantiles, from 0 to 1', tuple([share, share]), { default: [0.01, 0.99] }),
    stats: option(
      'the statistics; those of the values that are passed by default',
      options({
        mean: option('the mean', number(), { default: 0 }),
        std: option('the standard deviation', number({ min: 0 }), { default: 1 }),
        min: option('the least value', number(), { default: 0 }),
        max: option('the largest value', number(), { default: 1 }),
        quantiles: option('the quantiles that values are clipped to', tuple([number(), number()]), { default: [0, 1] }),
      }),
      { optional: true },
    ),
  },
  { misfit: ({ q: [low, high] }) => (low < high ? undefined : { option: 'q', allowed: 'two numbers in ascending order' }) },
)

/** Options of a `Normalizer`. */
export interface NormalizerOptions extends WrittenOf<typeof normalizerOptions> {}

/**
 * Normalizes values, and back: by given statistics, by those it was fitted to, or else by those of each array. It is immutable, may be the
 * value of a variable, and is saved with it. Where all values are equal, they are shifted only.
 *
 * @example
 * const normalizer = new Normalizer({ mode: 'minmax', clipToQuantiles: true }).fit(data.train.get('images')!)
 * const scaled = normalizer.normalize(batch.images)     // float32, 0 … 1
 * normalizer.denormalize(scaled)
 * data.train.p.normalize({ by: normalizer })
 * data.train.p.initVariable('norm', { default: normalizer }).update(B('images'), V('norm').call('normalize', B('images')))
 *
 * @throws MillraceError `wrong-value`, `unknown-option`
 *
 * BatchFlow: `Normalizer`.
 */
export class Normalizer {
  readonly #options: ReturnType<typeof readOptions>
  readonly #written: NormalizerOptions

  constructor(written: NormalizerOptions = {}) {
    this.#written = written
    this.#options = readOptions(written)
  }

  /** The statistics that it was made with or fitted to; undefined if it takes those of each array. */
  get stats(): NormalizationStats | undefined {
    return this.#options.stats
  }

  /** Returns the statistics of values, after clipping if it clips. @throws MillraceError `wrong-value` without values */
  statsOf(values: Values): NormalizationStats {
    const { q, clipToQuantiles } = this.#options
    const { data } = toValues('a Normalizer', values)
    if (data.length > 0) return statsOf(data, q, clipToQuantiles)
    return fail('wrong-value', { name: 'the values of a Normalizer', seen: 'none', allowed: 'at least one number, or stats' })
  }

  /** Returns a normalizer with the statistics of these values, e.g. of a whole component of a dataset. */
  fit(values: Values): Normalizer {
    return new Normalizer({ ...this.#written, stats: this.statsOf(values) })
  }

  /**
   * Returns a normalizer with the statistics of a component of all batches.
   *
   * @example
   * const normalizer = await new Normalizer().fitOver(data.train.p.genBatch(1000), 'images')
   */
  async fitOver(batches: AsyncIterable<{ get(component: string): unknown }>, component: string): Promise<Normalizer> {
    const parts: ArrayLike<number>[] = []
    for await (const batch of batches) parts.push(toValues(component, batch.get(component)).data.slice())
    const all = new Float64Array(parts.reduce((sum, { length }) => sum + length, 0))
    let filled = 0
    for (const part of parts) {
      all.set(part, filled)
      filled += part.length
    }
    return this.fit(all)
  }

  /** Returns normalized values: float64 of float64, otherwise float32. */
  normalize(values: Values, stats?: NormalizationStats): NdArray {
    const array = toValues('a Normalizer', values)
    const { mode, clipToQuantiles } = this.#options
    if (array.data.length === 0) return mapValues(array, value => value)
    const known = stats ?? this.stats ?? this.statsOf(array)
    const [low, high] = clipToQuantiles ? known.quantiles : [Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY]
    const clip = (value: number) => Math.min(high, Math.max(low, value))
    if (typeof mode !== 'string') return mode.normalize(clipToQuantiles ? mapValues(array, clip) : array, known)
    const { shift, scale } = scalesOf(mode, known)
    return mapValues(array, value => (clip(value) - shift) / scale)
  }

  /**
   * Returns the values that were normalized, except for what was clipped.
   *
   * @throws MillraceError `wrong-value` without statistics, and for a mode of one's own that has no `denormalize`
   */
  denormalize(values: Values, stats?: NormalizationStats): NdArray {
    const array = toValues('a Normalizer', values)
    const { mode } = this.#options
    const known = stats ?? this.stats
    if (known === undefined) {
      return fail('wrong-value', { name: 'stats', seen: 'none', allowed: 'the statistics that the values were normalized with, or fit' })
    }
    if (typeof mode === 'string') {
      const { shift, scale } = scalesOf(mode, known)
      return mapValues(array, value => value * scale + shift)
    }
    if (mode.denormalize) return mode.denormalize(array, known)
    return fail('wrong-value', { name: 'mode', seen: describeValue(mode), allowed: 'an object with a function denormalize' })
  }

  /** @internal Its options as plain data; undefined where they hold functions. */
  toJSON(): NormalizerOptions | undefined {
    return typeof this.#options.mode === 'string' ? this.#options : undefined
  }
}

const readOptions = (written: NormalizerOptions) => read(normalizerOptions, written, 'a Normalizer')

function scalesOf(mode: keyof typeof modes, stats: NormalizationStats) {
  const [shift, scale] = modes[mode](stats)
  return { shift, scale: scale === 0 ? 1 : scale }
}
