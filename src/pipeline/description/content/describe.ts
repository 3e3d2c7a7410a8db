/** Turns what a user passes into the plain data of a spec, and live things into names. */
import { isPlainObject, type JsonValue } from '../../../util/json.js'
import { isExpressionJson, LIVE } from '../expressions/expression-json.js'
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
  return walk(value, () => false)
}

/**
 * The same for a destination, the place a value is saved to. A list or an object whose entries are all destinations is a structure of them; any
 * other list or object is itself the destination, which is filled.
 */
export function describeDestination(destination: unknown): Described {
  return walk(destination, item => {
    if (isExpressionJson(item)) return false
    const entries = Array.isArray(item) ? item : Object.values(item)
    return entries.length === 0 || !entries.every(isPart)
  })
}

/** The arguments of an action, each described. `destinations` names those that say where a value is saved. */
export function describeArguments(args: Readonly<Record<string, unknown>>, destinations: readonly string[]): Described {
  const parts = Object.entries(args)
    .filter(([, value]) => value !== undefined)
    .map(([key, value]) => [key, destinations.includes(key) ? describeDestination(value) : describe(value)] as const)
  return {
    json: Object.fromEntries(parts.map(([key, { json }]) => [key, json])),
    values: Object.assign({}, ...parts.map(([, { values }]) => values)),
  }
}

function isPart(item: unknown): boolean {
  return typeof item === 'object' ? item !== null : item instanceof SelfDescribed
}

function walk(value: unknown, isLive: (container: object) => boolean): Described {
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
