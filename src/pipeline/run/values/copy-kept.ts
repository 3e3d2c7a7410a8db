import { Metrics } from '../../../metrics/index.js'
import { copyValue } from '../../../util/copy-value.js'

/** A copy of what a variable or a config holds: metrics, arrays and plain data. Changing one never changes the other. */
export function copyKept(value: unknown): unknown {
  return value instanceof Metrics ? value.copy() : copyValue(value)
}
