import { boolean, number, oneOf, option, options } from '../../../options/index.js'
import type { NdArray } from '../../../util/nd-array.js'
import { itemAction } from '../../items/item-action.js'
import { affineWarp, expanded, turn } from '../affine.js'
import { readImage } from '../image.js'
import { color, pair, readColor } from '../options.js'
import { newImage } from '../result.js'
import { samplings, warp } from '../sample.js'
import { fillImage, type RowsColumns } from '../windows.js'

/**
 * Turns images about their centre, or another one; they keep their size unless `expand` makes room for their corners.
 *
 * @example
 * pipeline.rotate({ angle: P(R('uniform', -10, 10)), p: 0.5 })
 * pipeline.rotate({ angle: 30, expand: true, resample: 'bicubic', fill: 255 })
 *
 * BatchFlow: `ImagesBatch.rotate`. The pixels are those of Pillow; between pixels, integers are rounded, where Pillow drops the fraction.
 */
export const rotate = itemAction({
  summary: 'Turns images about a centre.',
  options: options({
    angle: option('in degrees, counter-clockwise', number()),
    resample: option('how pixels between pixels are found', oneOf(samplings), { default: 'nearest' }),
    expand: option('true: the frame grows or shrinks to what a turn about the middle needs, as in Pillow', boolean, { default: false }),
    center: option('what it is turned about, [row, column] in pixels from the top left corner; the middle by default', pair, {
      optional: true,
    }),
    fill: option('what comes from outside of the image', color, { default: 0 }),
  }),
  shape: (from, { expand }) => (expand === false ? from : undefined),
  parallel: { module: import.meta.url, export: 'rotate' },
  apply(item: NdArray, { angle, resample, expand, center, fill }, context) {
    const from = readImage(item)
    const frame: RowsColumns = [from.height, from.width]
    const turned = turn(angle, (center as RowsColumns | undefined) ?? [from.height / 2, from.width / 2])
    const { matrix, sides } = expand ? expanded(turned, frame) : { matrix: turned, sides: frame }
    const { array, image } = newImage(from, context, ...sides)
    fillImage(image, readColor('fill', fill, from))
    warp(from, image, affineWarp(matrix, sides, resample), resample)
    return array
  },
})
