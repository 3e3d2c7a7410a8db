/** Copies of values: what is changed in one never reaches the other. */
import { Metrics } from '../../../metrics/index.js'
import { clonePlain } from '../../../util/json.js'
import { NdArray } from '../../../util/nd-array.js'

/** A copy of an array, of metrics or of plain data; anything else is handed on as it is. */
export function copyValue(value: unknown): unknown {
  if (value instanceof Metrics) return value.copy()
  return value instanceof NdArray ? new NdArray(value.data.slice(), value.shape) : clonePlain(value)
}
