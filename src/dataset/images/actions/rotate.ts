import { number, oneOf, option, options } from '../../../options/index.js'
import type { NdArray } from '../../../util/nd-array.js'
import { itemAction } from '../../items/item-action.js'
import { readImage } from '../image.js'
import { color, readColor } from '../options.js'
import { newImage } from '../result.js'
import { type Warp, warp } from '../sample.js'
import { fillImage } from '../windows.js'

/**
 * Turns images about their centre; they keep their size.
 *
 * @example
 * pipeline.rotate({ angle: P(R('uniform', -10, 10)), p: 0.5 })
 *
 * BatchFlow: `ImagesBatch.rotate`; the same as Pillow's.
 */
export const rotate = itemAction({
  summary: 'Turns images about their centre.',
  options: options({
    angle: option('in degrees, counter-clockwise', number()),
    resample: option('how pixels between pixels are found', oneOf(['nearest', 'bilinear']), { default: 'nearest' }),
    fill: option('what comes from outside of the image', color, { default: 0 }),
  }),
  shape: (from, options) => ('expand' in options ? undefined : from),
  parallel: { module: import.meta.url, export: 'rotate' },
  apply(item: NdArray, { angle, resample, fill }, context) {
    const from = readImage(item)
    const { array, image } = newImage(from, context)
    fillImage(image, readColor('fill', fill, from))
    warp(from, image, turn(angle, from.height, from.width), resample)
    return array
  },
})

/** Where each pixel comes from. Sines of right angles are made exact, so that these do not mix neighbours. */
function turn(angle: number, height: number, width: number): Warp {
  const radians = (-angle * Math.PI) / 180
  const exact = (value: number) => Math.round(value * 1e15) / 1e15
  const [cos, sin] = [exact(Math.cos(radians)), exact(Math.sin(radians))]
  const [centerX, centerY] = [width / 2, height / 2]
  return (row, xs, ys) => {
    const y = row + 0.5 - centerY
    for (let column = 0; column < xs.length; column++) {
      const x = column + 0.5 - centerX
      xs[column] = cos * x + sin * y + centerX
      ys[column] = -sin * x + cos * y + centerY
    }
  }
}
