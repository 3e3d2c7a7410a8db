/** Resizes images: each pixel is a weighted mean of those under the filter, which widens with the step when an image shrinks. */
import { dtypeOf, type TypedArray } from '../../util/nd-array.js'
import { type Image, rangeOf, toRange } from './image.js'

interface Filter {
  /** Half the width, in pixels. */
  readonly support: number
  readonly weight: (x: number) => number
}

const cubic = -0.5
const sinc = (x: number) => (x === 0 ? 1 : Math.sin(Math.PI * x) / (Math.PI * x))

/** The filters of Pillow, with its constants. */
const filters = {
  area: { support: 0.5, weight: x => (x > -0.5 && x <= 0.5 ? 1 : 0) },
  bilinear: { support: 1, weight: x => Math.max(0, 1 - Math.abs(x)) },
  bicubic: {
    support: 2,
    weight: given => {
      const x = Math.abs(given)
      if (x < 1) return ((cubic + 2) * x - (cubic + 3)) * x * x + 1
      return x < 2 ? (((x - 5) * x + 8) * x - 4) * cubic : 0
    },
  },
  lanczos: { support: 3, weight: x => (Math.abs(x) < 3 ? sinc(x) * sinc(x / 3) : 0) },
} as const satisfies Readonly<Record<string, Filter>>

export const resampleNames = ['nearest', ...(Object.keys(filters) as (keyof typeof filters)[])] as const
/** The interpolation between pixels. */
export type Resample = (typeof resampleNames)[number]

/** Fills `to`, an image of any size and the same channels, with the content of `from`. */
export function resample(from: Image, to: Image, name: Resample): void {
  if (from.height === to.height && from.width === to.width) to.data.set(from.data)
  else if (name === 'nearest') nearest(from, to)
  else weighted(from, to, filters[name])
}

function nearest(from: Image, to: Image): void {
  const { channels } = to
  const columns = Int32Array.from({ length: to.width }, (_, x) => Math.floor(((x + 0.5) * from.width) / to.width) * channels)
  let out = 0
  for (let y = 0; y < to.height; y++) {
    const row = Math.floor(((y + 0.5) * from.height) / to.height) * from.width * channels
    for (let x = 0; x < to.width; x++) for (let c = 0; c < channels; c++) to.data[out++] = from.data[row + columns[x]! + c]!
  }
}

function weighted(from: Image, to: Image, filter: Filter): void {
  const rows = alongRows(from, to.width, filter)
  const taps = tapsOf(from.height, to.height, filter)
  const length = to.width * to.channels
  const sums = new Float64Array(length)
  const range = rangeOf(dtypeOf(to.data))
  for (let y = 0; y < to.height; y++) {
    sums.fill(0)
    for (let k = 0; k < taps.counts[y]!; k++) {
      const weight = taps.weights[y * taps.width + k]!
      const start = (taps.firsts[y]! + k) * length
      for (let i = 0; i < length; i++) sums[i]! += weight * rows[start + i]!
    }
    store(sums, to.data, y * length, range)
  }
}

function store(sums: Float64Array, data: TypedArray, start: number, range: ReturnType<typeof rangeOf>): void {
  if (!range.whole) data.set(sums, start)
  else for (let i = 0; i < sums.length; i++) data[start + i] = toRange(sums[i]!, range)
}

/** Resizes every row of an image. */
function alongRows({ data, height, width, channels }: Image, newWidth: number, filter: Filter): Float64Array {
  const taps = tapsOf(width, newWidth, filter)
  const result = new Float64Array(height * newWidth * channels)
  let out = 0
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < newWidth; x++) {
      const start = (y * width + taps.firsts[x]!) * channels
      const count = taps.counts[x]!
      const first = x * taps.width
      for (let c = 0; c < channels; c++) {
        let sum = 0
        for (let k = 0; k < count; k++) sum += taps.weights[first + k]! * data[start + k * channels + c]!
        result[out++] = sum
      }
    }
  }
  return result
}

interface Taps {
  /** Memory for the weights of one pixel. */
  readonly width: number
  /** The first pixel that counts, and the number of pixels that do. */
  readonly firsts: Int32Array
  readonly counts: Int32Array
  readonly weights: Float64Array
}

function tapsOf(size: number, newSize: number, { support, weight }: Filter): Taps {
  const step = size / newSize
  const stretch = Math.max(1, step)
  const reach = support * stretch
  const width = Math.ceil(reach) * 2 + 1
  const taps: Taps = {
    width,
    firsts: new Int32Array(newSize),
    counts: new Int32Array(newSize),
    weights: new Float64Array(newSize * width),
  }
  for (let x = 0; x < newSize; x++) {
    const center = (x + 0.5) * step
    const first = Math.max(0, Math.floor(center - reach + 0.5))
    const count = Math.min(size, Math.floor(center + reach + 0.5)) - first
    let sum = 0
    for (let k = 0; k < count; k++) sum += taps.weights[x * width + k] = weight((k + first - center + 0.5) / stretch)
    for (let k = 0; k < count; k++) taps.weights[x * width + k]! /= sum
    taps.firsts[x] = first
    taps.counts[x] = count
  }
  return taps
}
