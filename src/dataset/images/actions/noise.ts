import { option, options, plainType, type ValueOf } from '../../../options/index.js'
import type { ItemContext } from '../../../parallel/index.js'
import { sameShape } from '../../../pipeline/description/component-facts.js'
import { bindDistribution } from '../../../samplers/bind-distribution.js'
import type { NdArray } from '../../../util/nd-array.js'
import { deriveSeed } from '../../../util/seeds.js'
import { itemAction } from '../../items/item-action.js'
import { rangeOf, readImage, toRange } from '../image.js'
import { clipOption } from '../options.js'
import { newImage } from '../result.js'

const noise = plainType<readonly [distribution: string, ...parameters: readonly unknown[]]>({
  allowed: "a distribution and its parameters: ['normal', 0, 10]",
  schema: { type: 'array', minItems: 1 },
  test: value => Array.isArray(value) && typeof value[0] === 'string',
})

const takes = options({
  noise: option("a distribution and its parameters, in the words of R, drawn per value: ['normal', 0, 10]", noise),
  clip: clipOption,
})

function withNoise(item: NdArray, { noise, clip }: ValueOf<typeof takes>, context: ItemContext, add: boolean): NdArray {
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
  options: takes,
  shape: sameShape,
  parallel: { module: import.meta.url, export: 'additiveNoise' },
  apply: (item: NdArray, options, context) => withNoise(item, options, context, true),
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
  options: takes,
  shape: sameShape,
  parallel: { module: import.meta.url, export: 'multiplicativeNoise' },
  apply: (item: NdArray, options, context) => withNoise(item, options, context, false),
})
