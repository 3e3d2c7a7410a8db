/** Attributes and items of values, as expressions read them. Nothing that leads to code is reachable by name. */
import { fail } from '../../errors/index.js'
import { isPlainObject } from '../../util/json.js'
import { NdArray } from '../../util/nd-array.js'

const forbidden = new Set([
  'constructor',
  '__proto__',
  'prototype',
  '__defineGetter__',
  '__defineSetter__',
  '__lookupGetter__',
  '__lookupSetter__',
])

export function readAttribute(value: unknown, name: string): unknown {
  if (forbidden.has(name) || value === null || value === undefined) return unknownAttribute(value, name)
  const owner = Object(value) as Record<string, unknown>
  return name in owner ? owner[name] : unknownAttribute(value, name)
}

function unknownAttribute(value: unknown, name: string): never {
  const names = value === null || value === undefined ? [] : attributesOf(Object(value)).filter(key => !/^\d+$/.test(key))
  return fail('unknown-name', { kind: `attribute of ${describeKind(value)}`, seen: name, allowed: names })
}

/** Its own attributes, and those its class reckons: an array's `length`, `dtype`. */
function attributesOf(owner: object): readonly string[] {
  const reckoned = Object.entries(Object.getOwnPropertyDescriptors(Object.getPrototypeOf(owner) ?? {}))
  return [...Object.keys(owner), ...reckoned.filter(([name, { get }]) => get && !forbidden.has(name)).map(([name]) => name)]
}

/** An item by position (negative from the end) or key; with two positions, a slice. */
export function readItem(value: unknown, [position, end]: readonly unknown[]): unknown {
  if (isPlainObject(value) && typeof position === 'string') return readAttribute(value, position)
  if (!(value instanceof NdArray || Array.isArray(value) || ArrayBuffer.isView(value))) {
    return fail('wrong-value', {
      name: 'the value an item is read from',
      seen: describeKind(value),
      allowed: 'a list, an array or an object',
    })
  }
  const length = (value as { readonly length: number }).length
  const from = (index: unknown) => (Number(index) < 0 ? Number(index) + length : Number(index))
  if (end !== undefined) return (value as readonly unknown[]).slice(Math.min(from(position), length), Math.min(from(end), length))
  const at = from(position)
  if (!Number.isInteger(at) || at < 0 || at >= length) {
    return fail('wrong-value', { name: 'the position of an item', seen: String(position), allowed: `-${length} … ${length - 1}` })
  }
  if (!(value instanceof NdArray)) return (value as readonly unknown[])[at]
  return value.shape.length === 1 ? value.data[at] : value.item(at)
}

/** What a value is, for an error. */
export function describeKind(value: unknown): string {
  if (value === null || value === undefined) return 'nothing'
  if (value instanceof NdArray) return `an array of shape [${value.shape.join(', ')}]`
  if (Array.isArray(value)) return 'a list'
  if (isPlainObject(value)) return 'an object'
  return typeof value === 'object' ? `a ${value.constructor?.name ?? 'n object'}` : `a ${typeof value}`
}
