/** JSON Schema in words, for errors: "an integer of at least 1", "a string or a list of strings". */
import { describeRange, type Range } from '../../../options/index.js'
import type { JsonSchema } from '../../../util/json.js'

const types: Readonly<Record<string, string>> = {
  integer: 'an integer',
  number: 'a number',
  string: 'a string',
  boolean: 'true or false',
  null: 'null',
  array: 'a list',
  object: 'an object',
}

/** Definitions in words. */
const references: Readonly<Record<string, string>> = {
  '#/definitions/action': 'an action',
  '#/definitions/block': 'a list of actions',
}

const UNKNOWN = 'another value'

/** Describes a value of this schema. */
export function describeSchema(schema: JsonSchema, seen?: unknown): string {
  const alternatives = (schema.anyOf ?? schema.oneOf) as readonly JsonSchema[] | undefined
  if (typeof schema.$comment === 'string') return schema.$comment
  if (typeof schema.$ref === 'string') return references[schema.$ref] ?? UNKNOWN
  if (alternatives) return joinOr([...new Set(alternatives.map(one => describeSchema(one, seen)))])
  if (Array.isArray(schema.enum)) return joinOr(schema.enum.map(value => `${value}`))
  if (schema.const !== undefined) return `${schema.const}`
  const names = [schema.type].flat().map(type => describeType(type as string, schema, seen))
  return joinOr(names) || UNKNOWN
}

function describeType(type: string, schema: JsonSchema, seen: unknown): string {
  const {
    minimum: min,
    maximum: max,
    exclusiveMinimum: above,
    exclusiveMaximum: below,
    items,
    minItems,
    maxItems,
    pattern,
    minProperties,
    maxProperties,
  } = schema
  const name = types[type] ?? UNKNOWN
  if (type === 'integer' || type === 'number') {
    const except = isSchema(schema.not) && schema.not.const !== undefined ? ` other than ${schema.not.const}` : ''
    return describeRange(name, { min, max, above, below } as Range) + except
  }
  if (type === 'string') return pattern ? `a string like ${pattern}` : seen === '' ? 'a string that is not empty' : name
  if (type === 'object')
    return maxProperties === 1 && minProperties === 1
      ? 'an object with one key'
      : isEmptyObject(seen)
        ? 'an object that is not empty'
        : name
  if (type !== 'array') return name
  const count = minItems !== undefined && minItems === maxItems ? ` of ${minItems}` : ''
  const inside = isSchema(items) && Object.keys(items).length > 0 ? describeSchema(items) : UNKNOWN
  const filled = inside === UNKNOWN ? '' : count ? ` (each ${inside})` : ` of ${pluralOf(inside)}`
  return `${name}${count}${filled}${Array.isArray(seen) && seen.length === 0 ? ', not empty' : ''}`
}

/** `strings` for `a string`; also for alternatives. */
const pluralOf = (words: string) => words.replace(/(^|, | or )an? (\w+)/g, '$1$2s')

function joinOr(words: readonly string[]): string {
  return words.length < 2 ? (words[0] ?? '') : `${words.slice(0, -1).join(', ')} or ${words.at(-1)}`
}

const isEmptyObject = (value: unknown) => isSchema(value) && Object.keys(value).length === 0

const isSchema = (value: unknown): value is JsonSchema => typeof value === 'object' && value !== null && !Array.isArray(value)
