import type { NdArray } from '../../../util/nd-array.js'
import { checkOneOf } from '../../actions/action-args.js'
import { itemAction } from '../../items/item-action.js'
import { readImage } from '../image.js'
import { type Color, colorSchema, imageSchema, pairSchema, readColor, readPair } from '../options.js'
import { newImage } from '../result.js'
import { fillImage, paste, type RowsColumns } from '../windows.js'

const modes = ['const', 'wrap'] as const

/** Options of `shift`. */
export interface ShiftOptions {
  /** How far: [rows down, columns to the right], rounded to whole pixels; negative for up and left. */
  readonly offset: RowsColumns
  /** What comes in: `const` fills, `wrap` brings in what went out. Default `const`. */
  readonly mode?: (typeof modes)[number]
  /** What is filled in. Default 0. */
  readonly fill?: Color
}

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
  schema: imageSchema(
    {
      offset: pairSchema('How far: [rows down, columns to the right], rounded to whole pixels.'),
      mode: { enum: modes, description: 'What comes in: const fills, wrap brings in what went out.', default: 'const' },
      fill: colorSchema('What is filled in.', 0),
    },
    ['offset'],
  ),
  parallel: { module: import.meta.url, export: 'shift' },
  apply(item: NdArray, { offset, mode = 'const', fill = 0 }: ShiftOptions, context) {
    checkOneOf('mode', mode, modes)
    const from = readImage(item)
    const { height, width } = from
    const [rows, columns] = readPair('offset', offset).map(Math.round) as unknown as RowsColumns
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
