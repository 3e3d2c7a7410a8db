/** Values of an image between its pixels. */
import { type Image, rangeOf, toRange } from './image.js'

export const samplings = ['nearest', 'bilinear', 'bicubic'] as const
/** How values between pixels are found. */
export type Sampling = (typeof samplings)[number]

/** Finds the source positions of a row of the result: writes x and y of each pixel, where pixel i covers i … i+1. */
export type Warp = (row: number, xs: Float64Array, ys: Float64Array) => void

/**
 * Fills an image of the same channels by a warp. A pixel from outside stays unchanged; with `clamped` it is that of the edge.
 * Between pixels the nearest one is taken, or the four around are interpolated, or the sixteen.
 */
export function warp(from: Image, to: Image, find: Warp, how: Sampling, clamped = false): void {
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
      if (!clamped && !(px >= 0 && py >= 0 && px < width && py < height)) continue
      if (how === 'nearest') {
        const start = (clamp(Math.floor(py), height) * width + clamp(Math.floor(px), width)) * channels
        for (let c = 0; c < channels; c++) to.data[out + c] = data[start + c]!
        continue
      }
      if (how === 'bicubic') {
        for (let c = 0; c < channels; c++) to.data[out + c] = toRange(bicubicAt(from, px - 0.5, py - 0.5, c), range)
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

/** The value between the sixteen pixels around, by the cubic convolution of Pillow's transforms, whose parameter is −1. */
function bicubicAt({ data, width, height, channels }: Image, px: number, py: number, channel: number): number {
  const [left, top] = [Math.floor(px), Math.floor(py)]
  const row = (y: number) => {
    const start = clamp(y, height) * width
    const at = (x: number) => data[(start + clamp(x, width)) * channels + channel]!
    return cubic(at(left - 1), at(left), at(left + 1), at(left + 2), px - left)
  }
  return cubic(row(top - 1), row(top), row(top + 1), row(top + 2), py - top)
}

function cubic(v1: number, v2: number, v3: number, v4: number, d: number): number {
  return v2 + d * (v3 - v1 + d * (2 * (v1 - v2) + v3 - v4 + d * (v2 - v1 + v4 - v3)))
}

const clamp = (position: number, size: number) => (position < 0 ? 0 : position >= size ? size - 1 : position)
