import { fail } from '../../../errors/index.js'
import type { ItemContext } from '../../../parallel/index.js'
import { bindDistribution } from '../../../samplers/bind-distribution.js'
import { describeValue } from '../../../util/describe-value.js'
import type { NdArray } from '../../../util/nd-array.js'
import { deriveSeed } from '../../../util/seeds.js'
import { itemAction } from '../../items/item-action.js'
import { rangeOf, readImage, toRange } from '../image.js'
import { clipSchema, imageSchema } from '../options.js'
import { newImage } from '../result.js'

/** Options of `additiveNoise` and `multiplicativeNoise`. */
export interface NoiseOptions {
  /** A distribution and its parameters, in the words of `R`: `['normal', 0, 10]`. Each value has a draw of its own. */
  readonly noise: readonly [distribution: string, ...parameters: readonly unknown[]]
  /** Whether floats are kept within 0 … 1. Integers always stay within their type. Default false. */
  readonly clip?: boolean
}

const schema = imageSchema(
  {
    noise: {
      type: 'array',
      minItems: 1,
      description: "A distribution and its parameters, in the words of R: ['normal', 0, 10].",
    },
    clip: clipSchema,
  },
  ['noise'],
)

function withNoise(item: NdArray, { noise, clip = false }: NoiseOptions, context: ItemContext, add: boolean): NdArray {
  if (!Array.isArray(noise) || typeof noise[0] !== 'string') {
    fail('wrong-value', { name: 'noise', seen: describeValue(noise), allowed: "a distribution and its parameters: ['normal', 0, 10]" })
  }
  const [name, ...parameters] = noise
  const { draw } = bindDistribution(name, parameters, {})
  const image = readImage(item)
  const { array } = newImage(image, context)
  const limits = rangeOf(image.dtype)
  const range = clip && !limits.whole ? { low: 0, high: 1, whole: false } : limits
  const seed = deriveSeed(context.seed, 'noise')
  for (let i = 0; i < image.data.length; i++) {
    const drawn = draw(seed, i) as number
    array.data[i] = toRange(add ? image.data[i]! + drawn : image.data[i]! * drawn, range)
  }
  return array
}

/**
 * Adds noise to images.
 *
 * @example
 * pipeline.additiveNoise({ noise: ['normal', 0, 10], p: 0.5 })
 *
 * BatchFlow: `ImagesBatch.additive_noise`, whose noise is a function.
 */
export const additiveNoise = itemAction({
  summary: 'Adds noise to images.',
  schema,
  parallel: { module: import.meta.url, export: 'additiveNoise' },
  apply: (item: NdArray, options: NoiseOptions, context) => withNoise(item, options, context, true),
})

/**
 * Multiplies images by noise.
 *
 * @example
 * pipeline.multiplicativeNoise({ noise: ['uniform', 0.8, 1.2] })
 *
 * BatchFlow: `ImagesBatch.multiplicative_noise`, whose noise is a function.
 */
export const multiplicativeNoise = itemAction({
  summary: 'Multiplies images by noise.',
  schema,
  parallel: { module: import.meta.url, export: 'multiplicativeNoise' },
  apply: (item: NdArray, options: NoiseOptions, context) => withNoise(item, options, context, false),
})
