/** The operations that make up lowered convolutions. */
import { bool, int, ints, string, type } from '../../ir/attributes.js'
import type { Shape, Value } from '../../ir/graph.js'
import type { Builder } from '../../ir/rewrite.js'
import { sameShape } from '../../ir/shapes.js'

const T = type('float32')
const Index = type('int32')

/** A constant list of integers, or a table of them. */
export function integers(b: Builder, numbers: readonly number[], shape: Shape = [numbers.length]): Value {
  return b.const({ data: Int32Array.from(numbers) }, shape, 'int32')
}

interface Transposed {
  readonly a?: boolean
  readonly b?: boolean
}

/** A product of matrices; an operand may be transposed, at no cost. */
export function matMul(builder: Builder, x: Value, y: Value, { a = false, b = false }: Transposed = {}): Value {
  return builder.value('MatMul', { T, transpose_a: bool(a), transpose_b: bool(b) }, [x, y])
}

/** The same for many pairs of matrices at once. */
export function batchMatMul(builder: Builder, x: Value, y: Value, { a = false, b = false }: Transposed = {}): Value {
  return builder.value('BatchMatMulV2', { T, adj_x: bool(a), adj_y: bool(b) }, [x, y])
}

/** A block of a value; the value itself if that is all of it. */
export function slice(b: Builder, x: Value, begin: readonly number[], size: Shape): Value {
  return sameShape(x.shape, size) ? x : b.value('Slice', { T, Index }, [x, integers(b, begin), integers(b, size)])
}

/** The value padded with zeros before and after along each axis. */
export function pad(b: Builder, x: Value, margins: readonly (readonly [number, number])[]): Value {
  if (margins.every(([before, after]) => before === 0 && after === 0)) return x
  return b.value('Pad', { T, Tpaddings: Index }, [x, integers(b, margins.flat(), [margins.length, 2])])
}

export function concat(b: Builder, parts: readonly Value[], axis: number): Value {
  if (parts.length === 1) return parts[0]!
  return b.value('ConcatV2', { T, Tidx: Index, N: int(parts.length) }, [...parts, b.const({ splat: axis }, [], 'int32')])
}

export function addAll(b: Builder, terms: readonly Value[]): Value {
  return terms.length === 1 ? terms[0]! : b.value('AddN', { T, N: int(terms.length) }, terms)
}

/** The rows `indices` along an axis, the value itself if those are all of them in order; an index of −1 yields zeros. */
export function rows(b: Builder, x: Value, indices: readonly number[], axis: number): Value {
  const length = x.shape[axis]!
  if (indices.length === length && indices.every((index, i) => index === i)) return x
  const padded = indices.includes(-1)
    ? pad(
        b,
        x,
        x.shape.map((_, i) => [0, i === axis ? 1 : 0]),
      )
    : x
  const found = integers(
    b,
    indices.map(index => (index === -1 ? length : index)),
  )
  return b.value('GatherV2', { Tparams: T, Tindices: Index, Taxis: Index, batch_dims: int(0) }, [
    padded,
    found,
    b.const({ splat: axis }, [], 'int32'),
  ])
}

export function transpose(b: Builder, x: Value, axes: readonly number[]): Value {
  return b.value('Transpose', { T, Tperm: Index }, [x, integers(b, axes)])
}

/** Every `stride`-th position of NHWC images, as an average over one. */
export function subsample(b: Builder, x: Value, strides: readonly [number, number]): Value {
  return strides.every(stride => stride === 1) ? x : b.value('AvgPool', windowOfOne(strides), [x])
}

/** NHWC images of this shape with `x` at every `stride`-th position and zeros elsewhere: the gradient of `subsample`. */
export function spread(b: Builder, x: Value, shape: Shape, strides: readonly [number, number]): Value {
  return strides.every(stride => stride === 1) ? x : b.value('AvgPoolGrad', windowOfOne(strides), [integers(b, shape), x])
}

const windowOfOne = (strides: readonly [number, number]) => ({
  T,
  ksize: ints([1, 1, 1, 1]),
  strides: ints([1, ...strides, 1]),
  padding: string('VALID'),
})
