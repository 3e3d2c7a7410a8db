import { integer, listOf, number, oneOf, option, options, type WrittenOf } from '../../../options/index.js'
import { sameShape } from '../../../pipeline/description/component-facts.js'
import type { NdArray } from '../../../util/nd-array.js'
import { orArray } from '../../actions/action-args.js'
import { type ItemAction, itemAction } from '../../items/item-action.js'
import { boxBlur, gaussianBlur } from '../box-blur.js'
import { type Image, rangeOf, readImage, toRange } from '../image.js'
import { convolve, type Kernel, kernels } from '../kernels.js'
import { modeFilter, rankFilter } from '../ranks.js'
import { newImage } from '../result.js'

interface OwnOptions {
  readonly radius?: number
  readonly size?: number
  readonly rank?: number
  readonly percent?: number
  readonly threshold?: number
  readonly kernel?: readonly number[]
  readonly scale?: number
  readonly offset?: number
}

interface FilterRow {
  /** The options it reads. */
  readonly reads: readonly (keyof OwnOptions)[]
  readonly fill: (from: Image, to: Image, options: OwnOptions) => void
}

const ranked = (rank: (size: number) => number): FilterRow => ({
  reads: ['size'],
  fill: (from, to, { size = 3 }) => rankFilter(from, to, size, rank(size)),
})

/** The filters of Pillow that have options, by their names there. */
const filters = {
  BoxBlur: { reads: ['radius'], fill: (from, to, { radius = 2 }) => boxBlur(from, to, radius) },
  GaussianBlur: { reads: ['radius'], fill: (from, to, { radius = 2 }) => gaussianBlur(from, to, radius) },
  UnsharpMask: { reads: ['radius', 'percent', 'threshold'], fill: unsharpMask },
  MinFilter: ranked(() => 0),
  MedianFilter: ranked(size => (size * size) >> 1),
  MaxFilter: ranked(size => size * size - 1),
  RankFilter: { reads: ['size', 'rank'], fill: (from, to, { size = 3, rank = 0 }) => rankFilter(from, to, size, rank) },
  ModeFilter: { reads: ['size'], fill: (from, to, { size = 3 }) => modeFilter(from, to, size) },
  Kernel: { reads: ['kernel', 'scale', 'offset'], fill: (from, to, own) => convolve(from, to, readKernel(own)) },
} as const satisfies Readonly<Record<string, FilterRow>>

const isKernel = (mode: string): mode is keyof typeof kernels => Object.hasOwn(kernels, mode)
const names = [...(Object.keys(kernels) as (keyof typeof kernels)[]), ...(Object.keys(filters) as (keyof typeof filters)[])] as const

const filterOptions = options(
  {
    mode: option('the filter, by its name in Pillow', oneOf(names)),
    radius: option('of BoxBlur, GaussianBlur (the standard deviation) and UnsharpMask, in pixels; 2 by default', number({ min: 0 }), {
      optional: true,
    }),
    size: option(
      'the side of the square, an odd number, of the filters Min, Median, Max, Rank and Mode; 3 by default',
      integer({ min: 1 }),
      {
        optional: true,
      },
    ),
    rank: option('of RankFilter: which value in ascending order, from 0; 0 by default', integer({ min: 0 }), { optional: true }),
    percent: option('of UnsharpMask: the strength; 150 by default', number({ min: 0 }), { optional: true }),
    threshold: option('of UnsharpMask: the least difference that is sharpened, as a value of the image; 3 by default', number({ min: 0 }), {
      optional: true,
    }),
    kernel: option('of Kernel: 9 or 25 weights, row by row; none by default', orArray(listOf(number())), { optional: true }),
    scale: option('of Kernel: what sums are divided by; the sum of the weights by default', number(), { optional: true }),
    offset: option('of Kernel: what is added after that, as a value of bytes; 0 by default', number(), { optional: true }),
  },
  { misfit },
)

/** Options of `filter`. */
export interface FilterOptions extends WrittenOf<typeof filterOptions> {}

/**
 * Filters images: each pixel is made of those around it. The modes are the filters of Pillow, and so are the bytes; of floats, white is 1.
 *
 * @example
 * pipeline.filter({ mode: 'EDGE_ENHANCE' })
 * pipeline.filter({ mode: 'GaussianBlur', radius: P(R('uniform', 0, 2)), p: 0.5 })
 * pipeline.filter({ mode: 'MedianFilter', size: 5 })
 * pipeline.filter({ mode: 'Kernel', kernel: [0, 1, 0, 1, 4, 1, 0, 1, 0] })
 *
 * BatchFlow: `ImagesBatch.filter`.
 */
export const filter: ItemAction<FilterOptions> = itemAction({
  summary: 'Filters images: blurs, sharpens, finds edges.',
  options: filterOptions,
  shape: sameShape,
  parallel: { module: import.meta.url, export: 'filter' },
  apply(item: NdArray, { mode, ...own }, context) {
    const from = readImage(item)
    const { array, image } = newImage(from, context)
    if (isKernel(mode)) convolve(from, image, kernels[mode])
    else filters[mode].fill(from, image, own)
    return array
  },
})

/** Options that the mode does not read, and values that do not go with others. */
function misfit({ mode, ...own }: OwnOptions & { readonly mode: (typeof names)[number] }) {
  const reads: readonly string[] = isKernel(mode) ? [] : filters[mode].reads
  const unread = (Object.keys(own) as (keyof OwnOptions)[]).find(name => !reads.includes(name))
  if (unread !== undefined) return { option: unread, allowed: `none: ${mode} has ${reads.length === 0 ? 'no options' : reads.join(', ')}` }
  const { size = 3, rank = 0, kernel, scale } = own
  if (size % 2 === 0) return { option: 'size' as const, allowed: 'an odd integer' }
  if (rank >= size * size) return { option: 'rank' as const, allowed: `an integer from 0 to ${size * size - 1}` }
  if (mode !== 'Kernel') return undefined
  if (kernel?.length !== 9 && kernel?.length !== 25) return { option: 'kernel' as const, allowed: '9 or 25 numbers' }
  return (scale ?? sumOf(kernel)) === 0
    ? { option: 'scale' as const, allowed: 'a number other than 0: the weights add up to 0' }
    : undefined
}

const sumOf = (numbers: readonly number[]) => numbers.reduce((sum, one) => sum + one, 0)

function readKernel({ kernel = [], scale = sumOf(kernel), offset = 0 }: OwnOptions): Kernel {
  return { weights: kernel, scale, offset: offset / 255 }
}

/** Adds a share of the difference to a blurred image, where that is above the threshold. */
function unsharpMask(from: Image, to: Image, { radius = 2, percent = 150, threshold = 3 }: OwnOptions): void {
  gaussianBlur(from, to, radius)
  const range = rangeOf(from.dtype)
  for (let i = 0; i < to.data.length; i++) {
    const value = from.data[i]!
    const difference = value - to.data[i]!
    const more = (difference * percent) / 100
    to.data[i] = Math.abs(difference) > threshold ? toRange(value + (range.whole ? Math.trunc(more) : more), range) : value
  }
}
