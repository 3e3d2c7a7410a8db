/** Values of variables as they are recorded: plain data with names, in metrics.ndjson and results.json. */
import { fail } from '../../errors/index.js'
import { describeKind } from '../../util/describe-value.js'
import { isPlainObject } from '../../util/json.js'
import { NdArray, type TypedArray } from '../../util/nd-array.js'

/** A number, string or boolean; null for nothing yet and for a number that is not finite; a list of these. */
export type RecordedValue = Scalar | readonly RecordedValue[]
type Scalar = number | string | boolean | null

/** Recorded values by name: `train.loss`, `exam.metrics.accuracy`. */
export type Recorded = Readonly<Record<string, RecordedValue>>

/** A list of more values is recorded by its count, smallest, mean and largest value. */
const mostValues = 1000

/**
 * Returns the recorded form of a value under a name. Entries of maps, of objects with a `toRecord` (as all metrics have) and of lists of
 * these are recorded by their own names, `name.key`.
 *
 * @throws MillraceError `not-recordable` for functions, models, tensors and the like
 */
export function recorded(name: string, value: unknown): Recorded {
  const scalar = toScalar(value)
  if (scalar !== undefined) return { [name]: scalar }
  const entries = entriesOf(value)
  if (entries !== undefined) return entries.length === 0 ? { [name]: null } : named(name, entries)
  const array = arrayOf(value)
  if (array !== undefined && array.length > mostValues) return named(name, Object.entries(summarize(array)))
  const list = toList(value)
  if (list === undefined) return fail('not-recordable', { name, seen: describeKind(value) })
  if (list.length === 0) return { [name]: null }
  const leaves = leavesOf(list)
  if ((leaves ?? list).length > mostValues) return named(name, Object.entries(summarize(leaves ?? list)))
  return leaves === undefined ? named(name, [...list.entries()]) : { [name]: list as readonly RecordedValue[] }
}

/** The numbers of an array; undefined for other values. */
function arrayOf(value: unknown): ArrayLike<unknown> | undefined {
  if (value instanceof NdArray) return value.data
  return ArrayBuffer.isView(value) && !(value instanceof DataView) ? (value as TypedArray) : undefined
}

function named(name: string, entries: readonly (readonly [string | number, unknown])[]): Recorded {
  return Object.assign({}, ...entries.map(([key, entry]) => recorded(`${name}.${key}`, entry)))
}

function toScalar(value: unknown): Scalar | undefined {
  if (value === undefined || value === null) return null
  if (typeof value === 'number') return Number.isFinite(value) ? value : null
  if (typeof value === 'string' || typeof value === 'boolean') return value
  if (typeof value === 'bigint') return Number.isSafeInteger(Number(value)) ? Number(value) : `${value}`
  if (value instanceof Date) return Number.isNaN(value.getTime()) ? null : value.toISOString()
  if (value instanceof NdArray && value.data.length === 1) return toScalar(value.data[0])
  return undefined
}

/** The entries of a map; undefined for other values. */
function entriesOf(value: unknown): readonly (readonly [string, unknown])[] | undefined {
  if (isPlainObject(value)) return Object.entries(value)
  if (value instanceof Map) return [...value].map(([key, entry]) => [String(key), entry] as const)
  const { toRecord } = value as { readonly toRecord?: () => unknown }
  return typeof toRecord === 'function' ? Object.entries(toRecord.call(value) as object) : undefined
}

/** A list whose scalars are as they are recorded; undefined for other values. */
function toList(value: unknown): readonly unknown[] | undefined {
  if (value instanceof NdArray) return toList(value.toNested())
  if (value instanceof Set) return toList([...value])
  const list = Array.isArray(value) ? value : arrayOf(value)
  return list && Array.from(list, toEntry)
}

function toEntry(entry: unknown): unknown {
  const scalar = toScalar(entry)
  return scalar === undefined ? (toList(entry) ?? entry) : scalar
}

/** All scalars of a nested list; undefined if there is something else in it. */
function leavesOf(list: readonly unknown[]): readonly Scalar[] | undefined {
  const leaves: Scalar[] = []
  for (const entry of list) {
    const inner = Array.isArray(entry) ? leavesOf(entry) : isScalar(entry) ? [entry] : undefined
    if (inner === undefined) return undefined
    for (const leaf of inner) leaves.push(leaf)
  }
  return leaves
}

const isScalar = (value: unknown): value is Scalar => value === null || ['number', 'string', 'boolean'].includes(typeof value)

function summarize(values: ArrayLike<unknown>): Readonly<Record<string, number>> {
  const { length: count } = values
  let [numbers, min, max, sum] = [0, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, 0]
  for (let i = 0; i < count; i++) {
    const value = values[i]
    if (typeof value !== 'number' || !Number.isFinite(value)) continue
    numbers++
    sum += value
    min = Math.min(min, value)
    max = Math.max(max, value)
  }
  return numbers === 0 ? { count } : { count, min, mean: sum / numbers, max }
}
