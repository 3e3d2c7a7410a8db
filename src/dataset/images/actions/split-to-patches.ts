import { boolean, option, options } from '../../../options/index.js'
import type { NdArray } from '../../../util/nd-array.js'
import { itemAction } from '../../items/item-action.js'
import { readImage, shapeOf } from '../image.js'
import { sides, toSides } from '../options.js'
import { paste } from '../windows.js'

/**
 * Cuts images into patches, row by row: an image [height, width, channels] becomes [patches, height, width, channels].
 *
 * @example
 * pipeline.splitToPatches({ patchShape: 14, stride: 7, dst: 'patches' })
 *
 * BatchFlow: `ImagesBatch.split_to_patches`, which makes one long list of all images' patches.
 */
export const splitToPatches = itemAction({
  summary: 'Cuts each image into patches.',
  options: options({
    patchShape: option("a patch's [height, width]; one number for a square", sides),
    stride: option('the step from patch to patch, [rows, columns]; one number for both', sides, { default: 1 }),
    dropLast: option('true: patches that would reach over a border are skipped; otherwise they are taken at the border', boolean, {
      default: false,
    }),
  }),
  parallel: { module: import.meta.url, export: 'splitToPatches' },
  apply(item: NdArray, { patchShape, stride, dropLast }, { allocate }) {
    const from = readImage(item)
    const [height, width] = toSides(patchShape)
    const [down, right] = toSides(stride)
    const rows = startsOf(from.height, height, down, dropLast)
    const columns = startsOf(from.width, width, right, dropLast)
    const patches = allocate([rows.length * columns.length, ...shapeOf(from, height, width)], from.dtype)
    const size = height * width * from.channels
    for (const [i, row] of rows.entries()) {
      for (const [j, column] of columns.entries()) {
        const start = (i * columns.length + j) * size
        const data = patches.data.subarray(start, start + size) as typeof patches.data
        paste(from, { ...from, height, width, data }, [-row, -column])
      }
    }
    return patches
  },
})

/** Where patches begin along a side. */
function startsOf(side: number, patch: number, stride: number, dropLast: boolean): readonly number[] {
  const last = side - patch
  const starts = Array.from({ length: Math.max(0, Math.floor(last / stride) + 1) }, (_, i) => i * stride)
  return !dropLast && last >= 0 && last % stride !== 0 ? [...starts, last] : starts
}
