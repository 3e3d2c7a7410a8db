/** Converts arrays, typed arrays, nested lists and lists of arrays to one array with a shape. */
import { fail } from '../errors/index.js'
import { NdArray, type TypedArray } from '../util/nd-array.js'

/** Numbers in any form: an `NdArray`, a typed array, numbers nested as deep as the shape, or a list of arrays, one per item. */
export type Numbers = NdArray | TypedArray | number | readonly Numbers[] | readonly boolean[]

/** @throws MillraceError `metrics-input` */
export function toNumbers(name: string, value: unknown): NdArray {
  if (value instanceof NdArray) return value
  try {
    return NdArray.from(plain(value), 'float64')
  } catch (error) {
    return fail('metrics-input', { name, seen: error instanceof RangeError ? error.message : String(error) }, {}, error)
  }
}

/** Converts arrays inside lists to lists of numbers: evenly nested numbers of any kind are an array. */
function plain(value: unknown): unknown {
  if (value instanceof NdArray) return value.shape.length === 1 ? value.data : value.toNested()
  return Array.isArray(value) && value.some(item => typeof item === 'object') ? value.map(plain) : value
}
