/** Numbers, strings and objects in fields that a function reads: they become part of its graph. */
import { isPlainObject } from '../../../util/json.js'
import { isTensor } from '../../tree.js'
import type { Guard } from './guards.js'

/** Fields of tfjs's layers that change without changing what a layer computes, or that are watched otherwise. */
const ignored = new Set(
  (
    '_built built _refCount _callHook _addedWeightNames fastWeightInitDuringBuild trainable_ _trainableWeights _nonTrainableWeights _losses ' +
    '_updates inboundNodes outboundNodes initialWeights dropoutMask recurrentDropoutMask states_ keptStates iterations_ isTraining stopTraining_'
  ).split(' '),
)

/** How many objects deep fields are followed. */
const DEEP = 3

type Fields = Readonly<Record<string, unknown>>
/** A field: how to read it now, and what it was. */
type Entry = readonly [read: () => unknown, was: unknown]

/** True until a field of these objects changes. Lists and plain objects are compared by what they hold, other objects by identity. */
export function watchFields(objects: Iterable<object>, isOpen: (part: object) => boolean): Guard {
  const entries: Entry[] = []
  const seen = new Set<object>(objects)
  const open = (read: () => unknown, object: object, depth: number) => {
    if (Array.isArray(object)) entries.push([() => (read() as Partial<unknown[]> | undefined)?.length, object.length])
    for (const [key, value] of Object.entries(object)) {
      if (!ignored.has(key)) field(() => (read() as Fields | null | undefined)?.[key], value, depth)
    }
  }
  const field = (read: () => unknown, value: unknown, depth: number) => {
    const isList = Array.isArray(value) || isPlainObject(value)
    if (!isList) entries.push([read, value])
    if (typeof value !== 'object' || value === null || depth === 0 || seen.has(value) || !(isList || isOpen(value))) return
    seen.add(value)
    open(read, value, depth - 1)
  }
  for (const object of [...seen]) open(() => object, object, DEEP)
  return () => entries.every(([read, was]) => Object.is(read(), was))
}

/** The first number, string or boolean among these fields that is not what it was. */
export function changedNumber(object: object, before: Fields): string | undefined {
  return Object.keys(before).find(key => !ignored.has(key) && isNumber(before[key]) && !Object.is(before[key], (object as Fields)[key]))
}

/** The numbers, strings and booleans among the fields of an object are what they were; new ones are gone. */
export function undoNumbers(object: object, before: Fields): void {
  const fields = object as Record<string, unknown>
  for (const key of Object.keys(fields)) {
    if (ignored.has(key)) continue
    if (!Object.hasOwn(before, key)) {
      if (isNumber(fields[key])) delete fields[key]
    } else if (isNumber(before[key]) && !Object.is(before[key], fields[key])) fields[key] = before[key]
  }
}

const isNumber = (value: unknown) => /^(number|boolean|string)$/.test(typeof value)

type Part = { readonly getConfig?: unknown; readonly layers?: unknown; readonly applyGradients?: unknown }

/** Regularizers, constraints, initializers, cells and layers inside a layer, but no models. */
export const isPartOfLayer = (part: object) => typeof (part as Part).getConfig === 'function' && (part as Part).layers === undefined

/** Objects of a user's classes: neither tensors nor layers, models or optimizers, which are watched where they are used. */
export const isOfUser = (part: object) =>
  !isTensor(part) &&
  typeof (part as Part).getConfig !== 'function' &&
  typeof (part as Part).applyGradients !== 'function' &&
  !ArrayBuffer.isView(part)
