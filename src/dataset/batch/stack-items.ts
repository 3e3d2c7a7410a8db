import type { ComponentValue } from '../../pipeline/description/contracts.js'
import { NdArray } from '../../util/nd-array.js'

/** Stacks arrays of the same shape and dtype to a new array; undefined for anything else. */
export function stackItems(items: readonly unknown[]): NdArray | undefined {
  const [first] = items
  if (!(first instanceof NdArray)) return undefined
  const { dtype, shape } = first
  const isLike = (item: unknown): item is NdArray => item instanceof NdArray && item.dtype === dtype && `${item.shape}` === `${shape}`
  if (!items.every(isLike)) return undefined
  const all = NdArray.zeros([items.length, ...shape], dtype)
  for (const [i, { data }] of items.entries()) all.data.set(data, i * first.data.length)
  return all
}

/** Stacks a list of arrays of the same shape and dtype; returns any other value unchanged. */
export function stacked(value: ComponentValue): ComponentValue {
  return value instanceof NdArray ? value : (stackItems(value) ?? value)
}
