/** Checks of live things passed to a description, made where they are passed. */
import { fail } from '../errors/index.js'
import { describeKind } from '../util/describe-value.js'
import { isPlainObject } from '../util/json.js'
import { callSite } from './call-site.js'
import type { VariableOptions } from './pipeline-types.js'

/** @throws MillraceError `wrong-value`, with the line that passed it, unless the thing is of the kind */
export function checkKind(thing: unknown, isKind: (thing: unknown) => boolean, name: string, allowed: string): void {
  if (isKind(thing)) return
  const source = callSite()
  fail('wrong-value', { name, seen: describeKind(thing), allowed }, source && { source })
}

/** True if it can be a class or be called: an object or a function. */
export function isThing(thing: unknown): thing is object {
  return typeof thing === 'function' || (typeof thing === 'object' && thing !== null)
}

/** Options as they were passed. @throws MillraceError `wrong-value` unless they are an object of named options */
export function checkOptions(method: string, options: unknown): Readonly<Record<string, unknown>> {
  if (options === undefined) return {}
  checkKind(options, isPlainObject, `the options of ${method}`, 'an object of named options')
  return options as Readonly<Record<string, unknown>>
}

/**
 * The second argument of `initVariable` as options: a value that is no plain object is the default.
 *
 * @throws MillraceError `wrong-value` for a function and for an empty object, which may be either
 */
export function toVariableOptions(given: unknown): VariableOptions {
  if (given === undefined) return {}
  const isClear = (thing: unknown) => typeof thing !== 'function' && !(isPlainObject(thing) && Object.keys(thing).length === 0)
  checkKind(given, isClear, 'the second argument of initVariable', 'a first value, { default: value }, or { initOnEachRun: () => value }')
  return isPlainObject(given) ? given : { default: given }
}

/** True if `initModel` can build it or use it as it is: a model class, a `tf.LayersModel`, a function. */
export function isModelSource(thing: unknown): boolean {
  return typeof thing === 'function' || (isThing(thing) && ('build' in thing || 'layers' in thing))
}

/** True if it trains and predicts. */
export function isModel(thing: unknown): boolean {
  return isThing(thing) && 'train' in thing && 'predict' in thing
}
