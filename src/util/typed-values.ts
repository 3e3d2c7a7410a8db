/** Typed arrays of every kind that JavaScript has, as arrays of the types that `NdArray` holds. */
import { dtypeOf, type TypedArray } from './dtypes.js'
import { NdArray } from './nd-array.js'

/** A typed array of JavaScript's, of any element type. */
export type AnyTypedArray = TypedArray | Uint8ClampedArray | BigInt64Array | BigUint64Array

export function isTypedArray(value: unknown): value is AnyTypedArray {
  return ArrayBuffer.isView(value) && !(value instanceof DataView)
}

/**
 * Returns a typed array as an `NdArray` of one axis, without a copy where the type is one of `NdArray`'s. Clamped bytes are uint8, half
 * precision is float32, 64-bit integers are float64.
 *
 * @throws TypeError for an integer beyond 2⁵³
 */
export function arrayOfTyped(typed: AnyTypedArray): NdArray {
  return new NdArray(numbersOf(typed), [typed.length])
}

function numbersOf(typed: AnyTypedArray): TypedArray {
  if (typed instanceof Uint8ClampedArray) return new Uint8Array(typed.buffer, typed.byteOffset, typed.length)
  if (typed instanceof BigInt64Array || typed instanceof BigUint64Array) return Float64Array.from(typed as Iterable<bigint>, exactNumber)
  try {
    dtypeOf(typed)
    return typed
  } catch {
    return Float32Array.from(typed as ArrayLike<number>)
  }
}

function exactNumber(integer: bigint): number {
  const number = Number(integer)
  if (Number.isSafeInteger(number)) return number
  throw new TypeError(`the integer ${integer} has no exact float64: at most ±(2⁵³ − 1) are allowed`)
}
