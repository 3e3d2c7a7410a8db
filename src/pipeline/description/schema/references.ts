/** JSON Schema of references for editors: `${path}` may replace any number, list or map. */
import type { JsonSchema } from '../../../util/json.js'

/** The definition `#/definitions/reference`. */
export const reference: JsonSchema = { type: 'string', pattern: '^\\$\\{[^{}]*\\}$', description: 'a value by its path: ${vars.name}' }

/** The schema with references admitted in every property and item, and these definitions added as they are. */
export function withReferences(schema: JsonSchema, definitions: Readonly<Record<string, JsonSchema>>): JsonSchema {
  const own = Object.entries((schema.definitions ?? {}) as Readonly<Record<string, JsonSchema>>)
  return { ...walk(schema), definitions: { ...definitions, ...Object.fromEntries(own.map(([key, value]) => [key, walk(value)])) } }
}

function walk(schema: JsonSchema): JsonSchema {
  const { properties, items, additionalProperties } = schema
  const walked: Record<string, unknown> = { ...schema }
  if (isSchema(properties)) {
    walked.properties = Object.fromEntries(Object.entries(properties).map(([key, property]) => [key, admit(property as JsonSchema)]))
  }
  if (isSchema(items)) walked.items = admit(items)
  if (isSchema(additionalProperties)) walked.additionalProperties = admit(additionalProperties)
  return walked
}

function admit(schema: JsonSchema): JsonSchema {
  const { description, default: value, ...rest } = schema
  const { type, anyOf, $ref } = rest
  const ref = { $ref: '#/definitions/reference' }
  if (Array.isArray(anyOf)) return { ...schema, anyOf: [...anyOf.map(branch => walk(branch as JsonSchema)), ref] }
  if ($ref !== undefined || type === 'string' || (type === undefined && schema.enum === undefined)) return walk(schema)
  return {
    ...(description === undefined ? {} : { description }),
    ...(value === undefined ? {} : { default: value }),
    anyOf: [walk(rest), ref],
  }
}

const isSchema = (value: unknown): value is JsonSchema => typeof value === 'object' && value !== null && !Array.isArray(value)
