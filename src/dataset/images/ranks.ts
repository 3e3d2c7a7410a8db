/** Filters that take one of the values around each pixel, as Pillow's `RankFilter` and `ModeFilter` do. */
import type { Image } from './image.js'

/** Fills `to` with the value of this rank, from 0 for the least, in a square about each pixel; the border's pixels go on outside. */
export function rankFilter({ data, height, width, channels }: Image, to: Image, size: number, rank: number): void {
  const reach = size >> 1
  const around = new Float64Array(size * size)
  const clamp = (position: number, length: number) => Math.min(Math.max(position, 0), length - 1)
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      for (let c = 0; c < channels; c++) {
        let count = 0
        for (let row = y - reach; row <= y + reach; row++) {
          const start = clamp(row, height) * width
          for (let column = x - reach; column <= x + reach; column++) around[count++] = data[(start + clamp(column, width)) * channels + c]!
        }
        to.data[(y * width + x) * channels + c] = around.sort()[rank]!
      }
    }
  }
}

/** Fills `to` with the most frequent value in a square about each pixel, the least of several; one that is there at most twice is ignored. */
export function modeFilter({ data, height, width, channels }: Image, to: Image, size: number): void {
  const reach = size >> 1
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      for (let c = 0; c < channels; c++) {
        const counts = new Map<number, number>()
        for (let row = Math.max(0, y - reach); row <= Math.min(height - 1, y + reach); row++) {
          for (let column = Math.max(0, x - reach); column <= Math.min(width - 1, x + reach); column++) {
            const value = data[(row * width + column) * channels + c]!
            counts.set(value, (counts.get(value) ?? 0) + 1)
          }
        }
        const i = (y * width + x) * channels + c
        to.data[i] = mostFrequent(counts) ?? data[i]!
      }
    }
  }
}

function mostFrequent(counts: ReadonlyMap<number, number>): number | undefined {
  let [found, most]: [number | undefined, number] = [undefined, 2]
  for (const [value, count] of counts) {
    if (count > most || (count === most && found !== undefined && value < found)) [found, most] = [value, count]
  }
  return found
}
