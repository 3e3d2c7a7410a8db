/** Checks that several batch actions share. The words are those of the pipeline's own errors. */
import { fail, listNames } from '../../errors/index.js'
import { describeValue } from '../../util/describe-value.js'
import { NdArray } from '../../util/nd-array.js'
import type { Batch } from '../batch/batch.js'

/**
 * The array a batch has under this name.
 *
 * @throws MillraceError `unknown-name` (with a did-you-mean), `component-value` where it is a list
 */
export function sourceArray(batch: Batch<any>, name: string): NdArray {
  const value = batch.get(name) ?? fail('unknown-name', { kind: 'component', seen: String(name), allowed: batch.componentNames })
  if (value instanceof NdArray) return value
  return fail('component-value', { name, of: `a batch of ${batch.length} items`, seen: 'a list', allowed: 'an array of numbers' })
}

/** @throws MillraceError `wrong-value` unless this is a finite number other than 0 */
export function checkDivisor(name: string, value: unknown): asserts value is number {
  if (typeof value !== 'number' || !Number.isFinite(value) || value === 0) {
    fail('wrong-value', { name, seen: describeValue(value), allowed: 'a finite number other than 0' })
  }
}

/** @throws MillraceError `wrong-value` unless this is one of the values */
export function checkOneOf<Value extends string>(name: string, value: unknown, allowed: readonly Value[]): asserts value is Value {
  if (!allowed.includes(value as Value)) fail('wrong-value', { name, seen: describeValue(value), allowed: listNames(allowed) })
}

/** A number for each channel: one number for all, or a list of as many. @throws MillraceError `wrong-value` */
export function readChannels(name: string, value: unknown, channels: number): readonly number[] {
  const values = Array.isArray(value) ? (value as readonly number[]) : [value as number]
  const fits = values.length === 1 || values.length === channels
  if (fits && values.every(Number.isFinite)) return values.length === channels ? values : Array<number>(channels).fill(values[0]!)
  return fail('wrong-value', {
    name,
    seen: describeValue(value),
    allowed: `a finite number, or a list of ${channels}, one for each channel`,
  })
}
