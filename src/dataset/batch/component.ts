/** The kinds of components of a batch: numeric arrays, lists of anything, or one value for all items. */
import { fail } from '../../errors/index.js'
import type { ComponentValue } from '../../pipeline/description/contracts.js'
import { describeValue } from '../../util/describe-value.js'
import { type DType, NdArray } from '../../util/nd-array.js'
import { type AnyTypedArray, arrayOfTyped, isTypedArray } from '../../util/typed-values.js'
import { stackItems } from './stack-items.js'
import { fromTensor, isTensor, type TensorLike } from './tensor-like.js'

/** The kind of a component. `Value` is the type it has on a batch. */
export interface ComponentKind<Value = ComponentValue> {
  /** One sentence, for docs. */
  readonly summary: string
  /** The allowed values, for errors. */
  readonly allowed: string
  /** True if it is an array, or a list that is to become one. Default false. */
  readonly isArray?: boolean
  /** True if it may be a list of arrays of several shapes meanwhile. Default false. */
  readonly mayBeList?: boolean
  /** Converts a value; undefined if it is not allowed. */
  readonly read: (value: unknown) => Value | undefined
  /** True for one value for all items. Default false: one entry per item. */
  readonly isSingle?: boolean
}

/** What an array component may hold instead of an array until an action makes it one. */
interface ArrayNotes {
  /** A list of such entries: arrays of several shapes, strings. Reading it as a property is an error; `get` returns the list. */
  readonly orList?: { readonly allowed: string; readonly test: (entry: unknown) => boolean }
}

/** Arrays that need not have one shape: images of several sizes. */
export const ofSeveralShapes = {
  allowed: 'or a list of arrays of several shapes, until an action makes them equal',
  test: (entry: unknown): boolean => entry instanceof NdArray && entry.shape.length > 1,
}

/** Names of classes instead of numbers. */
export const ofStrings = { allowed: 'or a list of strings', test: (entry: unknown): boolean => typeof entry === 'string' }

/** One value for all items. */
export type SingleValue = number | string | boolean | bigint | object

/** The types that `read` accepts for a component of this type. */
export type Given<Value> = Value extends NdArray
  ? NdArray | Exclude<AnyTypedArray, BigInt64Array | BigUint64Array> | TensorLike | readonly unknown[]
  : Value extends readonly unknown[]
    ? Value | TensorLike
    : Value

/** The types of a batch's declared components, by name. */
export type Components = { [name: string]: any }

/** The components of a dataset or batch as they may be given: every one is optional. */
export type GivenValues<Values extends Components> = { readonly [Name in keyof Values]?: Given<Values[Name]> }

/**
 * Kinds of components, for `defineBatch`.
 *
 * @example
 * const components = { images: component.array('photographs'), names: component.list<string>('file names'), scale: component.value<number>('what a pixel measures') }
 */
export const component = {
  /**
   * Numbers with a shape. Typed arrays, tensors, lists of arrays of one shape and nested lists of numbers become an `NdArray` (lists of
   * numbers of this dtype, default float32). With `orList`, also a list of other entries.
   */
  array: (summary: string, dtype: DType = 'float32', { orList }: ArrayNotes = {}): ComponentKind<NdArray> => ({
    summary,
    allowed: `an NdArray with an axis for the items, a typed array, or nested lists of numbers${orList ? `; ${orList.allowed}` : ''}`,
    isArray: true,
    mayBeList: orList === ofSeveralShapes,
    read: value => readArray(value, dtype) ?? (orList && Array.isArray(value) && value.every(orList.test) ? (value as never) : undefined),
  }),
  /** A list with one entry per item, of any type. */
  list: <Item = unknown>(summary: string): ComponentKind<readonly Item[]> => ({
    summary,
    allowed: 'a list with one entry per item',
    read: value => (Array.isArray(value) ? (value as readonly Item[]) : undefined),
  }),
  /** One value for all items: a number, a string, an object. Lists and arrays have one entry per item. */
  value: <Value = unknown>(summary: string): ComponentKind<Value> => ({
    summary,
    allowed: 'one value for all items: a number, a string or an object',
    isSingle: true,
    read: value => (isSingle(value) ? (value as Value) : undefined),
  }),
} as const

function readArray(value: unknown, dtype: DType): NdArray | undefined {
  if (value instanceof NdArray) return value.shape.length > 0 ? value : undefined
  try {
    if (isTypedArray(value)) return isBigInt(value) ? undefined : arrayOfTyped(value)
    return Array.isArray(value) ? (stackItems(value) ?? NdArray.from(value, dtype)) : undefined
  } catch {
    return undefined
  }
}

/** What is read as float64 could not be written back: the user decides. */
const isBigInt = (value: AnyTypedArray) => value instanceof BigInt64Array || value instanceof BigUint64Array

/** True for a value that has no entries: without a kind it stands for all items. */
function isSingle(value: unknown): boolean {
  if (value === null || value === undefined || typeof value === 'function' || typeof value === 'symbol') return false
  return !(Array.isArray(value) || isTypedArray(value) || value instanceof Promise || (value instanceof NdArray && value.shape.length > 0))
}

/** True for a value that has one entry per item; any other is one value for all of them. */
export function hasItems(value: unknown): value is ComponentValue {
  return Array.isArray(value) || (value instanceof NdArray && value.shape.length > 0)
}

const anyKind: Pick<ComponentKind, 'allowed' | 'read'> = {
  allowed: 'an NdArray with an axis for the items, a typed array, a list with one entry per item, or one value for all items',
  read: value => (Array.isArray(value) ? value : readArray(value, 'float32')),
}

/**
 * Converts a component's value and checks it against its kind and the number of items. Without a kind, what has no entries is one value for
 * all items.
 *
 * @throws MillraceError `component-value`, `component-length`
 */
export function toComponent(name: string, value: unknown, kind: ComponentKind | undefined, of: string, length: number): ComponentValue {
  const { read, allowed } = kind ?? anyKind
  const given = isTensor(value) ? fromTensor(value) : value
  if (kind?.isSingle ? read(given) !== undefined : kind === undefined && isSingle(given)) return given as ComponentValue
  const kept = read(given) ?? fail('component-value', { name, of, seen: describeValue(value), allowed })
  if (kept.length !== length) fail('component-length', { name, of, seen: kept.length, length })
  return kept
}

/** Returns a copy of the items at these positions; one value for all items as it is. */
export function takeItems<Value extends ComponentValue>(value: Value, positions: ArrayLike<number>): Value {
  if (!hasItems(value)) return value
  if (value instanceof NdArray) return value.take(positions) as ComponentValue as Value
  return Array.from(positions, position => (value as readonly unknown[])[position]) as ComponentValue as Value
}
