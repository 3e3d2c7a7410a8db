/** Values of an image between its pixels. */
import { type Image, rangeOf, toRange } from './image.js'

/** Finds the source positions of a row of the result: writes x and y of each pixel, where pixel i covers i … i+1. */
export type Warp = (row: number, xs: Float64Array, ys: Float64Array) => void

/**
 * Fills an image of the same channels by a warp. A pixel from outside stays unchanged; with `clamped` it is that of the edge.
 * Between pixels the nearest one is taken, or the four around are interpolated.
 */
export function warp(from: Image, to: Image, find: Warp, how: 'nearest' | 'bilinear', clamped = false): void {
  const xs = new Float64Array(to.width)
  const ys = new Float64Array(to.width)
  const { width, height, channels, data } = from
  const range = rangeOf(from.dtype)
  let out = 0
  for (let y = 0; y < to.height; y++) {
    find(y, xs, ys)
    for (let x = 0; x < to.width; x++, out += channels) {
      const px = xs[x]!
      const py = ys[x]!
      if (!clamped && (px < 0 || py < 0 || px >= width || py >= height)) continue
      if (how === 'nearest') {
        const start = (clamp(Math.floor(py), height) * width + clamp(Math.floor(px), width)) * channels
        for (let c = 0; c < channels; c++) to.data[out + c] = data[start + c]!
        continue
      }
      const left = Math.floor(px - 0.5)
      const top = Math.floor(py - 0.5)
      const right = px - 0.5 - left
      const down = py - 0.5 - top
      const x0 = clamp(left, width) * channels
      const x1 = clamp(left + 1, width) * channels
      const y0 = clamp(top, height) * width * channels
      const y1 = clamp(top + 1, height) * width * channels
      for (let c = 0; c < channels; c++) {
        const upper = data[y0 + x0 + c]! * (1 - right) + data[y0 + x1 + c]! * right
        const lower = data[y1 + x0 + c]! * (1 - right) + data[y1 + x1 + c]! * right
        to.data[out + c] = toRange(upper * (1 - down) + lower * down, range)
      }
    }
  }
}

const clamp = (position: number, size: number) => (position < 0 ? 0 : position >= size ? size - 1 : position)
