import type { NdArray } from '../../../util/nd-array.js'
import { checkOneOf } from '../../actions/action-args.js'
import { itemAction } from '../../items/item-action.js'
import { readImage } from '../image.js'
import { type Color, colorSchema, imageSchema, readColor, readNumber } from '../options.js'
import { newImage } from '../result.js'
import { type Warp, warp } from '../sample.js'
import { fillImage } from '../windows.js'

const ways = ['nearest', 'bilinear'] as const

/** Options of `rotate`. */
export interface RotateOptions {
  /** In degrees, counter-clockwise. */
  readonly angle: number
  /** How pixels between pixels are found. Default `nearest`. */
  readonly resample?: (typeof ways)[number]
  /** What comes from outside of the image. Default 0. */
  readonly fill?: Color
}

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
  schema: imageSchema(
    {
      angle: { type: 'number', description: 'In degrees, counter-clockwise.' },
      resample: { enum: ways, description: 'How pixels between pixels are found.', default: 'nearest' },
      fill: colorSchema('What comes from outside of the image.', 0),
    },
    ['angle'],
  ),
  parallel: { module: import.meta.url, export: 'rotate' },
  apply(item: NdArray, { angle, resample = 'nearest', fill = 0 }: RotateOptions, context) {
    checkOneOf('resample', resample, ways)
    const from = readImage(item)
    const { array, image } = newImage(from, context)
    fillImage(image, readColor('fill', fill, from))
    warp(from, image, turn(readNumber('angle', angle), from.height, from.width), resample)
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
