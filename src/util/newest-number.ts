import { NdArray } from './nd-array.js'

/** Returns the newest number of a variable: itself, or the last one of a list; null if there is none. */
export function newestNumber(value: unknown): number | null {
  if (typeof value === 'number') return value
  if (value instanceof NdArray) return value.data.at(-1) ?? null
  if (Array.isArray(value)) return value.length === 0 ? null : newestNumber(value.at(-1))
  return ArrayBuffer.isView(value) && !(value instanceof DataView) ? ((value as Float32Array).at(-1) ?? null) : null
}
