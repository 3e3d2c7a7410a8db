/** Types of arguments of actions: those that options alone cannot say. */
import {
  anyOf,
  anything,
  listOf,
  mapOf,
  type OptionType,
  oneOf,
  option,
  plainType,
  reference,
  string,
  type ValueOf,
  type WrittenOf,
} from '../../options/index.js'
import { isPlainObject, type JsonValue } from '../../util/json.js'
import type { NameUse } from './action-row.js'
import { type FactsOf, namesIn } from './component-facts.js'
import type { ActionSpec } from './content/pipeline-spec.js'
import { isExpressionJson } from './expressions/expression-json.js'
import { LIVE } from './expressions/operations.js'
import { type SaveMode, saveModes } from './expressions/save-mode.js'

/** An argument that may be an expression: it is evaluated each time the action runs, and its value is checked. */
export interface Evaluated<T extends OptionType = OptionType> extends OptionType<ValueOf<T>, WrittenOf<T> | object> {
  readonly evaluated: T
}

/**
 * A value of a type, or an expression for one. Handlers read the value.
 *
 * @example
 * option('how often', evaluated(integer({ min: 0 })))
 */
export function evaluated<T extends OptionType>(type: T): Evaluated<T> {
  return {
    ...type,
    evaluated: type,
    // In a file, one of a closed set of names is written as it is.
    schema: type.names.length > 0 ? type.schema : { anyOf: [type.schema, { type: 'object', $comment: 'an expression' }] },
    inspect: (value, site) => {
      if (!isExpressionJson(value)) type.inspect(value, site)
    },
    fill: value => value,
    level: undefined,
  }
}

/** A list of actions inside an action. */
export const block = reference<readonly ActionSpec[]>(
  '#/definitions/block',
  'a list of actions',
  value => Array.isArray(value) && value.length > 0 && value.every(isPlainObject),
)

/** The path of a folder. */
export const folder: OptionType<string, string> = { ...string, allowed: 'a path' }

/** Where values are saved: an expression, or lists and maps of them. */
export const destination: OptionType<JsonValue, JsonValue> = plainType({
  allowed: 'a destination',
  schema: { anyOf: [{ type: 'object' }, { type: 'array', items: { type: ['object', 'array'], $comment: 'destinations' }, minItems: 1 }] },
  test: value => typeof value === 'object' && value !== null,
})

/** A function, lock or other thing that only TypeScript can name: represented by its name. */
export const bound: OptionType<JsonValue, JsonValue> = plainType({
  allowed: 'a thing bound from TypeScript',
  schema: { type: 'object', properties: { [LIVE]: {} }, required: [LIVE] },
  test: value => isPlainObject(value) && Object.hasOwn(value, LIVE),
})

/** What a model is fed: input name → expression. */
export const feed = mapOf(anything as OptionType<JsonValue, JsonValue>, 'a map of inputs that is not empty', { min: 1 })

/** One name, or a list of them. */
export const names = anyOf(string, listOf(string))

export const saveTo = option(
  'where it is saved: !V name, !B component, an item of one, or a list or map with a destination for each part',
  destination,
  { optional: true },
)

export const mode = option(
  'how it is saved; a mode of its destination comes first',
  evaluated(oneOf<SaveMode>([...saveModes, 'w', 'a', 'e', 'u'])),
  {
    default: 'write',
  },
)

/** Names of other pipelines. */
export const pipelines = listOf(string)

export const pipelineUses = ({ pipelines }: { readonly pipelines: readonly string[] }): readonly NameUse[] =>
  (Array.isArray(pipelines) ? pipelines : []).map((name, i) => ({ kind: 'pipeline', name, path: ['pipelines', i] }))

/** The components of a batch made from others. */
export const kept = option('the components that are kept; all without it', listOf(string), { optional: true })

/** Of a batch made from others: those that are kept must be there, and no others are afterwards. */
export const keptComponents: FactsOf = ({ components }) => {
  const kept = namesIn(components, ['components'])
  return components === undefined ? {} : { reads: kept, keeps: kept.map(({ name }) => name) }
}
