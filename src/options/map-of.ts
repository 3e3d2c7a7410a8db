import { isPlainObject } from '../util/json.js'
import { isForbiddenKey } from '../util/paths.js'
import { inspectKeys } from './inspect-keys.js'
import type { Level, OptionType, ValueOf, WrittenOf } from './option-type.js'

/** How many keys a map has. */
interface Length {
  readonly min?: number
  readonly max?: number
}

/** A map whose keys the user chooses. */
export interface MapOf<T extends OptionType = OptionType>
  extends OptionType<Readonly<Record<string, ValueOf<T>>>, Readonly<Record<string, WrittenOf<T>>>> {
  readonly each: T
}

/**
 * Names that the user chooses, each with a value of one type.
 *
 * @example
 * mapOf(anything, 'input name → expression')
 */
export function mapOf<T extends OptionType>(each: T, allowed = 'a map of names', { min = 0, max }: Length = {}): MapOf<T> {
  const level: Level = {
    keys: [],
    entry: key => (isForbiddenKey(key) ? undefined : { name: key, summary: '', type: each }),
  }
  const isMap = (value: unknown): value is Record<string, unknown> =>
    isPlainObject(value) && Object.keys(value).length >= min && Object.keys(value).length <= (max ?? Infinity)
  return {
    each,
    allowed,
    names: [],
    schema: {
      type: 'object',
      additionalProperties: each.schema,
      ...(min > 0 && { minProperties: min }),
      ...(max !== undefined && { maxProperties: max }),
    },
    inspect: (value, site) => {
      if (isMap(value)) inspectKeys(value, level, site)
      else site.reportValue(value, { allowed, names: [] })
    },
    fill: (value: Readonly<Record<string, unknown>>) =>
      Object.fromEntries(Object.entries(value).map(([key, one]) => [key, each.fill(one)])) as never,
    hasShape: isMap,
    level,
  }
}
