/** Evaluates a condition: the truth of one value, as in JavaScript. */
import { fail } from '../../../errors/index.js'
import { describeKind } from '../../../util/describe-value.js'
import { NdArray } from '../../../util/nd-array.js'
import { arrayOfTyped, isTypedArray } from '../../../util/typed-values.js'

/** @throws MillraceError `wrong-value` for several values at once */
export function isTruthy(given: unknown): boolean {
  const value = isTypedArray(given) ? arrayOfTyped(given) : given
  if (value instanceof NdArray && value.data.length === 1) return value.data[0] !== 0
  if (typeof value !== 'object' || value === null) return Boolean(value)
  const allowed = 'one value: a number, true or false, a string, or null'
  return fail('wrong-value', { name: 'a condition', seen: describeKind(value), allowed })
}
