/** Copies of values: what is changed in one never reaches the other. */
import { clonePlain } from '../../util/json.js'
import { NdArray } from '../../util/nd-array.js'

/** A copy of an array or of plain data; anything else is handed on as it is. */
export function copyValue(value: unknown): unknown {
  return value instanceof NdArray ? new NdArray(value.data.slice(), value.shape) : clonePlain(value)
}
