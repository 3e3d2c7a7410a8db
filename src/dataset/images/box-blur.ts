/** Means of boxes, and Gaussians made of three of them, as Pillow's `BoxBlur` and `GaussianBlur` compute them. */
import { type Image, rangeOf, toRange } from './image.js'

/** Fills `to`, an image like `from`: each pixel is the mean of a square of 2·radius + 1 pixels; a fraction counts the pixels beyond in part. */
export function boxBlur(from: Image, to: Image, radius: number, passes = 1): void {
  const { dtype, height, width, channels } = from
  // Pillow keeps bytes between the passes, in fixed point.
  const blur = dtype === 'uint8' ? blurBytes : blurNumbers
  let plane: Line = dtype === 'uint8' ? Uint8Array.from(from.data) : Float64Array.from(from.data)
  for (const [length, step, lines, lineStep] of [
    [width, channels, height, width * channels],
    [height, width * channels, width, channels],
  ] as const) {
    for (let pass = 0; pass < passes && radius > 0; pass++) {
      const blurred = plane.slice() as Line
      for (let line = 0; line < lines; line++)
        for (let c = 0; c < channels; c++) blur(plane, blurred, { start: line * lineStep + c, length, step }, radius)
      plane = blurred
    }
  }
  const range = rangeOf(dtype)
  for (let i = 0; i < plane.length; i++) to.data[i] = toRange(plane[i]!, range)
}

/** Fills `to` with a Gaussian mean of this standard deviation: three boxes. */
export function gaussianBlur(from: Image, to: Image, deviation: number): void {
  boxBlur(from, to, boxRadius(deviation, 3), 3)
}

/** The radius of a box that, repeated, has this standard deviation (Gwosdek et al., Theoretical Foundations of Gaussian Convolution by Extended Box Filtering). */
function boxRadius(deviation: number, passes: number): number {
  const variance = Math.fround((deviation * deviation) / passes)
  const length = Math.fround(Math.sqrt(12 * variance + 1))
  const whole = Math.floor((length - 1) / 2)
  const above = (2 * whole + 1) * (whole * (whole + 1) - 3 * variance)
  return Math.fround(whole + above / (6 * (variance - (whole + 1) * (whole + 1))))
}

type Line = Uint8Array | Float64Array
interface Stretch {
  readonly start: number
  readonly length: number
  readonly step: number
}

const ONE = 2 ** 24

function blurBytes(from: Line, to: Line, stretch: Stretch, radius: number): void {
  const whole = Math.floor(radius)
  const weight = Math.floor(Math.fround(ONE / Math.fround(radius * 2 + 1)))
  const edge = Math.floor((ONE - (whole * 2 + 1) * weight) / 2)
  sums(from, stretch, whole, (i, inside, outside) => {
    to[i] = Math.floor((inside * weight + outside * edge + ONE / 2) / ONE)
  })
}

function blurNumbers(from: Line, to: Line, stretch: Stretch, radius: number): void {
  const whole = Math.floor(radius)
  const weight = 1 / (radius * 2 + 1)
  const edge = (1 - (whole * 2 + 1) * weight) / 2
  sums(from, stretch, whole, (i, inside, outside) => {
    to[i] = inside * weight + outside * edge
  })
}

/** For each pixel of a line: the sum of those up to a distance, and of the two just beyond; the border's pixels go on outside. */
function sums(
  from: Line,
  { start, length, step }: Stretch,
  reach: number,
  put: (i: number, inside: number, outside: number) => void,
): void {
  const at = (position: number) => from[start + Math.min(Math.max(position, 0), length - 1) * step]!
  let inside = 0
  for (let position = -reach - 1; position < reach; position++) inside += at(position)
  for (let position = 0; position < length; position++) {
    inside += at(position + reach) - at(position - reach - 1)
    put(start + position * step, inside, at(position - reach - 1) + at(position + reach + 1))
  }
}
