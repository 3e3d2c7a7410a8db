import type { JsonSchema } from '../util/json.js'
import type { OptionType, ValueOf, WrittenOf } from './option-type.js'
import { Site } from './site.js'
import { noSchema, oneOf } from './values.js'

export interface AnyOf<T extends readonly OptionType[]> extends OptionType<ValueOf<T[number]>, WrittenOf<T[number]>> {
  readonly types: T
}

/**
 * One of several types. For a value with the shape of one of them, a list or a map, the problems inside it are reported; for any other
 * value everything that is allowed.
 *
 * @example
 * anyOf(integer({ min: 1 }), oneOf([null])).allowed // 'an integer of at least 1, or null'
 */
export function anyOf<const T extends readonly OptionType[]>(...types: T): AnyOf<T> {
  const allowed = types.map(type => type.allowed).join(', or ')
  const names = types.flatMap(type => type.names)
  /** The first type without a problem. */
  const fitting = (value: unknown, site: Site) => {
    for (const type of types) {
      const attempt = site.apart()
      type.inspect(value, attempt)
      if (attempt.isClean) return { type, attempt }
    }
    return undefined
  }
  return {
    types,
    allowed,
    names,
    schema: anySchema(types.map(type => type.schema)),
    inspect: (value, site) => {
      const found = fitting(value, site)
      const meant = found ? undefined : types.find(type => type.hasShape(value))
      if (found) site.adopt(found.attempt)
      else if (meant) meant.inspect(value, site)
      else site.reportValue(value, { allowed, names })
    },
    fill: value => (fitting(value, new Site(false, ''))?.type ?? types[0]!).fill(value),
    hasShape: value => types.some(type => type.hasShape(value)),
    level: types.find(type => type.level)?.level,
  }
}

/**
 * A value or null.
 *
 * @example
 * nullable(integer({ min: 1 }), 'for endless').allowed // 'an integer of at least 1, or null for endless'
 */
export function nullable<T extends OptionType>(type: T, meaning?: string): AnyOf<readonly [T, OptionType<null, null>]> {
  const nothing = oneOf([null])
  const either = anyOf(type, meaning === undefined ? nothing : { ...nothing, allowed: `null ${meaning}` })
  // Also of a type that reads null as something of its own.
  return { ...either, fill: value => (value === null ? null : type.fill(value)) }
}

/** What a file may write. `type: [integer, null]` where one word of a type says it, which makes for shorter errors in editors. */
function anySchema(all: readonly JsonSchema[]): JsonSchema {
  const schemas = all.filter(schema => schema !== noSchema)
  const [first, second] = schemas
  const isNullable = schemas.length === 2 && typeof first!.type === 'string' && second!.const === null
  if (isNullable) return { ...first, type: [first!.type, 'null'] }
  return schemas.length === 1 ? first! : { anyOf: schemas }
}
