/** Operations of expressions: on numbers, and item by item on arrays and lists of the same shape. Truth is a boolean, in arrays 0 or 1 (uint8). */
import { allocate, type DType, NdArray } from '../../util/nd-array.js'
import type { Operation } from '../spec/expression-json.js'
import { describeKind } from './attributes.js'

type Kind = 'number' | 'truth'
type Scalar = number | boolean | string

interface BinaryRow {
  readonly kind: Kind
  readonly of: (a: any, b: any) => Scalar
}

const modulo = (a: number, b: number) => a - Math.floor(a / b) * b
const bothTruth = (a: unknown, b: unknown) => typeof a === 'boolean' && typeof b === 'boolean'

const binaryRows = {
  '+': { kind: 'number', of: (a, b) => a + b },
  '-': { kind: 'number', of: (a, b) => a - b },
  '*': { kind: 'number', of: (a, b) => a * b },
  '/': { kind: 'number', of: (a, b) => a / b },
  '//': { kind: 'number', of: (a, b) => Math.floor(a / b) },
  '%': { kind: 'number', of: modulo },
  '**': { kind: 'number', of: (a, b) => a ** b },
  '==': { kind: 'truth', of: (a, b) => a === b },
  '!=': { kind: 'truth', of: (a, b) => a !== b },
  '<': { kind: 'truth', of: (a, b) => a < b },
  '<=': { kind: 'truth', of: (a, b) => a <= b },
  '>': { kind: 'truth', of: (a, b) => a > b },
  '>=': { kind: 'truth', of: (a, b) => a >= b },
  '&': { kind: 'number', of: (a, b) => (bothTruth(a, b) ? a && b : a & b) },
  '|': { kind: 'number', of: (a, b) => (bothTruth(a, b) ? a || b : a | b) },
  '^': { kind: 'number', of: (a, b) => (bothTruth(a, b) ? a !== b : a ^ b) },
} as const satisfies Partial<Record<Operation, BinaryRow>>

type BinaryOperation = keyof typeof binaryRows

export const binaryOperations = Object.fromEntries(
  Object.entries(binaryRows).map(([operation, row]) => [operation, (a: unknown, b: unknown) => spread(row, a, b)]),
) as Record<BinaryOperation, (a: unknown, b: unknown) => unknown>

export const unaryOperations = {
  '-': (value: unknown) => spread(binaryRows['*'], value, -1),
  '|x|': (value: unknown) => spread({ kind: 'number', of: a => Math.abs(a) }, value, 0),
  '!': (value: unknown) => (typeof value === 'boolean' ? !value : spread({ kind: 'truth', of: a => !a }, value, 0)),
} as const

function spread(row: BinaryRow, a: unknown, b: unknown): unknown {
  if (a instanceof NdArray || b instanceof NdArray) return spreadArrays(row, a, b)
  if (Array.isArray(a) || Array.isArray(b)) return spreadLists(row, a, b)
  return row.of(toScalar(a), toScalar(b))
}

function spreadArrays(row: BinaryRow, a: unknown, b: unknown): NdArray {
  const shaped = (a instanceof NdArray ? a : b) as NdArray
  const [left, right] = [toElements(a, shaped), toElements(b, shaped)]
  const data = allocate(row.kind === 'truth' ? 'uint8' : resultType(row, a, b), shaped.data.length)
  for (let i = 0; i < data.length; i++) data[i] = Number(row.of(left(i), right(i)))
  return new NdArray(data, shaped.shape)
}

/** Integers stay integers where both sides are and the operation keeps them so; a division or a fraction makes float32. */
function resultType(row: BinaryRow, a: unknown, b: unknown): DType {
  const types = [a, b].map(side => (side instanceof NdArray ? side.dtype : Number.isInteger(Number(side)) ? 'int32' : 'float32'))
  if (types.includes('float64')) return 'float64'
  return row === binaryRows['/'] || row === binaryRows['**'] || types.includes('float32') ? 'float32' : 'int32'
}

function toElements(side: unknown, shaped: NdArray): (i: number) => Scalar {
  if (Array.isArray(side)) return toElements(NdArray.from(side, shaped.dtype), shaped)
  if (!(side instanceof NdArray)) {
    const scalar = toScalar(side)
    return () => scalar
  }
  if (side.shape.join() !== shaped.shape.join()) {
    throw new TypeError(`shapes [${side.shape.join(', ')}] and [${shaped.shape.join(', ')}] do not match`)
  }
  return i => side.data[i]!
}

function spreadLists(row: BinaryRow, a: unknown, b: unknown): unknown[] {
  const length = (Array.isArray(a) ? a : (b as unknown[])).length
  if (Array.isArray(a) && Array.isArray(b) && a.length !== b.length)
    throw new TypeError(`lists of ${a.length} and ${b.length} items do not match`)
  const at = (side: unknown, i: number) => (Array.isArray(side) ? side[i] : side)
  return Array.from({ length }, (_, i) => spread(row, at(a, i), at(b, i)))
}

function toScalar(value: unknown): Scalar {
  if (typeof value === 'number' || typeof value === 'boolean' || typeof value === 'string') return value
  throw new TypeError(`${describeKind(value)} cannot be calculated with`)
}
