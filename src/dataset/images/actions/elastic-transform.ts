import { number, option, options } from '../../../options/index.js'
import { sameShape } from '../../../pipeline/description/component-facts.js'
import type { NdArray } from '../../../util/nd-array.js'
import { deriveSeed, uniformAt } from '../../../util/seeds.js'
import { itemAction } from '../../items/item-action.js'
import { blur } from '../blur.js'
import { readImage } from '../image.js'
import { newImage } from '../result.js'
import { type Warp, warp } from '../sample.js'

/**
 * Bends images: each pixel comes from a place nearby, and neighbours move alike. Values between pixels are mixed from the four around;
 * those outside are those of the edge.
 *
 * @example
 * pipeline.elasticTransform({ alpha: 34, sigma: 4, p: 0.5 })
 *
 * BatchFlow: `ImagesBatch.elastic_transform`, which moves each channel for itself. P. Y. Simard, D. Steinkraus and J. C. Platt, Best
 * Practices for Convolutional Neural Networks Applied to Visual Document Analysis.
 */
export const elasticTransform = itemAction({
  summary: 'Bends images: neighbouring pixels move alike.',
  options: options({
    alpha: option('how far pixels are moved at most, before smoothing', number()),
    sigma: option('how smooth the movement is: the standard deviation, in pixels, of the Gaussian that smooths it', number({ above: 0 })),
  }),
  shape: sameShape,
  parallel: { module: import.meta.url, export: 'elasticTransform' },
  apply(item: NdArray, { alpha, sigma }, context) {
    const from = readImage(item)
    const { height, width } = from
    const moves = (axis: string) => {
      const seed = deriveSeed(context.seed, axis)
      return blur(
        Float64Array.from({ length: height * width }, (_, i) => alpha * (2 * uniformAt(seed, i) - 1)),
        height,
        width,
        sigma,
      )
    }
    const [across, down] = [moves('columns'), moves('rows')]
    const { array, image } = newImage(from, context)
    const find: Warp = (row, xs, ys) => {
      for (let column = 0; column < width; column++) {
        xs[column] = column + 0.5 + across[row * width + column]!
        ys[column] = row + 0.5 + down[row * width + column]!
      }
    }
    warp(from, image, find, 'bilinear', true)
    return array
  },
})
