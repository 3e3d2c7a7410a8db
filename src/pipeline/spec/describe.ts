/** The door into a spec: what a user passed becomes plain data of its own, and live things become names. */
import { isPlainObject, type JsonValue } from '../../util/json.js'
import { Expression } from './expression.js'
import { LIVE } from './expression-json.js'
import { functionName } from './named.js'

/** Plain data, and the live things it names. */
export interface Described {
  readonly json: JsonValue
  readonly values: Readonly<Record<string, unknown>>
}

/**
 * Copies a value into plain data. Expressions become their JSON; functions, arrays with a type, tensors and other objects stay outside
 * and are named. `undefined` entries of objects are left out.
 */
export function describe(value: unknown): Described {
  const values: Record<string, unknown> = {}
  const live = (thing: object): JsonValue => {
    const name = functionName('name' in thing && typeof thing.name === 'string' ? (thing as { name: string }) : nameless(thing))
    values[name] = thing
    return { [LIVE]: name }
  }
  const walk = (item: unknown): JsonValue => {
    if (item instanceof Expression) {
      Object.assign(values, item.values)
      return item.json
    }
    if (item === undefined) return null
    if (Array.isArray(item)) return item.map(walk)
    if (isPlainObject(item)) {
      return Object.fromEntries(
        Object.entries(item)
          .filter(([, entry]) => entry !== undefined)
          .map(([key, entry]) => [key, walk(entry)]),
      )
    }
    return typeof item === 'object' || typeof item === 'function' ? live(item as object) : (item as JsonValue)
  }
  return { json: walk(value), values }
}

const namelessThings = new WeakMap<object, { name: string }>()

/** One stand-in for each thing without a name, called after its class, so that it always gets the same name. */
function nameless(thing: object): { name: string } {
  const standIn = namelessThings.get(thing) ?? { name: thing.constructor?.name ?? 'value' }
  namelessThings.set(thing, standIn)
  return standIn
}

/** A function without arguments as the expression that calls it. */
export function describeCall(fn: (...args: any[]) => unknown): Described {
  const name = functionName(fn)
  return { json: { F: name }, values: { [name]: fn } }
}
