/** JSON Schema of the configs of models: each key, nested or as a path, by the class of the model. */
import { type AnyOf, type MapOf, noSchema, type Options, type OptionTable, type OptionType } from '../../../options/index.js'
import type { JsonSchema } from '../../../util/json.js'
import type { Registry } from '../registry.js'
import { admitExpressions } from './model-values.js'
import { shareSchemas } from './share-schemas.js'

export interface ModelSchemas {
  readonly definitions: Readonly<Record<string, JsonSchema>>
  /** The action, with the keys of the config that its class takes. */
  readonly initModel: JsonSchema
}

/** The configs of the registry's models. Classes with the same options share one definition, named after the first of them. */
export function modelSchemas({ models }: Registry, initModel: JsonSchema = {}): ModelSchemas {
  const families = new Map<Options, string[]>()
  for (const [name, { configOptions }] of Object.entries(models)) {
    const options = configOptions as Options | undefined
    if (options) families.set(options, [...(families.get(options) ?? []), name])
  }
  const named = [...families].map(([options, names]) => ({
    name: `config-${names[0]}`,
    names,
    schema: admitExpressions(schemaWithPaths(options)),
  }))
  const { schemas, definitions } = shareSchemas(
    named.map(({ schema }) => schema),
    'config',
  )
  const conditions = named.map(({ name, names }) => ({
    if: { anyOf: [oneNamed('modelClass', names), { properties: { config: oneNamed('model', names) }, required: ['config'] }] },
    // biome-ignore lint/suspicious/noThenProperty: the keyword of JSON Schema
    then: { properties: { config: { $ref: `#/definitions/${name}` } } },
  }))
  return {
    definitions: { ...Object.fromEntries(named.map(({ name }, i) => [name, schemas[i]!])), ...definitions },
    initModel: conditions.length > 0 ? { ...initModel, allOf: conditions } : initModel,
  }
}

/** That an object has one of some names under a key. */
const oneNamed = (key: string, names: readonly string[]): JsonSchema => ({
  type: 'object',
  properties: { [key]: { enum: names } },
  required: [key],
})

/** The schema of a type in which levels also take paths to the keys below them. */
function schemaWithPaths(type: OptionType): JsonSchema {
  const { table } = type as Partial<Options>
  const { types } = type as Partial<AnyOf<readonly OptionType[]>>
  const { each } = type as Partial<MapOf>
  if (table) {
    const keys = keysBelow(type)
    const properties = Object.fromEntries(keys.filter(({ isPattern }) => !isPattern).map(({ path, schema }) => [path, schema]))
    const patterns = keys.filter(({ isPattern }) => isPattern).map(({ path, schema }) => [`^${path}$`, schema])
    return { ...type.schema, properties, ...(patterns.length > 0 && { patternProperties: Object.fromEntries(patterns) }) }
  }
  if (types) {
    // What only TypeScript can pass is no alternative in a file.
    const written = types.filter(({ schema }) => schema !== noSchema)
    if (written.length === 1) return schemaWithPaths(written[0]!)
    return written.length === 2 && !written.some(one => one.level) ? type.schema : { anyOf: written.map(schemaWithPaths) }
  }
  return each ? { ...type.schema, additionalProperties: schemaWithPaths(each) } : type.schema
}

interface Key {
  readonly path: string
  /** True if the path contains a name of the user's choice. */
  readonly isPattern: boolean
  readonly schema: JsonSchema
}

/** Every key below a level: its own, and the paths that lead further down. */
function keysBelow(type: OptionType): readonly Key[] {
  const { table } = type as Partial<Options>
  const { types } = type as Partial<AnyOf<readonly OptionType[]>>
  const { each } = type as Partial<MapOf>
  const { parts } = type as { parts?: OptionTable }
  if (types) return types.flatMap(keysBelow)
  if (each) {
    const name = '[^/]+'
    const below = keysBelow(each).map(({ path, schema }) => ({ path: `${name}/${path}`, isPattern: true, schema }))
    return [{ path: name, isPattern: true, schema: schemaWithPaths(each) }, ...below]
  }
  return Object.entries(table ?? parts ?? {}).flatMap(([name, option]) => [
    { path: name, isPattern: false, schema: { ...schemaWithPaths(option.type), description: option.summary } },
    ...keysBelow(option.type).map(key => ({ ...key, path: `${name}/${key.path}` })),
  ])
}
