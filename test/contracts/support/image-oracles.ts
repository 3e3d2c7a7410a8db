/** What each action on images computes, written pixel by pixel. A row for each action: examples of options, and what each option changes. */
import type * as imageActions from '../../../src/dataset/images/actions/image-actions.js'
import type { DType } from '../../../src/util/nd-array.js'
import { deriveSeed, uniformAt } from '../../../src/util/seeds.js'
import { asType, imageOf, type Nested } from './images.js'

/** What an oracle knows besides the image: its element type and the seed of the item. */
interface Known {
  readonly dtype: DType
  readonly seed: number
}

interface Case {
  readonly options: Readonly<Record<string, unknown>>
  /** The result, before it is rounded to the element type. */
  readonly of: (image: Nested, known: Known) => Nested | readonly Nested[]
}

/** A value of an option that changes the result, beside other options where it needs them. */
interface Change {
  readonly to: unknown
  readonly beside?: Readonly<Record<string, unknown>>
}

export interface ImageRow {
  /** The first suits images of any number of channels, the others those of three. */
  readonly cases: readonly [Case, ...Case[]]
  /** Each option of the action's own, on images of floats. */
  readonly changes: Readonly<Record<string, Change>>
}

const channelsOf = (image: Nested) => image[0]![0]!.length
const heightOf = (image: Nested) => image.length
const widthOf = (image: Nested) => image[0]!.length

/** The image with each value replaced. */
const each = (image: Nested, value: (old: number, row: number, column: number, channel: number) => number): Nested =>
  imageOf(heightOf(image), widthOf(image), channelsOf(image), (row, column, c) => value(image[row]![column]![c]!, row, column, c))

/** An image whose pixels are those of another one at other places, or a colour where that has none. */
const moved = (
  image: Nested,
  [height, width]: readonly [number, number],
  from: (row: number, column: number) => readonly [number, number],
  fill: number | readonly number[] = 0,
): Nested =>
  imageOf(height, width, channelsOf(image), (row, column, c) => {
    const [y, x] = from(row, column)
    return image[y]?.[x]?.[c] ?? [fill].flat()[c] ?? (fill as number)
  })

const sidesOf = (image: Nested) => [heightOf(image), widthOf(image)] as const
const isIn = (row: number, column: number, [top, left]: readonly [number, number], [height, width]: readonly [number, number]) =>
  row >= top && row < top + height && column >= left && column < left + width

/** A number of the stream of an item's noise, uniform in 1 … 3. */
const noiseAt = (seed: number, image: Nested, row: number, column: number, c: number) =>
  1 + 2 * uniformAt(deriveSeed(seed, 'noise'), (row * widthOf(image) + column) * channelsOf(image) + c)

/** The filters by their formulas; `a` of the bicubic one is −1/2. */
const sinc = (x: number) => (x === 0 ? 1 : Math.sin(Math.PI * x) / (Math.PI * x))
const filters = {
  area: (x: number) => (x > -0.5 && x <= 0.5 ? 1 : 0),
  bilinear: (x: number) => Math.max(0, 1 - Math.abs(x)),
  bicubic: (x: number) => {
    const t = Math.abs(x)
    return t < 1 ? 1.5 * t ** 3 - 2.5 * t ** 2 + 1 : t < 2 ? -0.5 * t ** 3 + 2.5 * t ** 2 - 4 * t + 2 : 0
  },
  lanczos: (x: number) => (Math.abs(x) < 3 ? sinc(x) * sinc(x / 3) : 0),
}

/** The weight of every old pixel of a side for a new one. */
function weightsOf(filter: (x: number) => number, size: number, newSize: number, at: number): number[] {
  const step = size / newSize
  const weights = Array.from({ length: size }, (_, k) => filter((k + 0.5 - (at + 0.5) * step) / Math.max(1, step)))
  const sum = weights.reduce((total, weight) => total + weight, 0)
  return weights.map(weight => weight / sum)
}

function resized(image: Nested, [height, width]: readonly [number, number], filter: (x: number) => number): Nested {
  return imageOf(height, width, channelsOf(image), (row, column, c) => {
    const down = weightsOf(filter, heightOf(image), height, row)
    const across = weightsOf(filter, widthOf(image), width, column)
    return image.reduce((sum, line, y) => sum + line.reduce((part, pixel, x) => part + down[y]! * across[x]! * pixel[c]!, 0), 0)
  })
}

const nearest = (image: Nested, [height, width]: readonly [number, number]) =>
  moved(image, [height, width], (row, column) => [
    Math.floor(((row + 0.5) * heightOf(image)) / height),
    Math.floor(((column + 0.5) * widthOf(image)) / width),
  ])

/** The value at a place between pixels, mixed of the four around; outside, that of the edge. */
function mixed(image: Nested, y: number, x: number, c: number): number {
  const at = (row: number, column: number) =>
    image[Math.min(heightOf(image) - 1, Math.max(0, row))]![Math.min(widthOf(image) - 1, Math.max(0, column))]![c]!
  const [top, left] = [Math.floor(y - 0.5), Math.floor(x - 0.5)]
  const [down, right] = [y - 0.5 - top, x - 0.5 - left]
  return (
    at(top, left) * (1 - down) * (1 - right) +
    at(top, left + 1) * (1 - down) * right +
    at(top + 1, left) * down * (1 - right) +
    at(top + 1, left + 1) * down * right
  )
}

/** Where a pixel of an image turned by 30° counter-clockwise comes from. */
function turnedFrom(image: Nested, row: number, column: number): readonly [number, number] {
  const [y, x] = [row + 0.5 - heightOf(image) / 2, column + 0.5 - widthOf(image) / 2]
  const [cos, sin] = [Math.cos(Math.PI / 6), Math.sin(Math.PI / 6)]
  return [sin * x + cos * y + heightOf(image) / 2, cos * x - sin * y + widthOf(image) / 2]
}

/** Uniform numbers in −alpha … alpha, smoothed by a Gaussian that ends at four standard deviations; zeros lie outside. */
function smoothMoves(image: Nested, seed: number, alpha: number, sigma: number): number[][] {
  const [height, width] = sidesOf(image)
  const radius = Math.floor(4 * sigma + 0.5)
  const bell = Array.from({ length: 2 * radius + 1 }, (_, i) => Math.exp(-((i - radius) ** 2) / (2 * sigma ** 2)))
  const total = bell.reduce((sum, weight) => sum + weight, 0)
  return Array.from({ length: height }, (_, row) =>
    Array.from({ length: width }, (_, column) => {
      let sum = 0
      for (let y = 0; y < height; y++) {
        for (let x = 0; x < width; x++) {
          const weight = (bell[y - row + radius] ?? 0) * (bell[x - column + radius] ?? 0)
          sum += (weight / total ** 2) * alpha * (2 * uniformAt(seed, y * width + x) - 1)
        }
      }
      return sum
    }),
  )
}

function bent(image: Nested, seed: number, alpha: number, sigma: number): Nested {
  const across = smoothMoves(image, deriveSeed(seed, 'columns'), alpha, sigma)
  const down = smoothMoves(image, deriveSeed(seed, 'rows'), alpha, sigma)
  return each(image, (_, row, column, c) => mixed(image, row + 0.5 + down[row]![column]!, column + 0.5 + across[row]![column]!, c))
}

/** Grains of [1, 2] pixels, each at a pixel drawn with probability 0.2. */
function salted(image: Nested, seed: number, color: number): Nested {
  const hit = (row: number, column: number) => column >= 0 && uniformAt(deriveSeed(seed, 'salt'), row * widthOf(image) + column) < 0.2
  return each(image, (old, row, column) => (hit(row, column) || hit(row, column - 1) ? color : old))
}

function patches(
  image: Nested,
  rows: readonly number[],
  columns: readonly number[],
  [height, width]: readonly [number, number],
): readonly Nested[] {
  return rows.flatMap(top => columns.map(left => moved(image, [height, width], (row, column) => [row + top, column + left])))
}

/** The image with each value replaced by one of those around it; `clamped` takes those of the border for those outside. */
const around = (image: Nested, clamped: boolean, value: (at: (down: number, right: number) => number, old: number) => number): Nested =>
  each(image, (old, row, column, c) => {
    const inside = (position: number, size: number) => Math.min(size - 1, Math.max(0, position))
    const isBorder = row === 0 || column === 0 || row === heightOf(image) - 1 || column === widthOf(image) - 1
    if (isBorder && !clamped) return old
    return value((down, right) => image[inside(row + down, heightOf(image))]![inside(column + right, widthOf(image))]![c]!, old)
  })

const square = [-1, 0, 1].flatMap(down => [-1, 0, 1].map(right => [down, right] as const))
const medianOf = (values: readonly number[]) => values.toSorted((a, b) => a - b)[values.length >> 1]!
const brightness = ([red, green, blue]: readonly number[]) => (19_595 * red! + 38_470 * green! + 7_471 * blue!) / 65_536
/** Of bytes, fractions are dropped. */
const dropped = (value: number, dtype: DType) => (dtype === 'uint8' ? Math.trunc(Math.min(255, Math.max(0, value))) : value)
/** How far apart the values of 2^bits levels are. */
const stepOf = (bits: number, dtype: DType) => ({ uint8: 256, int32: 2 ** 32, float32: 1, float64: 1 })[dtype as 'uint8'] / 2 ** bits

const modulo = (a: number, b: number) => ((a % b) + b) % b
/** Of a choice of n, the one that the item's k-th uniform number falls on. */
const drawn = (seed: number, k: number, n: number) => Math.floor(uniformAt(seed, k) * n)
const background = imageOf(7, 9, 3, (row, column, c) => row + column + c)
const gray = imageOf(7, 9, 1, (row, column) => row + column).map(row => row.map(pixel => pixel))

export const imageRows = {
  add: {
    cases: [
      { options: { term: 0.75 }, of: image => each(image, old => old + 0.75) },
      { options: { term: [10, 0, -10] }, of: image => each(image, (old, _row, _column, c) => old + [10, 0, -10][c]!) },
      {
        options: { term: 0.25, clip: true },
        of: (image, { dtype }) => each(image, old => (dtype.startsWith('float') ? Math.min(1, Math.max(0, old + 0.25)) : old + 0.25)),
      },
    ],
    changes: { term: { to: 2 }, clip: { to: true } },
  },
  additiveNoise: {
    cases: [
      {
        options: { noise: ['uniform', 1, 3] },
        of: (image, { seed }) => each(image, (old, row, column, c) => old + noiseAt(seed, image, row, column, c)),
      },
    ],
    changes: { noise: { to: ['normal', 0, 1] }, clip: { to: true } },
  },
  clip: {
    cases: [
      { options: { low: 0, high: 1 }, of: image => each(image, old => Math.min(1, Math.max(0, old))) },
      {
        options: { low: [0, 0.25, 80], high: 200 },
        of: (image, { dtype }) => each(image, (old, _row, _column, c) => Math.min(200, Math.max(asType([0, 0.25, 80][c]!, dtype), old))),
      },
    ],
    changes: { low: { to: 0.5 }, high: { to: 0.5 } },
  },
  crop: {
    cases: [
      {
        options: { shape: [3, 9], origin: [-1, 2], fill: 4 },
        of: image => moved(image, [3, 9], (row, column) => [row - 1, column + 2], 4),
      },
      {
        options: { shape: 3, origin: 'random' },
        of: (image, { seed }) => {
          const [top, left] = [drawn(seed, 0, heightOf(image) - 2), drawn(seed, 1, widthOf(image) - 2)]
          return moved(image, [3, 3], (row, column) => [row + top, column + left])
        },
      },
      {
        options: { shape: 4, origin: [3, 4], cropBoundaries: true },
        of: image => moved(image, [2, 3], (row, column) => [row + 3, column + 4]),
      },
    ],
    changes: {
      origin: { to: 'center' },
      shape: { to: 2 },
      fill: { to: 1, beside: { origin: [3, 3] } },
      cropBoundaries: { to: true, beside: { origin: [3, 3] } },
    },
  },
  cutout: {
    cases: [
      {
        options: { shape: [2, 3], origin: [1, -1], color: 1 },
        of: image => each(image, (old, row, column) => (isIn(row, column, [1, -1], [2, 3]) ? 1 : old)),
      },
      {
        options: { shape: 2, color: [7, 8, 9] },
        of: (image, { seed }) => {
          const corner = [drawn(seed, 0, heightOf(image) - 1), drawn(seed, 1, widthOf(image) - 1)] as const
          return each(image, (old, row, column, c) => (isIn(row, column, corner, [2, 2]) ? [7, 8, 9][c]! : old))
        },
      },
    ],
    changes: { origin: { to: 'top_left' }, shape: { to: 3 }, color: { to: 1 } },
  },
  elasticTransform: {
    cases: [{ options: { alpha: 6, sigma: 1.5 }, of: (image, { seed }) => bent(image, seed, 6, 1.5) }],
    changes: { alpha: { to: 3 }, sigma: { to: 2 } },
  },
  enhance: {
    cases: [
      { options: { brightness: 1.5 }, of: (image, { dtype }) => each(image, old => dropped(1.5 * old, dtype)) },
      {
        options: { color: 0.5 },
        of: (image, { dtype }) =>
          each(image, (old, row, column) => {
            const gray = asType(brightness(image[row]![column]!), dtype)
            return dropped(gray + 0.5 * (old - gray), dtype)
          }),
      },
    ],
    changes: { color: { to: 0 }, contrast: { to: 2 }, brightness: { to: 0.5 }, sharpness: { to: 2 } },
  },
  filter: {
    cases: [
      {
        options: { mode: 'SHARPEN' },
        of: image => around(image, false, (at, old) => (34 * old - 2 * square.reduce((sum, [y, x]) => sum + at(y, x), 0)) / 16),
      },
      { options: { mode: 'MedianFilter' }, of: image => around(image, true, at => medianOf(square.map(([y, x]) => at(y, x)))) },
    ],
    changes: {
      mode: { to: 'BLUR' },
      radius: { to: 1, beside: { mode: 'GaussianBlur' } },
      size: { to: 5, beside: { mode: 'MedianFilter' } },
      rank: { to: 4, beside: { mode: 'RankFilter' } },
      percent: { to: 50, beside: { mode: 'UnsharpMask', threshold: 0 } },
      threshold: { to: 0, beside: { mode: 'UnsharpMask' } },
      kernel: { to: [0, 0, 0, 0, 2, 0, 0, 1, 0], beside: { mode: 'Kernel', kernel: [0, 0, 0, 0, 2, 0, 0, 0, 0] } },
      scale: { to: 3, beside: { mode: 'Kernel', kernel: [0, 0, 0, 0, 2, 0, 0, 0, 0] } },
      offset: { to: 3, beside: { mode: 'Kernel', kernel: [0, 0, 0, 0, 2, 0, 0, 0, 0] } },
    },
  },
  flip: {
    cases: [
      { options: { mode: 'lr' }, of: image => moved(image, sidesOf(image), (row, column) => [row, widthOf(image) - 1 - column]) },
      { options: { mode: 'ud' }, of: image => moved(image, sidesOf(image), (row, column) => [heightOf(image) - 1 - row, column]) },
    ],
    changes: { mode: { to: 'ud' } },
  },
  invert: {
    cases: [
      { options: { channels: 'all' }, of: (image, { dtype }) => each(image, old => whitePlusBlack(dtype) - old) },
      {
        options: { channels: [0, 2] },
        of: (image, { dtype }) => each(image, (old, _row, _column, c) => (c === 1 ? old : whitePlusBlack(dtype) - old)),
      },
    ],
    changes: { channels: { to: 1 } },
  },
  multiplicativeNoise: {
    cases: [
      {
        options: { noise: ['uniform', 1, 3] },
        of: (image, { seed }) => each(image, (old, row, column, c) => old * noiseAt(seed, image, row, column, c)),
      },
    ],
    changes: { noise: { to: ['normal', 0, 1] }, clip: { to: true } },
  },
  multiply: {
    cases: [
      { options: { multiplier: 1.5 }, of: image => each(image, old => old * 1.5) },
      { options: { multiplier: [2, -1, 0] }, of: image => each(image, (old, _row, _column, c) => old * [2, -1, 0][c]!) },
    ],
    changes: { multiplier: { to: 2 }, clip: { to: true } },
  },
  pad: {
    cases: [
      {
        options: { offset: 1 },
        of: image => moved(image, [heightOf(image) + 2, widthOf(image) + 2], (row, column) => [row - 1, column - 1]),
      },
      {
        options: { offset: [1, 2, 3, 0], fill: [4, 5, 6] },
        of: image => moved(image, [heightOf(image) + 2, widthOf(image) + 4], (row, column) => [row - 2, column - 1], [4, 5, 6]),
      },
    ],
    changes: { offset: { to: 2 }, fill: { to: 1 } },
  },
  pilConvert: {
    cases: [
      {
        options: { mode: 'L' },
        of: image => imageOf(heightOf(image), widthOf(image), 1, (row, column) => grayAt(image, row, column)),
      },
      {
        options: { mode: 'RGBA' },
        of: (image, { dtype }) =>
          imageOf(heightOf(image), widthOf(image), 4, (row, column, c) => image[row]![column]![c] ?? whites[dtype as keyof typeof whites]),
      },
    ],
    changes: { mode: { to: 'HSV' } },
  },
  posterize: {
    cases: [
      {
        options: { bits: 2 },
        of: (image, { dtype }) => each(image, old => Math.floor(old / stepOf(2, dtype)) * stepOf(2, dtype)),
      },
    ],
    changes: { bits: { to: 1 } },
  },
  putOnBackground: {
    cases: [
      {
        options: { background: gray, origin: [3, -1] },
        of: image => imageOf(7, 9, 1, (row, column) => image[row - 3]?.[column + 1]?.[0] ?? row + column),
      },
      {
        options: { background },
        of: image => imageOf(7, 9, 3, (row, column, c) => image[row - 1]?.[column - 1]?.[c] ?? row + column + c),
      },
    ],
    changes: { background: { to: imageOf(7, 9, 3, () => 1), beside: { background } }, origin: { to: 'random', beside: { background } } },
  },
  resize: {
    cases: [
      { options: { size: [3, 9], resample: 'nearest' }, of: image => nearest(image, [3, 9]) },
      ...Object.entries(filters).map(([resample, filter]) => ({
        options: { size: [8, 3], resample },
        of: (image: Nested) => resized(image, [8, 3], filter),
      })),
    ],
    changes: { size: { to: [null, 4] }, resample: { to: 'area' } },
  },
  rotate: {
    cases: [
      {
        options: { angle: 30 },
        of: image => moved(image, sidesOf(image), (row, column) => turnedFrom(image, row, column).map(Math.floor) as [number, number]),
      },
      {
        options: { angle: 30, resample: 'bilinear', fill: [1, 2, 3] },
        of: image =>
          each(image, (_, row, column, c) => {
            const [y, x] = turnedFrom(image, row, column)
            return y < 0 || x < 0 || y >= heightOf(image) || x >= widthOf(image) ? c + 1 : mixed(image, y, x, c)
          }),
      },
      {
        options: { angle: 90, expand: true },
        of: image => moved(image, [widthOf(image), heightOf(image)], (row, column) => [column, widthOf(image) - 1 - row]),
      },
      {
        options: { angle: 180, center: [1, 2], fill: 3 },
        of: image => moved(image, sidesOf(image), (row, column) => [1 - row, 3 - column], 3),
      },
    ],
    changes: {
      angle: { to: 90 },
      resample: { to: 'bicubic' },
      expand: { to: true },
      center: { to: [1, 2] },
      fill: { to: 1 },
    },
  },
  salt: {
    cases: [
      { options: { pNoise: 0.2, color: 1, size: [1, 2] }, of: (image, { seed }) => salted(image, seed, 1) },
      { options: { pNoise: 0.2, size: [1, 2] }, of: (image, { seed, dtype }) => salted(image, seed, whites[dtype as keyof typeof whites]) },
    ],
    changes: { pNoise: { to: 0.5 }, color: { to: 3 }, size: { to: 2 } },
  },
  scale: {
    cases: [
      { options: { factor: [2, 0.5] }, of: image => nearest(image, [heightOf(image) * 2, Math.ceil(widthOf(image) / 2)]) },
      { options: { factor: 1.7, resample: 'bilinear' }, of: image => resized(image, [9, 12], filters.bilinear) },
      {
        options: { factor: 0.5, preserveShape: true },
        of: image => {
          const small = nearest(image, [3, 4])
          return moved(small, sidesOf(image), (row, column) => [row - 1, column - 1])
        },
      },
      {
        options: { factor: 2, preserveShape: true, origin: 'bottom_right' },
        of: image => moved(nearest(image, [10, 14]), sidesOf(image), (row, column) => [row + 5, column + 7]),
      },
    ],
    changes: {
      factor: { to: 1.5 },
      preserveShape: { to: true },
      origin: { to: 'top_left', beside: { preserveShape: true } },
      resample: { to: 'bicubic' },
    },
  },
  shift: {
    cases: [
      { options: { offset: [2, -3], fill: 5 }, of: image => moved(image, sidesOf(image), (row, column) => [row - 2, column + 3], 5) },
      {
        options: { offset: [-6, 3], mode: 'wrap' },
        of: image => moved(image, sidesOf(image), (row, column) => [modulo(row + 6, heightOf(image)), modulo(column - 3, widthOf(image))]),
      },
    ],
    changes: { offset: { to: [1, 1] }, mode: { to: 'wrap' }, fill: { to: 1 } },
  },
  splitToPatches: {
    cases: [
      { options: { patchShape: [2, 3], stride: [2, 3] }, of: image => patches(image, [0, 2, 3], [0, 3, 4], [2, 3]) },
      { options: { patchShape: 2, stride: 3, dropLast: true }, of: image => patches(image, [0, 3], [0, 3], [2, 2]) },
    ],
    changes: { patchShape: { to: 2 }, stride: { to: 3 }, dropLast: { to: true, beside: { stride: 3 } } },
  },
  transform: {
    cases: [
      {
        options: { data: [1, 0, 1, 0, 1, -2], fill: 5 },
        of: image => moved(image, sidesOf(image), (row, column) => [row - 2, column + 1], 5),
      },
      { options: { data: [0.5, 0, 0, 0, 0.5, 0], size: [10, 14] }, of: image => nearest(image, [10, 14]) },
      {
        options: { data: [1, 0, 0.25, 0, 1, 0.5, 0, 0], resample: 'bilinear' },
        of: image =>
          each(image, (_, row, column, c) => {
            const [y, x] = [row + 1, column + 0.75]
            return y >= heightOf(image) || x >= widthOf(image) ? 0 : mixed(image, y, x, c)
          }),
      },
    ],
    changes: {
      data: { to: [1, 0, 0, 0, 1, 1] },
      size: { to: 3 },
      resample: { to: 'bicubic', beside: { data: [1, 0, 0.25, 0, 1, 0.5] } },
      fill: { to: 1 },
    },
  },
} as const satisfies Readonly<Record<keyof typeof imageActions, ImageRow>>

/** What a value and its opposite add up to. */
function whitePlusBlack(dtype: DType): number {
  return dtype === 'uint8' ? 255 : dtype === 'int32' ? -1 : 1
}

function grayAt(image: Nested, row: number, column: number): number {
  const pixel = image[row]![column]!
  return pixel.length === 1 ? pixel[0]! : brightness(pixel)
}

const whites = { uint8: 255, int32: 2 ** 31 - 1, float32: 1, float64: 1 }
