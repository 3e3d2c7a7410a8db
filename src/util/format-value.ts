/** Values on one line of printed text. */
import { inspect } from 'node:util'
import { isPlainObject } from './json.js'
import { NdArray, type TypedArray } from './nd-array.js'

/** Elements of an array that are shown. */
const FIRST = 4

/** Formats a number with at most `digits` significant digits, integers in full: `0.333333`, `1e-7`, `60000`. */
export function formatSignificant(value: number, digits = 6): string {
  return Number.isInteger(value) ? String(value) : String(Number(value.toPrecision(digits)))
}

/**
 * Formats a value: strings as they are, arrays by type, shape and first elements, objects as `key=value`.
 *
 * @example
 * formatValue(NdArray.from([[1, 2], [3, 4]]))     // 'float32 [2, 2] 1 2 3 4'
 * formatValue({ loss: 0.25, seen: [1, 2] })     // 'loss=0.25 seen=[1, 2]'
 */
export function formatValue(value: unknown): string {
  if (typeof value === 'string') return value
  if (!isPlainObject(value)) return inside(value)
  return Object.entries(value)
    .map(([key, item]) => `${key}=${inside(item)}`)
    .join(' ')
}

/** The same inside a list or an object: strings have quotes and objects braces. */
function inside(value: unknown): string {
  if (typeof value === 'string') return JSON.stringify(value)
  if (typeof value === 'number') return formatSignificant(value)
  if (value instanceof NdArray) return value.shape.length === 0 ? formatSignificant(value.data[0]!) : arrayText(value)
  if (isTypedArray(value)) return arrayText(new NdArray(value, [value.length]))
  if (Array.isArray(value)) return listText(value)
  if (isPlainObject(value)) return `{ ${formatValue(value)} }`
  if (hasOwnText(value)) return String(value)
  return inspect(value, { depth: 0, breakLength: Number.POSITIVE_INFINITY, maxArrayLength: FIRST, maxStringLength: 80 })
}

function isTypedArray(value: unknown): value is TypedArray {
  return ArrayBuffer.isView(value) && !(value instanceof DataView) && !(value instanceof BigInt64Array || value instanceof BigUint64Array)
}

/** Returns true if the value's class has its own `toString`, as metrics do. */
function hasOwnText(value: unknown): value is object {
  return typeof value === 'object' && value !== null && value.toString !== Object.prototype.toString
}

function arrayText({ dtype, shape, data }: NdArray): string {
  const first = Array.from(data.subarray(0, FIRST), element => formatSignificant(element))
  return [dtype, `[${shape.join(', ')}]`, ...first, ...(data.length > FIRST ? ['…'] : [])].join(' ')
}

function listText(items: readonly unknown[]): string {
  const rest = items.length > FIRST + 1 ? [`… ${items.length - FIRST} more`] : []
  return `[${[...items.slice(0, rest.length > 0 ? FIRST : items.length).map(inside), ...rest].join(', ')}]`
}
