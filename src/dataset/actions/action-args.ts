/** Types and checks of options that several batch actions share. */
import { fail } from '../../errors/index.js'
import { anyOf, listOf, number, type OptionType, option, plainType, string } from '../../options/index.js'
import { describeValue } from '../../util/describe-value.js'
import { NdArray } from '../../util/nd-array.js'
import { arrayOfTyped, isTypedArray } from '../../util/typed-values.js'
import type { Batch } from '../batch/batch.js'
import { hasItems } from '../batch/component.js'

/** The component that an action on images reads and the one it writes. */
export const sourceAndTarget = {
  src: option('the component to read', string, { default: 'images' }),
  dst: option('the component to write; src by default', string, { optional: true }),
}

/** One name, or several. */
export const names = anyOf(string, listOf(string))

/** A number to divide by. */
export const divisor: OptionType<number, number> = plainType({
  allowed: 'a number other than 0',
  schema: { type: 'number', not: { const: 0 } },
  test: value => Number.isFinite(value) && value !== 0,
})

/** A value of this type for all channels, or a list with one per channel. */
export const perChannel = (type = number()) => orArray(anyOf(type, listOf(type)))

/** A type whose lists may be arrays or typed arrays of numbers, as expressions evaluate to; an array of one number stands for the number. */
export function orArray<T extends OptionType>(type: T): T {
  return { ...type, inspect: (value, site) => type.inspect(listed(value), site), fill: value => type.fill(listed(value)) }
}

function listed(given: unknown): unknown {
  const value = isTypedArray(given) ? arrayOfTyped(given) : given
  if (!(value instanceof NdArray)) return value
  return value.data.length === 1 ? value.data[0] : Array.from(value.data)
}

/**
 * The array a batch has under this name.
 *
 * @throws MillraceError `unknown-name` (with a did-you-mean), `component-list` where it is a list
 */
export function sourceArray(batch: Batch<any>, name: string): NdArray {
  const value = batch.get(name) ?? fail('unknown-name', { kind: 'component', seen: name, allowed: batch.componentNames })
  if (value instanceof NdArray) return value
  if (hasItems(value)) return fail('component-list', { name, seen: describeValue(value) })
  return fail('component-value', {
    name,
    of: `a batch of ${batch.length} items`,
    seen: describeValue(value),
    allowed: 'an array of numbers',
  })
}

/** A number per channel. @throws MillraceError `wrong-value` for a list with another number of them */
export function readChannels(name: string, value: number | readonly number[], channels: number): readonly number[] {
  const values = typeof value === 'number' ? [value] : value
  if (values.length === channels) return values
  if (values.length === 1) return Array<number>(channels).fill(values[0]!)
  return fail('wrong-value', { name, seen: describeValue(value), allowed: `a number, or a list of ${channels}, one per channel` })
}
