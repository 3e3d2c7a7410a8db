import { oneOf, option, options } from '../../../options/index.js'
import { sameShape } from '../../../pipeline/description/component-facts.js'
import type { NdArray } from '../../../util/nd-array.js'
import { itemAction } from '../../items/item-action.js'
import { readImage } from '../image.js'
import { color, pair, readColor } from '../options.js'
import { newImage } from '../result.js'
import { fillImage, paste, type RowsColumns } from '../windows.js'

/**
 * Moves images within their frame.
 *
 * @example
 * pipeline.shift({ offset: P(R('integers', -3, 4, { size: 2 })) })
 *
 * BatchFlow: `ImagesBatch.shift`, whose offset is [to the right, down].
 */
export const shift = itemAction({
  summary: 'Moves images within their frame.',
  options: options({
    offset: option('how far: [rows down, columns to the right], rounded to whole pixels; negative for up and left', pair),
    mode: option('what comes in: const fills, wrap brings in what went out', oneOf(['const', 'wrap']), { default: 'const' }),
    fill: option('what is filled in', color, { default: 0 }),
  }),
  shape: sameShape,
  parallel: { module: import.meta.url, export: 'shift' },
  apply(item: NdArray, { offset, mode, fill }, context) {
    const from = readImage(item)
    const { height, width } = from
    const [rows, columns] = offset.map(Math.round) as unknown as RowsColumns
    const { array, image } = newImage(from, context)
    if (mode === 'const') {
      fillImage(image, readColor('fill', fill, from))
      paste(from, image, [rows, columns])
      return array
    }
    const [down, right] = [((rows % height) + height) % height, ((columns % width) + width) % width]
    for (const row of [down, down - height]) for (const column of [right, right - width]) paste(from, image, [row, column])
    return array
  },
})
