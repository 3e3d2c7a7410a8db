/** Joins items of several sources, one after the other. */
import { isDeepStrictEqual } from 'node:util'
import { fail } from '../../errors/index.js'
import type { ComponentValue } from '../../pipeline/description/contracts.js'
import { describeValue } from '../../util/describe-value.js'
import { allocate, NdArray, sizeOf } from '../../util/nd-array.js'
import { hasItems } from './component.js'

/**
 * Returns one value with the items of several: arrays, lists, or, if the component may be a list, a list of the items of both. A copy. One value
 * for all items must be the same in each.
 *
 * @throws MillraceError `join-mismatch` if arrays differ in dtype or in the shape of an item, or are mixed with lists
 */
export function joinItems(name: string, values: readonly ComponentValue[], mayBeList = false): ComponentValue {
  const [first] = values
  const single = values.find(value => !hasItems(value))
  if (single !== undefined) {
    const other = values.find(value => !isDeepStrictEqual(value, single))
    return other === undefined ? single : refuse(name, single, other)
  }
  if (mayBeList && !values.every(value => value instanceof NdArray && isLike(value, first))) return values.flatMap(entriesOf)
  if (!(first instanceof NdArray)) {
    const other = values.find(value => value instanceof NdArray)
    if (other !== undefined) refuse(name, first ?? [], other)
    return values.flatMap(value => value as readonly unknown[])
  }
  const shape = [0, ...first.shape.slice(1)]
  for (const value of values) {
    if (!(value instanceof NdArray) || !isLike(value, first)) return refuse(name, first, value)
    shape[0]! += value.length
  }
  const data = allocate(first.dtype, sizeOf(shape))
  let filled = 0
  for (const value of values as readonly NdArray[]) {
    data.set(value.data, filled)
    filled += value.data.length
  }
  return new NdArray(data, shape)
}

/** True if both are arrays whose items can be joined. */
function isLike(value: NdArray, first: ComponentValue | undefined): boolean {
  return first instanceof NdArray && value.dtype === first.dtype && `${value.shape.slice(1)}` === `${first.shape.slice(1)}`
}

function entriesOf(value: ComponentValue): readonly unknown[] {
  if (!(value instanceof NdArray)) return value
  return Array.from({ length: value.length }, (_, i) => {
    const { data, shape } = value.item(i)
    return new NdArray(data.slice(), shape)
  })
}

function refuse(name: string, first: ComponentValue, second: ComponentValue): never {
  return fail('join-mismatch', { name, first: describeItems(first), second: describeItems(second) })
}

function describeItems(value: ComponentValue): string {
  if (!hasItems(value)) return describeValue(value)
  return value instanceof NdArray ? `${value.dtype} items of shape [${value.shape.slice(1).join(', ')}]` : 'a list'
}
