/** Shares what occurs in a JSON Schema several times as one definition. */
import type { JsonSchema } from '../../../util/json.js'

type Schemas = Readonly<Record<string, JsonSchema>>
/** `isValue` is true of the schema of a property's or an item's value, false of an alternative. */
type Change = (schema: JsonSchema, key: string, isValue: boolean) => JsonSchema

/** The schema with each schema inside it changed. */
export function mapSchemas(schema: JsonSchema, change: Change): JsonSchema {
  const { properties, patternProperties, additionalProperties: others, items, anyOf } = schema
  const all = (some: unknown) => Object.fromEntries(Object.entries(some as Schemas).map(([key, one]) => [key, change(one, key, true)]))
  const each = (some: unknown[], isValue: boolean) => some.map(one => change(one as JsonSchema, 'value', isValue))
  return {
    ...schema,
    ...(properties !== undefined && { properties: all(properties) }),
    ...(patternProperties !== undefined && { patternProperties: all(patternProperties) }),
    ...(typeof others === 'object' && { additionalProperties: change(others as JsonSchema, 'named', true) }),
    ...(items !== undefined && { items: Array.isArray(items) ? each(items, false) : change(items as JsonSchema, 'item', true) }),
    ...(Array.isArray(anyOf) && { anyOf: each(anyOf, false) }),
  }
}

/** A shorter schema is written where it is used. */
const SHORT = 80

/**
 * The schemas with a reference for what occurs in them more than once. Each definition is named after the first key it is the
 * value of.
 */
export function shareSchemas(
  schemas: readonly JsonSchema[],
  prefix: string,
): { readonly schemas: readonly JsonSchema[]; readonly definitions: Schemas } {
  const counts = new Map<string, number>()
  const count = (schema: JsonSchema): JsonSchema => {
    const written = JSON.stringify(schema)
    counts.set(written, (counts.get(written) ?? 0) + 1)
    return counts.get(written) === 1 ? mapSchemas(schema, count) : schema
  }
  const definitions: Record<string, JsonSchema> = {}
  const names = new Map<string, string>()
  const share = (schema: JsonSchema, key: string): JsonSchema => {
    const written = JSON.stringify(schema)
    if (written.length <= SHORT || counts.get(written)! < 2) return mapSchemas(schema, share)
    if (!names.has(written)) {
      const name = freeName(`${prefix}-${key.split('/').at(-1)!.replace(/\W/g, '')}`, definitions)
      names.set(written, name)
      definitions[name] = {}
      definitions[name] = mapSchemas(schema, share)
    }
    return { $ref: `#/definitions/${names.get(written)}` }
  }
  for (const schema of schemas) count(schema)
  return { schemas: schemas.map(schema => mapSchemas(schema, share)), definitions }
}

function freeName(name: string, taken: Schemas): string {
  for (let i = 1; ; i++) {
    const free = i === 1 ? name : `${name}-${i}`
    if (!Object.hasOwn(taken, free)) return free
  }
}
