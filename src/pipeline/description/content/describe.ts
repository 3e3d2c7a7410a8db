/** Turns what a user passes into the plain data of a spec, and live things into names. */
import { isPlainObject, type JsonValue } from '../../../util/json.js'
import { LIVE } from '../expressions/operations.js'
import { liveName } from './live-names.js'

/** Plain data, and the live things it names. */
export interface Described {
  readonly json: JsonValue
  readonly values: Readonly<Record<string, unknown>>
}

/** A value that has its own description: an expression. */
export abstract class SelfDescribed implements Described {
  abstract readonly json: JsonValue
  abstract readonly values: Readonly<Record<string, unknown>>
}

/**
 * Copies a value into plain data. Expressions become their JSON; functions, arrays with a type, tensors and other objects stay outside
 * and are referred to by name. `undefined` entries of objects are omitted.
 */
export function describe(value: unknown): Described {
  return describeUnless(() => false, value)
}

/** The same, where lists and objects may be live things too. */
export function describeUnless(isLive: (container: object) => boolean, value: unknown): Described {
  const values: Record<string, unknown> = {}
  const live = (thing: object): JsonValue => {
    const name = liveName(thing)
    values[name] = thing
    return { [LIVE]: name }
  }
  const step = (item: unknown): JsonValue => {
    if (item instanceof SelfDescribed) {
      Object.assign(values, item.values)
      return item.json
    }
    if (item === undefined || item === null) return null
    if ((Array.isArray(item) || isPlainObject(item)) && isLive(item)) return live(item)
    if (Array.isArray(item)) return item.map(step)
    if (isPlainObject(item)) {
      return Object.fromEntries(
        Object.entries(item)
          .filter(([, entry]) => entry !== undefined)
          .map(([key, entry]) => [key, step(entry)]),
      )
    }
    return typeof item === 'object' || typeof item === 'function' ? live(item as object) : (item as JsonValue)
  }
  return { json: step(value), values }
}
