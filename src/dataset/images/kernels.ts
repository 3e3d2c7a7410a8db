/** Weighted sums of the pixels around each pixel, as Pillow's `ImageFilter` computes them. */
import { type Image, rangeOf, toRange, whiteOf } from './image.js'

/** A square of weights, row by row; the sum is divided by `scale`, and `offset`, a share of white, is added. */
export interface Kernel {
  readonly weights: readonly number[]
  readonly scale: number
  readonly offset: number
}

const kernel = (scale: number, offset: number, ...weights: readonly number[]): Kernel => ({ weights, scale, offset: offset / 255 })

/** The filters of Pillow that are kernels, by their names there. */
export const kernels = {
  BLUR: kernel(16, 0, 1, 1, 1, 1, 1, 1, 0, 0, 0, 1, 1, 0, 0, 0, 1, 1, 0, 0, 0, 1, 1, 1, 1, 1, 1),
  CONTOUR: kernel(1, 255, -1, -1, -1, -1, 8, -1, -1, -1, -1),
  DETAIL: kernel(6, 0, 0, -1, 0, -1, 10, -1, 0, -1, 0),
  EDGE_ENHANCE: kernel(2, 0, -1, -1, -1, -1, 10, -1, -1, -1, -1),
  EDGE_ENHANCE_MORE: kernel(1, 0, -1, -1, -1, -1, 9, -1, -1, -1, -1),
  EMBOSS: kernel(1, 128, -1, 0, 0, 0, 1, 0, 0, 0, 0),
  FIND_EDGES: kernel(1, 0, -1, -1, -1, -1, 8, -1, -1, -1, -1),
  SHARPEN: kernel(16, 0, -2, -2, -2, -2, 32, -2, -2, -2, -2),
  SMOOTH: kernel(13, 0, 1, 1, 1, 1, 5, 1, 1, 1, 1),
  SMOOTH_MORE: kernel(100, 0, 1, 1, 1, 1, 1, 1, 5, 5, 5, 1, 1, 5, 44, 5, 1, 1, 5, 5, 5, 1, 1, 1, 1, 1, 1),
} as const satisfies Readonly<Record<string, Kernel>>

/**
 * Fills `to`, an image like `from`. Pixels that the kernel does not fit around stay as they are. The kernel's first row is applied to the
 * pixels below, as in Pillow.
 */
export function convolve(from: Image, to: Image, { weights, scale, offset }: Kernel): void {
  const { data, dtype, height, width, channels } = from
  const size = Math.sqrt(weights.length)
  const reach = size >> 1
  const range = rangeOf(dtype)
  const term = offset * whiteOf(dtype)
  const line = width * channels
  to.data.set(data)
  // Pillow sums bytes in single precision.
  const float = dtype === 'uint8' ? Math.fround : (value: number) => value
  const shares = weights.map(weight => float(weight / scale))
  for (let y = reach; y < height - reach; y++) {
    for (let i = y * line + reach * channels; i < (y + 1) * line - reach * channels; i++) {
      let sum = term
      for (let row = 0; row < size; row++) {
        const start = i + (reach - row) * line - reach * channels
        let part = 0
        for (let column = 0; column < size; column++)
          part = float(part + float(shares[row * size + column]! * data[start + column * channels]!))
        sum = float(sum + part)
      }
      to.data[i] = toRange(sum, range)
    }
  }
}
