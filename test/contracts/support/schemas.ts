/** What contract tests derive from a JSON Schema: its options, their defaults, and values that it refuses. */
import { Ajv, type ValidateFunction } from 'ajv'
import { registry } from '../../../src/experiment.js'
import { isExpressionJson } from '../../../src/pipeline/description/expressions/expression-json.js'
import { assembleSchema } from '../../../src/pipeline/description/schema/assemble-schema.js'
import type { JsonSchema, JsonValue } from '../../../src/util/json.js'

const ajv = new Ajv({ strict: false, validateSchema: false, code: { optimize: false } })

/** The schema of a file once expressions are set aside: what values must be. */
const file = assembleSchema(registry, { expressions: false })
ajv.addSchema(file, 'file')

/** Values of every kind: of these, the ones that a schema refuses are wrong for it. */
const candidates: readonly JsonValue[] = ['no such value', '', -1, 1.5, true, null, [], ['a', 1], { nonsense: true }]

/** The properties of an object schema. */
export const optionsOf = (schema: JsonSchema): Readonly<Record<string, JsonSchema>> =>
  (schema.properties ?? {}) as Readonly<Record<string, JsonSchema>>

/** The names an object schema requires. */
export const requiredIn = (schema: JsonSchema): readonly string[] => (schema.required ?? []) as readonly string[]

/** Values of other kinds that a schema refuses; none if it takes anything. */
export function wrongValues(schema: JsonSchema): readonly JsonValue[] {
  return refusedBy(ajv.compile(schema))
}

const known = new Map<string, readonly JsonValue[]>()

/** Values that an option of an action of a file refuses. */
export function wrongInFile(action: string, option: string): readonly JsonValue[] {
  const $ref = `file#/definitions/action-${action}/properties/${option}`
  const values = known.get($ref) ?? refusedBy(ajv.compile({ $ref }))
  known.set($ref, values)
  return values
}

/** The actions that a file may use. */
export const actionsOfFiles: readonly string[] = Object.keys((file.definitions as { action: JsonSchema }).action.properties as object)

const refusedBy = (validate: ValidateFunction) => candidates.filter(value => !isExpressionJson(value) && !validate(value))
