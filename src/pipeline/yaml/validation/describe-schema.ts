/** JSON Schema in words, for errors: "a whole number from 1", "text or a list of text". */
import type { JsonSchema } from '../../../util/json.js'

const types: Readonly<Record<string, string>> = {
  integer: 'a whole number',
  number: 'a number',
  string: 'text',
  boolean: 'true or false',
  null: 'null',
  array: 'a list',
  object: 'a map',
}

/** What a value of this schema is. */
export function describeSchema(schema: JsonSchema, seen?: unknown): string {
  const alternatives = (schema.anyOf ?? schema.oneOf) as readonly JsonSchema[] | undefined
  if (typeof schema.$comment === 'string') return schema.$comment
  if (alternatives) return joinOr([...new Set(alternatives.map(one => describeSchema(one, seen)))])
  if (Array.isArray(schema.enum)) return joinOr(schema.enum.map(value => `${value}`))
  if (schema.const !== undefined) return `${schema.const}`
  const names = [schema.type].flat().map(type => describeType(type as string, schema, seen))
  return joinOr(names) || 'another value'
}

function describeType(type: string, schema: JsonSchema, seen: unknown): string {
  const { minimum, maximum, exclusiveMinimum, exclusiveMaximum, items, minItems, maxItems, pattern } = schema
  const name = types[type] ?? 'another value'
  if (type === 'integer' || type === 'number') {
    const above = exclusiveMinimum !== undefined ? ` above ${exclusiveMinimum}` : minimum !== undefined ? ` from ${minimum}` : ''
    const below = exclusiveMaximum !== undefined ? ` below ${exclusiveMaximum}` : maximum !== undefined ? ` up to ${maximum}` : ''
    const except = isSchema(schema.not) && schema.not.const !== undefined ? ` other than ${schema.not.const}` : ''
    return name + above + below + except
  }
  if (type === 'string') return pattern ? `text like ${pattern}` : seen === '' ? 'text that is not empty' : name
  if (type === 'object') return isSchema(seen) && Object.keys(seen).length === 0 ? 'a map that is not empty' : name
  if (type !== 'array') return name
  const count = minItems !== undefined && minItems === maxItems ? ` of ${minItems}` : ''
  const inside = isSchema(items) && Object.keys(items).length > 0 ? describeSchema(items) : undefined
  const filled = inside === undefined ? '' : count ? ` (each ${inside})` : ` of ${inside}`
  return `${name}${count}${filled}${Array.isArray(seen) && seen.length === 0 ? ', not empty' : ''}`
}

/** What a value is, in the same words. */
export function describeValue(value: unknown): string {
  if (value === null || value === undefined) return 'nothing (null)'
  if (typeof value === 'string') return `text, ${JSON.stringify(shorten(value))}`
  if (typeof value === 'number' || typeof value === 'boolean') return `${value}`
  if (Array.isArray(value)) return value.length === 0 ? 'an empty list' : `a list of ${value.length}`
  const keys = Object.keys(value as object)
  return keys.length === 0 ? 'an empty map' : `a map of ${shorten(keys.join(', '))}`
}

const shorten = (text: string) => (text.length > 60 ? `${text.slice(0, 57)}…` : text)

function joinOr(words: readonly string[]): string {
  return words.length < 2 ? (words[0] ?? '') : `${words.slice(0, -1).join(', ')} or ${words.at(-1)}`
}

const isSchema = (value: unknown): value is JsonSchema => typeof value === 'object' && value !== null && !Array.isArray(value)
