/** Values sent to another thread and back: plain data, arrays with their shapes. */
import { fail } from '../errors/index.js'
import { isPlainObject } from '../util/json.js'
import { NdArray, type TypedArray } from '../util/nd-array.js'

const SHAPE = '@shape'

/**
 * Returns a value as plain data. Arrays are copied: a view would carry all the memory it belongs to.
 *
 * @throws MillraceError `not-for-threads` for models, functions, and other things that belong to one thread
 */
export function pack(value: unknown, path: string): unknown {
  if (value instanceof NdArray) return { [SHAPE]: value.shape, data: value.data.slice() }
  if (ArrayBuffer.isView(value) && !(value instanceof DataView)) return (value as TypedArray).slice()
  if (Array.isArray(value)) return value.map((entry, i) => pack(entry, `${path}[${i}]`))
  if (isPlainObject(value)) return Object.fromEntries(Object.entries(value).map(([key, entry]) => [key, pack(entry, `${path}.${key}`)]))
  if (typeof value !== 'function' && typeof value !== 'symbol' && (typeof value !== 'object' || value === null)) return value
  return fail('not-for-threads', {
    path,
    seen: typeof value === 'object' ? `a ${value.constructor?.name ?? 'thing'}` : `a ${typeof value}`,
  })
}

/** Returns a value as plain data, and the memory of its arrays, for moving it: they cannot be used here afterwards. */
export function packOwn(value: unknown): { readonly packed: unknown; readonly buffers: readonly ArrayBuffer[] } {
  const buffers = new Set<ArrayBuffer>()
  const packed = (entry: unknown): unknown => {
    if (entry instanceof NdArray) {
      buffers.add(entry.data.buffer as ArrayBuffer)
      return { [SHAPE]: entry.shape, data: entry.data }
    }
    if (Array.isArray(entry)) return entry.some(item => typeof item === 'object' && item !== null) ? entry.map(packed) : entry
    if (!isPlainObject(entry)) return entry
    return Object.fromEntries(Object.entries(entry).map(([key, item]) => [key, packed(item)]))
  }
  return { packed: packed(value), buffers: [...buffers] }
}

/** Restores a packed value. */
export function unpack(packed: unknown): unknown {
  if (Array.isArray(packed)) return packed.map(unpack)
  if (!isPlainObject(packed)) return packed
  if (SHAPE in packed) return new NdArray(packed.data as TypedArray, packed[SHAPE] as readonly number[])
  return Object.fromEntries(Object.entries(packed).map(([key, entry]) => [key, unpack(entry)]))
}
