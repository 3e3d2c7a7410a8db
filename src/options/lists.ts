import type { OptionType, ValueOf, WrittenOf } from './option-type.js'
import { joinOr } from './words.js'

export interface Length {
  /** Default 1: an empty list is allowed by `min: 0`. */
  readonly min?: number
  readonly max?: number
}

/**
 * A list of any number of items of one type.
 *
 * @example
 * listOf(integer({ min: 1 })).allowed // 'a list, each an integer of at least 1'
 */
export function listOf<T extends OptionType>(
  item: T,
  { min = 1, max }: Length = {},
): OptionType<readonly ValueOf<T>[], readonly WrittenOf<T>[]> {
  const count = max === undefined ? (min > 1 ? ` of at least ${min}` : '') : min === max ? ` of ${max}` : ` of ${min} to ${max}`
  const allowed = item.allowed === 'any value' ? `a list${count}` : `a list${count}, each ${item.allowed}`
  return {
    allowed,
    names: [],
    schema: {
      type: 'array',
      items: item.schema,
      ...(min > 0 && { minItems: min }),
      ...(max !== undefined && { maxItems: max }),
    },
    inspect: (value, site) => {
      if (!Array.isArray(value) || value.length < min || value.length > (max ?? Infinity)) site.reportValue(value, { allowed, names: [] })
      else for (const [i, one] of value.entries()) item.inspect(one, site.below(i))
    },
    fill: (value: readonly unknown[]) => value.map(item.fill),
    hasShape: value => Array.isArray(value) && value.length >= min,
  }
}

/**
 * A list with one type per item.
 *
 * @example
 * tuple([integer(), integer()]) // OptionType<readonly [number, number]>
 */
export function tuple<const T extends readonly OptionType[]>(
  items: T,
): OptionType<{ readonly [I in keyof T]: ValueOf<T[I]> }, { readonly [I in keyof T]: WrittenOf<T[I]> }> {
  const allowed = `a list of ${items.length}: ${joinOr([...new Set(items.map(item => item.allowed))])}`
  return {
    allowed,
    names: [],
    schema: { type: 'array', items: items.map(item => item.schema), minItems: items.length, maxItems: items.length },
    inspect: (value, site) => {
      if (!Array.isArray(value) || value.length !== items.length) site.reportValue(value, { allowed, names: [] })
      else for (const [i, item] of items.entries()) item.inspect(value[i], site.below(i))
    },
    fill: (value: readonly unknown[]) => items.map((item, i) => item.fill(value[i])) as never,
    hasShape: value => Array.isArray(value) && value.length === items.length,
  }
}
