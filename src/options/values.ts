/** Types of values without parts. */
import type { JsonSchema } from '../util/json.js'
import { type OptionType, plainType } from './option-type.js'
import { joinOr } from './words.js'

/** True or false. */
export const boolean: OptionType<boolean, boolean> = plainType({
  allowed: 'true or false',
  schema: { type: 'boolean' },
  test: value => typeof value === 'boolean',
})

/** A string that is not empty. */
export const string: OptionType<string, string> = plainType({
  allowed: 'a string that is not empty',
  schema: { type: 'string', minLength: 1 },
  test: value => typeof value === 'string' && value !== '',
})

/** A string, which may be empty. */
export const text: OptionType<string, string> = plainType({
  allowed: 'a string',
  schema: { type: 'string' },
  test: value => typeof value === 'string',
})

/** Whatever the user writes: a value of their own, or one that is checked where it is used. */
export const anything: OptionType<unknown, unknown> = plainType({ allowed: 'any value', schema: {}, test: () => true })

type Literal = string | number | boolean | null

/**
 * One of a closed set of values.
 *
 * @example
 * oneOf(['same', 'valid']).allowed // 'same or valid'
 */
export function oneOf<const V extends Literal>(values: readonly V[]): OptionType<V, V> {
  return plainType({
    allowed: joinOr(values.map(String)),
    schema: values.length === 1 ? { const: values[0] } : { enum: values },
    test: value => values.includes(value as V),
    names: values.filter(value => typeof value === 'string'),
  })
}

/** Refuses everything. */
export const noSchema: JsonSchema = { not: {} }

/**
 * A value that only TypeScript can supply, such as a function or an object of tfjs. A YAML file cannot write it, so the schema refuses
 * everything.
 *
 * @example
 * live<() => void>('a function', value => typeof value === 'function')
 */
export function live<Value>(allowed: string, test: (value: unknown) => boolean): OptionType<Value, Value> {
  return plainType({ allowed, schema: noSchema, test })
}

/** What another schema says, by `$ref`. Whoever resolves the reference checks it; here anything passes that has the `test`. */
export function reference<Value>($ref: string, allowed: string, test: (value: unknown) => boolean = () => true): OptionType<Value, Value> {
  return plainType({ allowed, schema: { $ref }, test })
}
