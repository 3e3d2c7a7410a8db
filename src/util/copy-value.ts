import { isPlainObject } from './json.js'
import { NdArray } from './nd-array.js'

/** Returns a deep copy of arrays, lists, plain objects, maps and sets; functions and instances of other classes are shared. */
export function copyValue<Value>(value: Value): Value {
  return copy(value) as Value
}

function copy(value: unknown): unknown {
  if (value instanceof NdArray) return new NdArray(value.data.slice(), value.shape)
  if (Array.isArray(value)) return value.map(copy)
  if (ArrayBuffer.isView(value) && 'slice' in value) return (value as Uint8Array).slice()
  if (value instanceof Map) return new Map([...value].map(([key, entry]) => [key, copy(entry)]))
  if (value instanceof Set) return new Set(value)
  return isPlainObject(value) ? Object.fromEntries(Object.entries(value).map(([key, entry]) => [key, copy(entry)])) : value
}
