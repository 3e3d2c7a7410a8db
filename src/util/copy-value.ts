import { isPlainObject } from './json.js'
import { NdArray } from './nd-array.js'
import { isTypedArray } from './typed-values.js'

/** Returns a deep copy of arrays, lists and plain objects; functions and class instances are shared. */
export function copyValue<Value>(value: Value): Value {
  return copy(value) as Value
}

function copy(value: unknown): unknown {
  if (value instanceof NdArray) return new NdArray(value.data.slice(), value.shape)
  if (Array.isArray(value)) return value.map(copy)
  if (isTypedArray(value)) return value.slice()
  return isPlainObject(value) ? Object.fromEntries(Object.entries(value).map(([key, entry]) => [key, copy(entry)])) : value
}
