import { fail } from '../errors/index.js'
import { boolean, number, option, options, read, tuple, type WrittenOf } from '../options/index.js'
import { NdArray } from '../util/nd-array.js'
import { mapValues, toValues, type Values } from './values.js'

export const quantizerOptions = options(
  {
    ranges: option('the least and the largest value, after `mean` is subtracted', tuple([number(), number()])),
    mean: option('what is subtracted first', number(), { default: 0 }),
    clip: option('true: values outside of the range become its ends; false: they are an error', boolean, { default: true }),
  },
  { misfit: ({ ranges: [low, high] }) => (low < high ? undefined : { option: 'ranges', allowed: 'two numbers in ascending order' }) },
)

/** Options of a `Quantizer`. */
export interface QuantizerOptions extends WrittenOf<typeof quantizerOptions> {}

/** The levels go from −127 to 127. */
const TOP = 127

/**
 * Stores values in one byte each: the nearest of 255 levels of a range, from −127 to 127. It is immutable, may be the value of a variable, and
 * is saved with it.
 *
 * @example
 * const quantizer = new Quantizer({ ranges: [-3, 3] })
 * const bytes = quantizer.quantize(scores)      // int8
 * quantizer.dequantize(bytes)                   // float32, off by at most quantizer.error
 * data.train.p.normalize({}).quantize({ ranges: [-3, 3] })
 *
 * @throws MillraceError `wrong-value`, `unknown-option`, `missing-argument`
 *
 * BatchFlow: `Quantizer`.
 */
export class Quantizer {
  readonly #options: ReturnType<typeof readOptions>

  constructor(written: QuantizerOptions) {
    this.#options = readOptions(written)
  }

  /** The largest difference of a value in the range after quantizing and back. */
  get error(): number {
    return this.#step / 2
  }

  get #step(): number {
    const [low, high] = this.#options.ranges
    return (high - low) / (2 * TOP)
  }

  /** Returns the level of each value, int8. @throws MillraceError `wrong-value` for NaN, and without `clip` for values outside of the range */
  quantize(values: Values): NdArray<Int8Array> {
    const { ranges, mean, clip } = this.#options
    const [low, high] = ranges
    const array = toValues('a Quantizer', values)
    const levels = Int8Array.from(array.data as ArrayLike<number>, value => {
      const centred = value - mean
      if (Number.isNaN(centred) || (!clip && (centred < low || centred > high))) {
        fail('wrong-value', { name: 'a value to quantize', seen: String(value), allowed: `numbers from ${low + mean} to ${high + mean}` })
      }
      return Math.round((Math.min(high, Math.max(low, centred)) - low) / this.#step) - TOP
    })
    return new NdArray(levels, array.shape)
  }

  /** Returns the values of levels: float64 of float64, otherwise float32. */
  dequantize(levels: Values): NdArray {
    const { ranges, mean } = this.#options
    return mapValues(toValues('a Quantizer', levels), level => (level + TOP) * this.#step + ranges[0] + mean)
  }

  /** @internal Its options as plain data. */
  toJSON(): QuantizerOptions {
    return this.#options
  }
}

const readOptions = (written: QuantizerOptions) => read(quantizerOptions, written, 'a Quantizer')
