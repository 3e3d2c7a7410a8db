/** Assigns to existing things: attributes, items, slices, whole arrays, lists and objects. `destination` is their name in errors. */

import { fail } from '../../../errors/index.js'
import { broadcastShapes, sourcePositions } from '../../../util/broadcast.js'
import { describeKind } from '../../../util/describe-value.js'
import { isPlainObject } from '../../../util/json.js'
import { NdArray, type TypedArray } from '../../../util/nd-array.js'
import { arrayOfTyped, isTypedArray } from '../../../util/typed-values.js'
import type { LongSaveMode } from '../../description/expressions/save-mode.js'
import { isForbiddenAttribute, positionsOf } from '../values/attributes.js'
import { entriesOf } from '../values/items.js'
import { combine } from './combine.js'

/** Sets an attribute of a user's object. Arrays and lists have no attributes that can be set. */
export function setAttribute(owner: unknown, name: string, value: unknown, destination: string): void {
  const isOpen = typeof owner === 'object' && owner !== null && !Array.isArray(owner) && !(owner instanceof NdArray)
  const isSet = isOpen && !isForbiddenAttribute(name) && Reflect.set(owner, name, value)
  if (!isSet) fail('not-a-destination', { seen: `the attribute ${name} of ${describeKind(owner)}, ${destination}` })
}

/** Sets the item at a key or position, or the items of a slice. */
export function setItem(owner: unknown, bounds: readonly unknown[], value: unknown, destination: string): void {
  const [key] = bounds
  if (isPlainObject(owner) && typeof key === 'string') {
    Object.defineProperty(owner, key, { value, writable: true, enumerable: true, configurable: true })
  } else if (owner instanceof NdArray) {
    fillItems(owner, positionsOf(owner.length, bounds), value, destination)
  } else if (ArrayBuffer.isView(owner)) {
    const array = arrayOf(owner)
    fillItems(array, positionsOf(array.length, bounds), value, destination)
  } else if (Array.isArray(owner)) {
    const positions = positionsOf(owner.length, bounds)
    if (typeof positions === 'number') owner[positions] = value
    else for (const [i, item] of toEntries(value, positions.length, destination).entries()) owner[positions[i]!] = item
  } else fail('not-a-destination', { seen: `item ${String(key)} of ${describeKind(owner)}, ${destination}` })
}

/** Puts a value into an array, a list or an object that the user passed: its contents are replaced by the value's. */
export function fill(container: unknown, value: unknown, mode: LongSaveMode, destination: string): void {
  if (mode !== 'write') combine(container, value, mode, destination)
  else if (container instanceof NdArray) fillArray(container, value, destination)
  else if (ArrayBuffer.isView(container)) fillArray(arrayOf(container), value, destination)
  else if (Array.isArray(container))
    container.splice(0, container.length, ...(entriesOf(value) ?? unfit(destination, value, 'a list of values')))
  else if (isPlainObject(container)) {
    if (!isPlainObject(value)) unfit(destination, value, 'an object')
    for (const key of Object.keys(container)) delete container[key]
    Object.assign(container, value)
  } else fail('not-a-destination', { seen: `${describeKind(container)}, ${destination}` })
}

const arrayOf = (view: ArrayBufferView) => new NdArray(view as TypedArray, [(view as TypedArray).length])

function fillArray(array: NdArray, value: unknown, destination: string): void {
  fillItems(new NdArray(array.data, [1, ...array.shape]), 0, value, destination)
}

/** The value's shape is broadcast to that of the items. */
function fillItems(array: NdArray, positions: number | readonly number[], value: unknown, destination: string): void {
  const { data, itemSize } = array
  const rows = typeof positions === 'number' ? [positions] : positions
  const shape = [...(typeof positions === 'number' ? [] : [positions.length]), ...array.shape.slice(1)]
  const given = toNumbers(value, shape, destination)
  const sources = sourcePositions(given.shape, shape)
  for (const [i, row] of rows.entries()) {
    for (let j = 0; j < itemSize; j++) {
      const k = i * itemSize + j
      data[row * itemSize + j] = given.data[sources ? sources[k]! : k]!
    }
  }
}

/** The value as an array that is broadcastable to a shape. */
function toNumbers(value: unknown, shape: readonly number[], destination: string): NdArray {
  try {
    const given = value instanceof NdArray ? value : isTypedArray(value) ? arrayOfTyped(value) : NdArray.from(value, 'float64')
    if (broadcastShapes(given.shape, shape).join() === shape.join()) return given
  } catch {
    // Anything that is not an array of numbers, or has another shape, is reported below.
  }
  return unfit(destination, value, `numbers of shape [${shape.join(', ')}], or a shape that broadcasts to it`)
}

function toEntries(value: unknown, length: number, destination: string): readonly unknown[] {
  const entries = entriesOf(value)
  return entries?.length === length ? entries : unfit(destination, value, `a list of ${length} values`)
}

function unfit(destination: string, value: unknown, allowed: string): never {
  const entries = entriesOf(value)
  const seen = Array.isArray(value) && entries ? `a list of ${entries.length} values` : describeKind(value)
  return fail('value-does-not-fit', { destination, seen, allowed })
}
