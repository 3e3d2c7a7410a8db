/** Copies pieces of one image into another: the base of cropping, padding, shifting and pasting. */
import type { TypedArray } from '../../util/nd-array.js'
import type { Image } from './image.js'

/** A pair of sides or of coordinates: rows first. */
export type RowsColumns = readonly [rows: number, columns: number]

/** Copies an image into another with the same channels. Its top left corner may be outside; what falls outside is skipped. */
export function paste(from: Image, to: Image, [row, column]: RowsColumns): void {
  const { channels } = from
  const first = Math.max(0, -column)
  const last = Math.min(from.width, to.width - column)
  if (first >= last) return
  for (let y = Math.max(0, -row); y < Math.min(from.height, to.height - row); y++) {
    const start = (y * from.width + first) * channels
    const piece = from.data.subarray(start, start + (last - first) * channels)
    to.data.set(piece, ((y + row) * to.width + column + first) * channels)
  }
}

/** Fills a rectangle with a colour; what falls outside is skipped. */
export function fillBox(image: Image, [row, column]: RowsColumns, [rows, columns]: RowsColumns, color: ArrayLike<number>): void {
  const [left, right] = [Math.max(0, column), Math.min(image.width, column + columns)]
  for (let y = Math.max(0, row); y < Math.min(image.height, row + rows); y++) {
    fillPixels(image.data, y * image.width + left, y * image.width + right, color)
  }
}

/** Fills the pixels from one up to another. */
export function fillPixels(data: TypedArray, start: number, end: number, color: ArrayLike<number>): void {
  const channels = color.length
  if (channels === 1) data.fill(color[0]!, start, end)
  else for (let pixel = start; pixel < end; pixel++) for (let c = 0; c < channels; c++) data[pixel * channels + c] = color[c]!
}

/** Fills a whole image; zeros are already there. */
export function fillImage(image: Image, color: ArrayLike<number>): void {
  if (Array.prototype.some.call(color, value => value !== 0)) fillPixels(image.data, 0, image.height * image.width, color)
}
