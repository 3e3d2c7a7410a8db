/** Values per item during evaluation: what follows `L` is applied to each. Outside of expressions they are a plain list. */
import { fail } from '../../../errors/index.js'
import { describeKind } from '../../../util/describe-value.js'
import { NdArray } from '../../../util/nd-array.js'
import { arrayOfTyped, isTypedArray } from '../../../util/typed-values.js'
import { PerItem } from './per-item.js'

export class Items {
  constructor(readonly list: readonly unknown[]) {}
}

/** Applies a function to a value, or to each of several. */
export function each(value: unknown, of: (item: unknown) => unknown): unknown {
  return value instanceof Items ? new Items(value.list.map(of)) : of(value)
}

/** The value as it is outside of expressions. */
export function settled(value: unknown): unknown {
  return value instanceof Items ? value.list : value
}

/** The entries of a value that has one per item, undefined for anything else. */
export function entriesOf(value: unknown): readonly unknown[] | undefined {
  if (Array.isArray(value)) return value
  if (isTypedArray(value)) return Array.from(arrayOfTyped(value).data)
  if (value instanceof PerItem) return Array.from({ length: value.length }, (_, i) => value.at(i))
  if (value instanceof NdArray && value.shape.length > 0) {
    return value.shape.length === 1 ? Array.from(value.data) : Array.from({ length: value.length }, (_, i) => value.item(i))
  }
  return undefined
}

/** The entries of a value, which must have `length` of them. */
export function entriesFor(value: unknown, length: number, name: string): readonly unknown[] {
  const entries = entriesOf(value)
  if (entries?.length === length) return entries
  return fail('not-one-per-item', { name, seen: entries ? `${entries.length} values` : describeKind(value), length })
}
