/** JSON Schema of actions: one definition each, one-key objects over all of them. */
import type { JsonSchema } from '../../../util/json.js'
import type { ActionRow } from '../action-row.js'
import { actionTable } from '../action-table.js'
import type { Evaluated } from '../arguments.js'
import { toOwnName } from '../content/own-actions.js'
import { destinationArguments, rowOf } from '../content/visit-actions.js'
import { expressionRef } from '../expressions/letter-values.js'
import type { Registry } from '../registry.js'
import { destinationRef } from './expression-schemas.js'
import { orReference } from './references.js'

export interface ActionSchemas {
  /** `#/definitions/<key>` of each. */
  readonly definitions: Readonly<Record<string, JsonSchema>>
  /** Schema of one item of a list of actions, and of such a list inside an action. */
  readonly item: JsonSchema
}

/** The actions of the table, and those of every batch class. With `expressions`, they are admitted where they are allowed. */
export function actionSchemas(registry: Registry, expressions: boolean): ActionSchemas {
  const table = Object.entries(actionTable as Record<string, ActionRow>)
    .filter(([, { needsLive }]) => !needsLive)
    .map(
      ([name, { args, summary }]) =>
        [name, { description: summary, ...(expressions ? withDestinations(name, args.schema) : args.schema) }] as const,
    )
  const variants = new Map<string, JsonSchema[]>()
  for (const { actions } of batchClasses(registry)) {
    for (const [key, { schema, summary }] of Object.entries(actions)) {
      const name = toOwnName(key)
      const full = { description: summary, ...(expressions ? withExpressions(schema) : schema) }
      const known = variants.get(name) ?? []
      if (!known.some(other => JSON.stringify(other) === JSON.stringify(full))) known.push(full)
      variants.set(name, known)
    }
  }
  // In an editor the name alone stands for either: which one depends on the dataset.
  const shared = (name: string, schema: JsonSchema): JsonSchema =>
    expressions && variants.has(toOwnName(name)) ? { anyOf: [...variants.get(toOwnName(name))!, schema] } : schema
  const own = [...variants].map(([name, schemas]) => [name, schemas.length === 1 ? schemas[0]! : { anyOf: schemas }] as const)
  const all = Object.fromEntries([...own, ...table.map(([name, schema]) => [name, shared(name, schema)] as const)])
  const open = expressions ? orReference : (schema: JsonSchema) => schema
  return {
    definitions: {
      ...Object.fromEntries(Object.entries(all).map(([name, schema]) => [`action-${name}`, open(toDraft07(schema), needsNothing(schema))])),
      action: open(oneKey(Object.keys(all))),
      block: open({ type: 'array', items: itemRef, minItems: 1 }),
    },
    item: itemRef,
  }
}

const needsNothing = ({ required = [], anyOf = [] }: JsonSchema): boolean =>
  (required as readonly string[]).length === 0 && (anyOf as readonly JsonSchema[]).every(needsNothing)

const itemRef: JsonSchema = { $ref: '#/definitions/action' }

const oneKey = (names: readonly string[]): JsonSchema => ({
  type: 'object',
  description: 'one action: its name is the only key, its arguments the value',
  properties: Object.fromEntries(names.map(name => [name, { $ref: `#/definitions/action-${name}` }])),
  minProperties: 1,
  maxProperties: 1,
  additionalProperties: false,
})

/** The batch classes of the registry's open sets, each once. */
export function batchClasses(registry: Registry) {
  return [...new Set(Object.values(registry.opensets).map(({ batchClass }) => batchClass))]
}

/** Every argument of a batch action may be an expression. */
function withExpressions(schema: JsonSchema): JsonSchema {
  return mapProperties(schema, property => (isEmpty(property) ? property : { ...noted(property), anyOf: [property, expressionRef] }))
}

/** Results are saved only to expressions; an evaluated argument may be one. */
function withDestinations(name: string, schema: JsonSchema): JsonSchema {
  const table = rowOf(name)!.args.table
  const destinations = destinationArguments(name)
  return mapProperties(schema, (property, key) => {
    if (destinations.includes(key)) return { ...noted(property), allOf: [destinationRef] }
    const { type } = table[key]!
    return 'evaluated' in type ? { ...noted(property), anyOf: [(type as Evaluated).evaluated.schema, expressionRef] } : property
  })
}

function mapProperties(schema: JsonSchema, change: (property: JsonSchema, key: string) => JsonSchema): JsonSchema {
  const properties = (schema.properties ?? {}) as Readonly<Record<string, JsonSchema>>
  return { ...schema, properties: Object.fromEntries(Object.entries(properties).map(([key, property]) => [key, change(property, key)])) }
}

const isEmpty = ({ description, default: _, ...rest }: JsonSchema) => Object.keys(rest).length === 0

function noted({ description, default: value }: JsonSchema): JsonSchema {
  return { ...(description === undefined ? {} : { description }), ...(value === undefined ? {} : { default: value }) }
}

/** `dependentRequired` in terms of draft 7, which editors know. */
export function toDraft07({ dependentRequired, ...schema }: JsonSchema): JsonSchema {
  return dependentRequired === undefined ? schema : { ...schema, dependencies: dependentRequired }
}
