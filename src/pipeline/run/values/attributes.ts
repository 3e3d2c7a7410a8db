/** Attributes and items of values, as expressions read them. Nothing that leads to code is reachable by name. */

import { fail } from '../../../errors/index.js'
import { describeKind } from '../../../util/describe-value.js'
import { isPlainObject } from '../../../util/json.js'
import { NdArray } from '../../../util/nd-array.js'
import { type AnyTypedArray, arrayOfTyped, isTypedArray } from '../../../util/typed-values.js'

const forbidden = new Set([
  'constructor',
  '__proto__',
  'prototype',
  '__defineGetter__',
  '__defineSetter__',
  '__lookupGetter__',
  '__lookupSetter__',
])

/** True if an attribute leads from data to code. */
export const isForbiddenAttribute = (name: string): boolean => forbidden.has(name)

export function readAttribute(value: unknown, name: string): unknown {
  if (forbidden.has(name) || value === null || value === undefined) return unknownAttribute(value, name)
  const owner = Object(value) as Record<string, unknown>
  if (name in owner) return owner[name]
  const array = numbersOf(value) as (NdArray & Record<string, unknown>) | undefined
  if (array === undefined || !(name in array)) return unknownAttribute(value, name)
  const read = array[name]
  return typeof read === 'function' ? read.bind(array) : read
}

/** A typed array, or a list of numbers, as an array: what it lacks itself (`sum`, `mean`, `shape`) is the array's. */
function numbersOf(value: unknown): NdArray | undefined {
  if (isTypedArray(value)) return arrayOfTyped(value)
  if (!Array.isArray(value) || value.length === 0) return undefined
  try {
    return NdArray.from(value, 'float64')
  } catch {
    return undefined
  }
}

function unknownAttribute(value: unknown, name: string): never {
  const names = value === null || value === undefined ? [] : attributesOf(Object(value)).filter(key => !/^\d+$/.test(key))
  return fail('unknown-name', { kind: `attribute of ${describeKind(value)}`, seen: name, allowed: names })
}

/** Its own attributes, and those its class computes: an array's `length`, `dtype`. */
function attributesOf(owner: object): readonly string[] {
  const reckoned = Object.entries(Object.getOwnPropertyDescriptors(Object.getPrototypeOf(owner) ?? {}))
  return [...Object.keys(owner), ...reckoned.filter(([name, { get }]) => get && !forbidden.has(name)).map(([name]) => name)]
}

/** The item at a position (negative from the end) or key, the items at several positions; with further bounds, a slice. */
export function readItem(value: unknown, bounds: readonly unknown[]): unknown {
  const [position] = bounds
  if (isPlainObject(value) && typeof position === 'string') return readAttribute(value, position)
  if (typeof value === 'string') {
    const letters = readItem([...value], bounds)
    return Array.isArray(letters) ? letters.join('') : letters
  }
  if (!(value instanceof NdArray || Array.isArray(value) || isTypedArray(value))) {
    return fail('wrong-value', {
      name: 'the value to read an item from',
      seen: describeKind(value),
      allowed: 'a list, an array, a string or an object',
    })
  }
  const { length } = value as { readonly length: number }
  const positions = positionsOf(length, bounds)
  if (typeof positions !== 'number') return takePositions(value as NdArray | readonly unknown[], positions)
  if (isTypedArray(value)) return arrayOfTyped(value).data[positions]
  if (!(value instanceof NdArray)) return value[positions]
  return value.shape.length === 1 ? value.data[positions] : value.item(positions)
}

/** Resolves bounds for a length: the position of one item, or those of several. */
export function positionsOf(length: number, bounds: readonly unknown[]): number | readonly number[] {
  const [position] = bounds
  if (bounds.length > 1) return slicePositions(length, bounds)
  if (position instanceof NdArray || Array.isArray(position) || isTypedArray(position)) {
    return Array.from(listOf(position), one => positionOf(length, one))
  }
  return positionOf(length, position)
}

function listOf(positions: NdArray | readonly unknown[] | AnyTypedArray): ArrayLike<unknown> {
  const list = isTypedArray(positions) ? arrayOfTyped(positions) : positions
  return list instanceof NdArray ? list.data : list
}

function positionOf(length: number, position: unknown): number {
  const at = Number(position) < 0 ? Number(position) + length : Number(position)
  if (typeof position === 'number' && Number.isInteger(at) && at >= 0 && at < length) return at
  return fail('wrong-value', {
    name: 'the position of an item',
    seen: String(position),
    allowed: length > 0 ? `-${length} … ${length - 1}` : 'none: there are no items',
  })
}

/** Python's `start:end:step`, where null is an open end. */
function slicePositions(length: number, bounds: readonly unknown[]): readonly number[] {
  for (const [i, bound] of bounds.entries()) {
    if (bound === null || (Number.isInteger(bound) && (i < 2 || bound !== 0))) continue
    fail('wrong-value', {
      name: 'a bound of a slice',
      seen: String(bound),
      allowed: 'an integer, or null for an open end; no step of 0',
    })
  }
  const [start, end, step] = bounds as readonly (number | null | undefined)[]
  const by = step ?? 1
  const [min, max] = by > 0 ? [0, length] : [-1, length - 1]
  const within = (bound: number) => Math.min(Math.max(bound < 0 ? bound + length : bound, min), max)
  const from = start === null ? (by > 0 ? 0 : length - 1) : within(start!)
  const to = end === null || end === undefined ? (by > 0 ? length : -1) : within(end)
  return Array.from({ length: Math.max(0, Math.ceil((to - from) / by)) }, (_, i) => from + i * by)
}

/** A view if the items of an array are contiguous, otherwise a copy. */
function takePositions(value: NdArray | readonly unknown[], positions: readonly number[]): unknown {
  if (!(value instanceof NdArray)) return Array.from(positions, position => value[position])
  const first = positions[0] ?? 0
  return positions.every((position, i) => position === first + i) ? value.slice(first, first + positions.length) : value.take(positions)
}
