/** Reads the values that batches saved to a variable: numbers, arrays with a shape, or lists of either. */
import { NdArray } from '../util/nd-array.js'

function isTypedArray(value: unknown): value is ArrayLike<number> {
  return ArrayBuffer.isView(value) && !(value instanceof DataView)
}

/** Returns all numbers in a value, in order. Empty if never set; anything that is not a number counts as NaN. */
export function toNumbers(value: unknown): number[] {
  if (value === undefined || value === null) return []
  if (value instanceof NdArray) return Array.from(value.data)
  if (isTypedArray(value)) return Array.from(value)
  if (Array.isArray(value)) return value.flatMap(item => (typeof item === 'number' ? item : toNumbers(item)))
  return [Number(value)]
}

/** A value as rows of equal width, one per item: arrays of shape [n, …], or lists of them (batches, joined). */
export interface Rows {
  readonly count: number
  readonly width: number
  readonly data: ArrayLike<number>
}

/** Returns the rows of a value; none if never set. @throws Error if batches have rows of different widths */
export function toRows(value: unknown): Rows {
  const batches = toBatches(value)
  const widths = [...new Set(batches.map(batch => batch.itemSize))]
  if (widths.length > 1) throw new Error(`the batches have rows of different widths (${widths.join(', ')})`)
  if (batches.length === 1) return { count: batches[0]!.length, width: widths[0]!, data: batches[0]!.data }
  const count = batches.reduce((sum, batch) => sum + batch.length, 0)
  return { count, width: widths[0] ?? 0, data: batches.flatMap(batch => Array.from(batch.data)) }
}

function toBatches(value: unknown): NdArray[] {
  if (value === undefined || value === null) return []
  if (value instanceof NdArray) return [value]
  if (isTypedArray(value)) return [NdArray.from(Array.from(value), 'float64')]
  if (!Array.isArray(value) || value.length === 0) return []
  if (typeof value[0] === 'number' || (Array.isArray(value[0]) && typeof value[0][0] === 'number')) return [NdArray.from(value, 'float64')]
  return value.flatMap(toBatches)
}

/** Returns class labels: rows of one number are labels, wider rows (scores, one-hot) count as the position of their largest entry. */
export function toLabels(value: unknown): number[] {
  const { count, width, data } = toRows(value)
  return Array.from({ length: count }, (_, row) => {
    if (width === 1) return data[row]!
    let best = 0
    for (let i = 1; i < width; i++) if (data[row * width + i]! > data[row * width + best]!) best = i
    return best
  })
}

/** A number with at most `digits` significant digits, short in JSON; null if not finite. */
export function compact(value: number, digits = 5): number | null {
  return Number.isFinite(value) ? Number(value.toPrecision(digits)) : null
}
