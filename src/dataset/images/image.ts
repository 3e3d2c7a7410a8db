/** Images of the actions: [height, width, channels] or [height, width], of any element type. */
import { fail } from '../../errors/index.js'
import { describeValue } from '../../util/describe-value.js'
import { type DType, dtypeOf, NdArray, type TypedArray } from '../../util/nd-array.js'

/** An image's numbers, in the order rows, columns, channels. */
export interface Image {
  readonly data: TypedArray
  readonly dtype: DType
  readonly height: number
  readonly width: number
  readonly channels: number
  /** True if it has no channel axis. */
  readonly flat: boolean
}

/** @throws MillraceError `wrong-value` */
export function readImage(item: unknown): Image {
  if (item instanceof NdArray && (item.shape.length === 2 || item.shape.length === 3)) {
    const [height, width, channels = 1] = item.shape as readonly [number, number, number?]
    return { data: item.data, dtype: dtypeOf(item.data), height, width, channels, flat: item.shape.length === 2 }
  }
  return fail('wrong-value', {
    name: 'the item',
    seen: describeValue(item),
    allowed: 'an image: an array of shape [height, width, channels] or [height, width]',
  })
}

/** Returns the shape of an image like this one with other sides. */
export function shapeOf({ flat, channels }: Image, height: number, width: number): readonly number[] {
  return flat ? [height, width] : [height, width, channels]
}

/** The range of an element type. Fractions are rounded, numbers outside are clamped. */
export interface Range {
  readonly low: number
  readonly high: number
  readonly whole: boolean
}

const whole = (low: number, high: number): Range => ({ low, high, whole: true })
const real: Range = { low: Number.NEGATIVE_INFINITY, high: Number.POSITIVE_INFINITY, whole: false }

const ranges: Readonly<Record<DType, Range>> = {
  uint8: whole(0, 255),
  int8: whole(-128, 127),
  uint16: whole(0, 65_535),
  int16: whole(-32_768, 32_767),
  uint32: whole(0, 4_294_967_295),
  int32: whole(-2_147_483_648, 2_147_483_647),
  float32: real,
  float64: real,
}

export const rangeOf = (dtype: DType): Range => ranges[dtype]

/** Converts a number to an integer type: the nearest integer (halves up) within its range. */
export function toRange(value: number, { low, high, whole }: Range): number {
  const near = whole ? Math.floor(value + 0.5) : value
  return near < low ? low : near > high ? high : near
}

/** White: the largest number of integer types, 1 for floats. */
export function whiteOf(dtype: DType): number {
  const { whole, high } = ranges[dtype]
  return whole ? high : 1
}
