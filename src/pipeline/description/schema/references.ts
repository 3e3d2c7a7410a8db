/** JSON Schema of references for editors: `${path}` may replace any number, list or map. */
import type { JsonSchema } from '../../../util/json.js'

/** A string that is one reference, or empty: what `!delete` is to editors. */
const WHOLE = '^$|^\\$\\{.*\\}$'

/** The definition `#/definitions/reference`. */
export const reference: JsonSchema = { type: 'string', pattern: WHOLE, description: 'a value by its path: ${vars.name}' }

/** The schema with references admitted in every property and item, and these definitions added as they are. */
export function withReferences(schema: JsonSchema, definitions: Readonly<Record<string, JsonSchema>>): JsonSchema {
  const own = Object.entries((schema.definitions ?? {}) as Readonly<Record<string, JsonSchema>>)
  return { ...walk(schema), definitions: { ...definitions, ...Object.fromEntries(own.map(([key, value]) => [key, walk(value)])) } }
}

function walk(schema: JsonSchema): JsonSchema {
  const { properties, items, additionalProperties, patternProperties, anyOf, allOf, then } = schema
  const each = (some: object) => Object.fromEntries(Object.entries(some).map(([key, one]) => [key, admit(one as JsonSchema)]))
  const walked: Record<string, unknown> = { ...schema }
  if (isSchema(properties)) walked.properties = each(properties)
  if (isSchema(patternProperties)) walked.patternProperties = each(patternProperties)
  if (isSchema(items)) walked.items = admit(items)
  if (isSchema(additionalProperties)) walked.additionalProperties = admit(additionalProperties)
  if (Array.isArray(anyOf)) walked.anyOf = anyOf.map(one => walk(one as JsonSchema))
  if (Array.isArray(allOf)) walked.allOf = allOf.map(one => walk(one as JsonSchema))
  // biome-ignore lint/suspicious/noThenProperty: the keyword of JSON Schema
  if (isSchema(then)) walked.then = walk(then)
  return walked
}

function admit(schema: JsonSchema): JsonSchema {
  const { description, default: value, ...rest } = schema
  const { type, anyOf, $ref } = rest
  const ref = { $ref: '#/definitions/reference' }
  if (Array.isArray(anyOf)) return { ...schema, anyOf: [...anyOf.map(branch => walk(branch as JsonSchema)), ref] }
  if (type === 'string' && rest.pattern !== undefined) return withReferencesInside(schema)
  if ($ref !== undefined || type === 'string' || (type === undefined && schema.enum === undefined)) return walk(schema)
  return {
    ...(description === undefined ? {} : { description }),
    ...(value === undefined ? {} : { default: value }),
    anyOf: [walk(rest), ref],
  }
}

/** A string of a form: with a reference inside, its form is not known yet. */
const withReferencesInside = (schema: JsonSchema): JsonSchema => ({ ...schema, pattern: `${schema.pattern as string}|\\$\\{` })

/** An object or a list in whose place a reference may stand; and nothing, if `isOptional`: `- flip:`. */
export function orReference(schema: JsonSchema, isOptional = false): JsonSchema {
  const { anyOf, description } = schema
  const alternatives = Array.isArray(anyOf) ? (anyOf as readonly JsonSchema[]) : [schema]
  return {
    ...(description !== undefined && { description }),
    anyOf: [...alternatives, ...(isOptional ? [{ type: 'null' }] : []), { $ref: '#/definitions/reference' }],
  }
}

const isSchema = (value: unknown): value is JsonSchema => typeof value === 'object' && value !== null && !Array.isArray(value)
