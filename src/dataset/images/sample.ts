/** Values of an image between its pixels. */
import { type Image, rangeOf, toRange } from './image.js'

/** Finds, for a pixel of the result, the place it comes from: writes x and y, where pixel (i, j) covers i … i+1 and j … j+1. */
export type Warp = (x: number, y: number, place: Float64Array) => void

/**
 * Fills an image of the same channels with what a warp finds. A pixel from outside stays as it is; `clamped`, it is that of the edge.
 * Between pixels the nearest is taken, or the four around it are mixed.
 */
export function warp(from: Image, to: Image, find: Warp, how: 'nearest' | 'bilinear', clamped = false): void {
  const place = new Float64Array(2)
  const { width, height, channels, data } = from
  const range = rangeOf(from.dtype)
  let out = 0
  for (let y = 0; y < to.height; y++) {
    for (let x = 0; x < to.width; x++, out += channels) {
      find(x + 0.5, y + 0.5, place)
      const [px, py] = [place[0]!, place[1]!]
      if (!clamped && (px < 0 || py < 0 || px >= width || py >= height)) continue
      if (how === 'nearest') {
        const start = (clamp(Math.floor(py), height) * width + clamp(Math.floor(px), width)) * channels
        for (let c = 0; c < channels; c++) to.data[out + c] = data[start + c]!
        continue
      }
      const [left, top] = [Math.floor(px - 0.5), Math.floor(py - 0.5)]
      const [right, down] = [px - 0.5 - left, py - 0.5 - top]
      const [x0, x1] = [clamp(left, width) * channels, clamp(left + 1, width) * channels]
      const [y0, y1] = [clamp(top, height) * width * channels, clamp(top + 1, height) * width * channels]
      for (let c = 0; c < channels; c++) {
        const upper = data[y0 + x0 + c]! * (1 - right) + data[y0 + x1 + c]! * right
        const lower = data[y1 + x0 + c]! * (1 - right) + data[y1 + x1 + c]! * right
        to.data[out + c] = toRange(upper * (1 - down) + lower * down, range)
      }
    }
  }
}

const clamp = (position: number, size: number) => (position < 0 ? 0 : position >= size ? size - 1 : position)
