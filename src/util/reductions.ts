/** Sums, means and extremes of arrays along axes, by numpy's rules. Everything is computed in double precision. */
import { allocate, type DType, dtypeOf, sizeOf, type TypedArray } from './dtypes.js'

/** An array without its class. */
export interface Elements {
  readonly data: TypedArray
  readonly shape: readonly number[]
}

interface ReductionRow {
  /** The element type of the result, by that of the array. */
  readonly dtype: (dtype: DType) => DType
  /** Reduces the elements of one group, `data[at(0)] … data[at(n − 1)]`. */
  readonly of: (data: TypedArray, at: (i: number) => number, n: number) => number
  /** True if a group without elements has a result. */
  readonly empty?: boolean
}

const isFloat = (dtype: DType) => dtype.startsWith('float')
const same = (dtype: DType) => dtype
const floating = (dtype: DType): DType => (dtype === 'float64' ? 'float64' : 'float32')

const sum: ReductionRow['of'] = (data, at, n) => {
  let total = 0
  for (let i = 0; i < n; i++) total += data[at(i)]!
  return total
}
const mean: ReductionRow['of'] = (data, at, n) => sum(data, at, n) / n
const variance: ReductionRow['of'] = (data, at, n) => {
  const middle = mean(data, at, n)
  let total = 0
  for (let i = 0; i < n; i++) total += (data[at(i)]! - middle) ** 2
  return total / n
}

/** The position, within its group, of the first element that no other one beats; NaN beats all, as in numpy. */
const best =
  (beats: (a: number, b: number) => boolean): ReductionRow['of'] =>
  (data, at, n) => {
    let found = 0
    for (let i = 0; i < n; i++) {
      const value = data[at(i)]!
      if (Number.isNaN(value)) return i
      if (beats(value, data[at(found)]!)) found = i
    }
    return found
  }
const argmax = best((a, b) => a > b)
const argmin = best((a, b) => a < b)

const reductionRows = {
  // Sums of integers are exact up to 2⁵³; no integer type here has that range.
  sum: { dtype: dtype => (isFloat(dtype) ? dtype : 'float64'), of: sum, empty: true },
  mean: { dtype: floating, of: mean },
  std: { dtype: floating, of: (data, at, n) => Math.sqrt(variance(data, at, n)) },
  var: { dtype: floating, of: variance },
  max: { dtype: same, of: (data, at, n) => data[at(argmax(data, at, n))]! },
  min: { dtype: same, of: (data, at, n) => data[at(argmin(data, at, n))]! },
  argmax: { dtype: () => 'int32', of: argmax },
  argmin: { dtype: () => 'int32', of: argmin },
} as const satisfies Record<string, ReductionRow>

export type Reduction = keyof typeof reductionRows

/** One axis or several, from 0; negative ones count from the last. Default: all axes. */
export type Axes = number | readonly number[]

/**
 * Reduces an array along axes, which are dropped from the shape or, with `keepAxes`, kept with length 1. Without axes returns a number.
 *
 * @throws RangeError for axes that do not exist, and for a mean or an extreme of no elements
 */
export function reduce({ data, shape }: Elements, reduction: Reduction, axes?: Axes, keepAxes = false): Elements | number {
  const row: ReductionRow = reductionRows[reduction]
  const check = (n: number) => {
    if (n === 0 && !row.empty) throw new RangeError(`there is no ${reduction} of nothing: the shape is [${shape.join(', ')}]`)
  }
  if (axes === undefined) {
    check(data.length)
    return row.of(data, i => i, data.length)
  }
  const gone = toAxes(axes, shape.length)
  const inner = offsetsOf(shape, axis => gone.has(axis))
  const outer = offsetsOf(shape, axis => !gone.has(axis))
  check(inner.length)
  const result = allocate(row.dtype(dtypeOf(data)), outer.length)
  for (let i = 0; i < outer.length; i++) result[i] = row.of(data, j => outer[i]! + inner[j]!, inner.length)
  const kept = shape.map((n, axis) => (gone.has(axis) ? 1 : n))
  return { data: result, shape: keepAxes ? kept : kept.filter((_, axis) => !gone.has(axis)) }
}

function toAxes(axes: Axes, rank: number): ReadonlySet<number> {
  const wrong = [axes].flat().find(axis => !(Number.isInteger(axis) && axis >= -rank && axis < rank))
  if (wrong !== undefined) throw new RangeError(`no axis ${wrong} in an array of ${rank} axes`)
  return new Set([axes].flat().map(axis => (axis < 0 ? axis + rank : axis)))
}

/** The offsets of the elements that differ in these axes only, in row-major order. */
function offsetsOf(shape: readonly number[], has: (axis: number) => boolean): Uint32Array {
  let offsets: number[] = [0]
  for (const [axis, n] of shape.entries()) {
    if (!has(axis)) continue
    const stride = sizeOf(shape.slice(axis + 1))
    offsets = offsets.flatMap(offset => Array.from({ length: n }, (_, i) => offset + i * stride))
  }
  return Uint32Array.from(offsets)
}
