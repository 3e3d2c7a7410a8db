/** Images as nested lists, for oracles that are written in the plainest way. */
import { type DType, NdArray } from '../../../src/util/nd-array.js'
import { deriveSeed, uniformAt } from '../../../src/util/seeds.js'

/** An image as [row][column][channel]. */
export type Nested = readonly (readonly (readonly number[])[])[]

/** Element types of every kind: short and long integers, single and double precision. */
export const dtypesTried = ['uint8', 'int32', 'float32', 'float64'] as const satisfies readonly DType[]

/** Images of made-up values, [count, height, width, channels]: 0 … 255 of integers, −0.5 … 1.5 of floats. */
export function imagesOf(count: number, dtype: DType, [height, width, channels]: readonly [number, number, number]): NdArray {
  const seed = deriveSeed(7, 'images')
  const values = Array.from({ length: count * height * width * channels }, (_, i) => uniformAt(seed, i))
  return NdArray.from(
    values.map(value => (dtype.startsWith('float') ? 2 * value - 0.5 : Math.floor(value * 256))),
    dtype,
  ).reshape([count, height, width, channels])
}

/** The value as an element type holds it: rounded half up and within the range of integers. */
export function asType(value: number, dtype: DType): number {
  if (dtype === 'float64') return value
  if (dtype === 'float32') return Math.fround(value)
  const [low, high] = dtype === 'uint8' ? [0, 255] : [-(2 ** 31), 2 ** 31 - 1]
  return Math.min(high, Math.max(low, Math.floor(value + 0.5)))
}

/** An image of the given sides, pixel by pixel. */
export function imageOf(
  height: number,
  width: number,
  channels: number,
  value: (row: number, column: number, channel: number) => number,
): Nested {
  return Array.from({ length: height }, (_, row) =>
    Array.from({ length: width }, (_, column) => Array.from({ length: channels }, (_, channel) => value(row, column, channel))),
  )
}

/** The largest difference of two nested lists of one shape; Infinity if their shapes differ. */
export function difference(one: unknown, other: unknown): number {
  if (typeof one === 'number' && typeof other === 'number') return one === other ? 0 : Math.abs(one - other)
  if (!Array.isArray(one) || !Array.isArray(other) || one.length !== other.length) return Infinity
  return Math.max(0, ...one.map((item, i) => difference(item, other[i])))
}

/** How far values lie outside of their bounds at most; Infinity if their shapes differ. */
export function outside(values: unknown, lower: unknown, upper: unknown): number {
  if (typeof values === 'number') return Math.max(0, (lower as number) - values, values - (upper as number))
  const [items, low, high] = [values, lower, upper] as readonly (readonly unknown[])[]
  if (items!.length !== low?.length || items!.length !== high?.length) return Infinity
  return Math.max(0, ...items!.map((item, i) => outside(item, low[i], high[i])))
}
