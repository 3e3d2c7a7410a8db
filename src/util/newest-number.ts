import { NdArray } from './nd-array.js'

/** The newest number a variable holds: itself, or the last one of a list; null where there is none. */
export function newestNumber(value: unknown): number | null {
  if (typeof value === 'number') return value
  if (value instanceof NdArray) return value.data.at(-1) ?? null
  if (Array.isArray(value)) return value.length === 0 ? null : newestNumber(value.at(-1))
  return ArrayBuffer.isView(value) && !(value instanceof DataView) ? ((value as Float32Array).at(-1) ?? null) : null
}
