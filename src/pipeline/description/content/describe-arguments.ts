/** The arguments of an action as plain data. */
import { isExpressionJson } from '../expressions/expression-json.js'
import { type Described, describe, describeUnless, SelfDescribed } from './describe.js'

/**
 * Describes a destination: where a value is saved. A list or an object whose entries all are destinations is a structure of them; any
 * other list or object is itself the destination, which is filled.
 */
export function describeDestination(destination: unknown): Described {
  const isLive = (item: object) => {
    if (isExpressionJson(item)) return false
    const entries = Array.isArray(item) ? item : Object.values(item)
    return entries.length === 0 || !entries.every(isPart)
  }
  return describeUnless(isLive, destination)
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
