/** What holds and what does not, where a condition decides: one value, as JavaScript has it. */
import { fail } from '../../../errors/index.js'
import { NdArray } from '../../../util/nd-array.js'
import { describeKind } from './attributes.js'

/** @throws MillraceError `wrong-value` for several values at once */
export function holds(value: unknown): boolean {
  if (value instanceof NdArray && value.data.length === 1) return value.data[0] !== 0
  if (typeof value !== 'object' || value === null) return Boolean(value)
  const allowed = 'one value: a number, true or false, text, or null'
  return fail('wrong-value', { name: 'a condition', seen: describeKind(value), allowed })
}
