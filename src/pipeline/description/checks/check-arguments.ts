/** Arguments of an action against its schema, when the action is written: what a compiler would say, for those who have none. */
import { type ErrorLocation, fail, listNames } from '../../../errors/index.js'
import { check, failWith, type Options } from '../../../options/index.js'
import type { JsonObject, JsonSchema } from '../../../util/json.js'

interface ArgumentsSchema {
  readonly properties?: Readonly<Record<string, { readonly enum?: readonly unknown[] }>>
  readonly required?: readonly string[]
  readonly additionalProperties?: boolean
  readonly dependentRequired?: Readonly<Record<string, readonly string[]>>
  readonly not?: { readonly required?: readonly string[] }
}

/** The arguments in the order of their row, whatever order they were written in: equal pipelines print the same. */
export function orderArguments(args: JsonObject, { table }: Options): JsonObject {
  const names = Object.keys(table).filter(name => Object.hasOwn(args, name))
  return Object.fromEntries([...new Set([...names, ...Object.keys(args)])].map(name => [name, args[name]!]))
}

/**
 * Checks the arguments of an action of the table. Values that may be expressions are checked where they are used.
 *
 * @throws MillraceError `unknown-option`, `missing-argument`, `wrong-value`, `argument-alone`, `arguments-exclude`
 */
export function checkArguments(action: string, args: JsonObject, takes: Options, location: ErrorLocation): void {
  const [problem] = check(takes, args, { summary: action }).errors
  if (problem) failWith(problem, action, location)
}

/**
 * Checks the options of an action of a batch class: names, what is required, and closed sets of values. Values of other kinds may be
 * expressions, which are checked where they are used.
 *
 * @throws MillraceError `unknown-option`, `missing-argument`, `wrong-value`, `argument-alone`
 */
export function checkOwnArguments(action: string, args: JsonObject, schema: JsonSchema, location: ErrorLocation): void {
  const { properties = {}, required = [], additionalProperties, dependentRequired = {}, not } = schema as ArgumentsSchema
  for (const [name, value] of Object.entries(args)) {
    if (!Object.hasOwn(properties, name)) {
      if (additionalProperties === false) fail('unknown-option', { of: action, seen: name, allowed: Object.keys(properties) }, location)
      continue
    }
    const allowed = properties[name]!.enum
    if (allowed && typeof value !== 'object' && !allowed.includes(value)) {
      fail('wrong-value', { name: `${name} of ${action}`, seen: String(value), allowed: listNames(allowed.map(String)) }, location)
    }
    for (const needs of dependentRequired[name] ?? []) {
      if (!Object.hasOwn(args, needs)) fail('argument-alone', { action, name, needs }, location)
    }
  }
  for (const name of required) if (!Object.hasOwn(args, name)) fail('missing-argument', { action, name }, location)
  const excluded = not?.required ?? []
  if (excluded.length > 1 && excluded.every(name => Object.hasOwn(args, name))) {
    fail('arguments-exclude', { action, names: excluded }, location)
  }
}
