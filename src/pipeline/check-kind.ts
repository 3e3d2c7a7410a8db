/** Live things a description is given, checked where they come in. */
import { fail } from '../errors/index.js'
import { describeKind } from '../util/describe-value.js'
import { callSite } from './call-site.js'

/** @throws MillraceError `wrong-value`, with the line that gave it, unless this is a thing of the kind */
export function checkKind(thing: unknown, isKind: (thing: unknown) => boolean, name: string, allowed: string): void {
  if (isKind(thing)) return
  const source = callSite()
  fail('wrong-value', { name, seen: describeKind(thing), allowed }, source && { source })
}

/** Whether it can have a class or a function's call: an object or a function. */
export function isThing(thing: unknown): thing is object {
  return typeof thing === 'function' || (typeof thing === 'object' && thing !== null)
}

/** Whether it trains and predicts. */
export function isModel(thing: unknown): boolean {
  return isThing(thing) && 'train' in thing && 'predict' in thing
}
