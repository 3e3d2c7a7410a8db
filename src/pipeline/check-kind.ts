/** Checks of live things passed to a description, made where they are passed. */
import { fail } from '../errors/index.js'
import { describeKind } from '../util/describe-value.js'
import { isPlainObject } from '../util/json.js'
import { callSite } from './call-site.js'
import { rowOf } from './description/content/visit-actions.js'

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
  const takesDefault = rowOf(method)?.args.table.default !== undefined
  const allowed = takesDefault ? 'an object: { default: value }' : 'an object of named options'
  checkKind(options, isPlainObject, `the options of ${method}`, allowed)
  return options as Readonly<Record<string, unknown>>
}

/** True if `initModel` can build it or use it as it is: a model class, a `tf.LayersModel`, a function. */
export function isModelSource(thing: unknown): boolean {
  return typeof thing === 'function' || (isThing(thing) && ('build' in thing || 'layers' in thing))
}

/** True if it trains and predicts. */
export function isModel(thing: unknown): boolean {
  return isThing(thing) && 'train' in thing && 'predict' in thing
}
