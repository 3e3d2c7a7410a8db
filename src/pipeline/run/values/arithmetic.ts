/**
 * Operations of expressions: on numbers, and item by item on lists of the same length and on arrays, whose shapes are broadcast. A typed
 * array is an array of one axis. Booleans are 0 or 1 (uint8) in arrays.
 */
import { broadcastShapes, sourcePositions } from '../../../util/broadcast.js'
import { describeKind } from '../../../util/describe-value.js'
import { matmul } from '../../../util/matmul.js'
import { allocate, type DType, dtypeOf, NdArray, sizeOf, type TypedArray } from '../../../util/nd-array.js'
import { arrayOfTyped, isTypedArray } from '../../../util/typed-values.js'
import type { Operation } from '../../description/expressions/operations.js'
import { formatText, toText } from './format-text.js'
import { PerItem } from './per-item.js'

type Kind = 'number' | 'truth'
type Scalar = number | boolean | string

interface BinaryRow {
  readonly kind: Kind
  /** What it accepts: numbers and booleans, strings too, or anything. Default: numbers. */
  readonly takes?: 'text' | 'anything'
  readonly of: (a: any, b: any) => Scalar
  /** The same over arrays: twice as fast, because its own loop is compiled for one operation. */
  readonly loop?: Loop
}

/** Fills `out`; a step of 0 stays at the first element. */
type Loop = (out: TypedArray, a: TypedArray, b: TypedArray, stepA: number, stepB: number) => void

const sums: Loop = (out, a, b, p, q) => {
  for (let i = 0; i < out.length; i++) out[i] = a[i * p]! + b[i * q]!
}
const differences: Loop = (out, a, b, p, q) => {
  for (let i = 0; i < out.length; i++) out[i] = a[i * p]! - b[i * q]!
}
const products: Loop = (out, a, b, p, q) => {
  for (let i = 0; i < out.length; i++) out[i] = a[i * p]! * b[i * q]!
}
const quotients: Loop = (out, a, b, p, q) => {
  for (let i = 0; i < out.length; i++) out[i] = a[i * p]! / b[i * q]!
}

const modulo = (a: number, b: number) => a - Math.floor(a / b) * b
const bothTruth = (a: unknown, b: unknown) => typeof a === 'boolean' && typeof b === 'boolean'

const binaryRows = {
  '+': { kind: 'number', takes: 'text', of: (a, b) => a + b, loop: sums },
  '-': { kind: 'number', of: (a, b) => a - b, loop: differences },
  '*': { kind: 'number', of: (a, b) => a * b, loop: products },
  '/': { kind: 'number', of: (a, b) => a / b, loop: quotients },
  '//': { kind: 'number', of: (a, b) => Math.floor(a / b) },
  '%': { kind: 'number', of: modulo },
  '**': { kind: 'number', of: (a, b) => a ** b },
  '==': { kind: 'truth', takes: 'anything', of: (a, b) => a === b },
  '!=': { kind: 'truth', takes: 'anything', of: (a, b) => a !== b },
  '<': { kind: 'truth', takes: 'text', of: (a, b) => a < b },
  '<=': { kind: 'truth', takes: 'text', of: (a, b) => a <= b },
  '>': { kind: 'truth', takes: 'text', of: (a, b) => a > b },
  '>=': { kind: 'truth', takes: 'text', of: (a, b) => a >= b },
  '&': { kind: 'number', of: (a, b) => (bothTruth(a, b) ? a && b : a & b) },
  '|': { kind: 'number', of: (a, b) => (bothTruth(a, b) ? a || b : a | b) },
  '^': { kind: 'number', of: (a, b) => (bothTruth(a, b) ? a !== b : a ^ b) },
  '<<': { kind: 'number', of: (a, b) => a << b },
  '>>': { kind: 'number', of: (a, b) => a >> b },
} as const satisfies Partial<Record<Operation, BinaryRow>>

type BinaryOperation = keyof typeof binaryRows | '@' | '.format'

export const binaryOperations = {
  ...Object.fromEntries(Object.entries(binaryRows).map(([operation, row]) => [operation, (a: unknown, b: unknown) => spread(row, a, b)])),
  '@': multiply,
  '.format': (value: unknown, template: unknown) => formatText(String(template), value),
} as Record<BinaryOperation, (a: unknown, b: unknown) => unknown>

export const unaryOperations = {
  '-': (value: unknown) => spread({ kind: 'number', of: a => -a }, value, 0),
  '~': (value: unknown) => spread({ kind: 'number', of: a => ~a }, value, 0),
  '|x|': (value: unknown) => spread({ kind: 'number', of: a => Math.abs(a) }, value, 0),
  '!': (value: unknown) => (typeof value === 'boolean' ? !value : spread({ kind: 'truth', of: a => !a }, value, 0)),
  '.str': toText,
} as const satisfies Partial<Record<Operation, (value: unknown) => unknown>>

function spread(row: BinaryRow, left: unknown, right: unknown): unknown {
  const [a, b] = [untyped(left), untyped(right)]
  if (a instanceof PerItem || b instanceof PerItem) return spreadItems(row, a, b)
  if (a instanceof NdArray || b instanceof NdArray) return spreadArrays(row, a, b)
  if (Array.isArray(a) || Array.isArray(b)) return spreadLists(row, a, b)
  return row.of(toOperand(a, row), toOperand(b, row))
}

const untyped = (side: unknown): unknown => (isTypedArray(side) ? arrayOfTyped(side) : side)

function spreadArrays(row: BinaryRow, a: unknown, b: unknown): NdArray {
  const dtype = row.kind === 'truth' ? 'uint8' : resultType(row, a, b)
  const [left, right] = [toArray(a), toArray(b)]
  const shape = broadcastShapes(left.shape, right.shape)
  const data = allocate(dtype, sizeOf(shape))
  const [[first, p], [second, q]] = [elementsOf(left, shape), elementsOf(right, shape)]
  if (row.loop) row.loop(data, first, second, p, q)
  else for (let i = 0; i < data.length; i++) data[i] = Number(row.of(first[i * p]!, second[i * q]!))
  return new NdArray(data, shape)
}

/** Integers stay integers if both sides are integers and the operation preserves them; a division or a fraction makes float32. */
function resultType(row: BinaryRow, a: unknown, b: unknown): DType {
  const types = [a, b].map(side => (side instanceof NdArray ? side.dtype : isWhole(side) ? 'int32' : 'float32'))
  if (types.includes('float64')) return 'float64'
  return row === binaryRows['/'] || row === binaryRows['**'] || types.includes('float32') ? 'float32' : 'int32'
}

function isWhole(given: unknown): boolean {
  const side = untyped(given)
  if (side instanceof NdArray) return !side.dtype.startsWith('float')
  return Array.isArray(side) ? side.every(isWhole) : Number.isInteger(Number(side))
}

/** Values that are not arrays keep double precision: they are rounded once, in the result. */
function toArray(side: unknown): NdArray {
  if (side instanceof NdArray) return side
  if (typeof side === 'string') throw new TypeError('a string and an array cannot be calculated with')
  return NdArray.from(Array.isArray(side) ? side : toOperand(side, {}), 'float64')
}

/** The elements in the order of the result, and the step from one to the next. */
function elementsOf({ data, shape }: NdArray, result: readonly number[]): readonly [TypedArray, number] {
  if (data.length === 1) return [data, 0]
  const positions = sourcePositions(shape, result)
  if (positions === undefined) return [data, 1]
  const gathered = allocate(dtypeOf(data), positions.length)
  for (let i = 0; i < gathered.length; i++) gathered[i] = data[positions[i]!]!
  return [gathered, 1]
}

function multiply(left: unknown, right: unknown): unknown {
  const [a, b] = [untyped(left), untyped(right)]
  const { data, shape } = matmul(toArray(a), toArray(b), resultType(binaryRows['*'], a, b))
  return shape.length === 0 ? data[0] : new NdArray(data, shape)
}

function spreadLists(row: BinaryRow, a: unknown, b: unknown): unknown[] {
  const length = (Array.isArray(a) ? a : (b as unknown[])).length
  if (Array.isArray(a) && Array.isArray(b) && a.length !== b.length)
    throw new TypeError(`lists of ${a.length} and ${b.length} items do not match`)
  const at = (side: unknown, i: number) => (Array.isArray(side) ? side[i] : side)
  return Array.from({ length }, (_, i) => spread(row, at(a, i), at(b, i)))
}

function spreadItems(row: BinaryRow, a: unknown, b: unknown): PerItem {
  const at = (side: unknown, i: number) => (side instanceof PerItem ? side.at(i) : side)
  const { length } = (a instanceof PerItem ? a : b) as PerItem
  return new PerItem(Array.from({ length }, (_, i) => spread(row, at(a, i), at(b, i))))
}

function toOperand(value: unknown, { takes }: Pick<BinaryRow, 'takes'>): Scalar {
  if (typeof value === 'number' || typeof value === 'boolean' || takes === 'anything') return value as Scalar
  if (typeof value === 'string' && takes === 'text') return value
  throw new TypeError(`${describeKind(value)} cannot be calculated with`)
}
