/** Arithmetic of shapes. */
import { attribute, attributeOr } from './attributes.js'
import type { Attributes, Shape } from './graph.js'

type Op = { readonly op: string; readonly attributes: Attributes }

/** The shape that two shapes are broadcast to, from their last axes. */
export function broadcast(a: Shape, b: Shape): Shape {
  const rank = Math.max(a.length, b.length)
  return Array.from({ length: rank }, (_, i) => {
    const [x, y] = [a[a.length - rank + i] ?? 1, b[b.length - rank + i] ?? 1]
    return x === 1 ? y : x
  })
}

/** A shape after a reduction over these axes. */
export function reduced(shape: Shape, axes: readonly number[], keep: boolean): Shape {
  const gone = new Set(axes.map(axis => (axis < 0 ? axis + shape.length : axis)))
  return keep ? shape.map((length, i) => (gone.has(i) ? 1 : length)) : shape.filter((_, i) => !gone.has(i))
}

/** A target shape with its one −1 filled in. */
export function reshaped(shape: Shape, target: Shape): Shape {
  const size = sizeOfShape(shape)
  const known = target.reduce((product, length) => (length === -1 ? product : product * length), 1)
  return target.map(length => (length === -1 ? size / known : length))
}

export function sizeOfShape(shape: Shape): number {
  return shape.reduce((product, length) => product * length, 1)
}

/** True if two shapes are equal. */
export function sameShape(a: Shape, b: Shape): boolean {
  return a.length === b.length && a.every((length, i) => length === b[i])
}

export function concatenated(shapes: readonly Shape[], axis: number): Shape {
  const first = shapes[0]!
  const at = axis < 0 ? axis + first.length : axis
  return first.map((length, i) => (i === at ? shapes.reduce((sum, shape) => sum + shape[at]!, 0) : length))
}

/** Margins of a window along one axis: the padding before and after. */
export function marginsOf(
  length: number,
  window: number,
  stride: number,
  padding: string,
  explicit?: readonly number[],
): { readonly before: number; readonly after: number; readonly out: number } {
  if (padding === 'SAME') {
    const out = Math.ceil(length / stride)
    const total = Math.max(0, (out - 1) * stride + window - length)
    return { before: Math.floor(total / 2), after: total - Math.floor(total / 2), out }
  }
  const [before, after] = padding === 'EXPLICIT' ? [explicit![0]!, explicit![1]!] : [0, 0]
  return { before, after, out: Math.floor((length + before + after - window) / stride) + 1 }
}

/** Batch and spatial lengths of a convolution's output (NHWC). `window` holds the dilated lengths. */
export function convolved(shape: Shape, window: readonly number[], op: Op): Shape {
  const strides = attribute(op, 'strides', 'ints')
  const padding = attribute(op, 'padding', 'string')
  const explicit = attributeOr(op, 'explicit_paddings', 'ints', [])
  const lengths = window.map((length, i) => {
    const axis = i + 1
    return marginsOf(shape[axis]!, length, strides[axis]!, padding, explicit.slice(2 * axis, 2 * axis + 2)).out
  })
  return [shape[0]!, ...lengths]
}

/** The output of a pooling (NHWC). */
export function pooled(shape: Shape, op: Op): Shape {
  const window = attribute(op, 'ksize', 'ints').slice(1, -1)
  return [...convolved(shape, window, op), shape.at(-1)!]
}

/** The output of `StridedSlice` with constant begin, end and strides. */
export function strided(shape: Shape, [begin, end, strides]: readonly number[][], op: Op): Shape {
  const mask = (name: string) => attributeOr(op, name, 'int', 0)
  if (mask('ellipsis_mask') !== 0 || mask('new_axis_mask') !== 0) throw new TypeError('StridedSlice with ellipsis or new axes')
  const out: number[] = []
  for (const [i, length] of shape.entries()) {
    const step = strides?.[i] ?? 1
    const clip = (at: number) => Math.min(Math.max(at < 0 ? at + length : at, step > 0 ? 0 : -1), step > 0 ? length : length - 1)
    const from = i >= begin!.length || mask('begin_mask') & (1 << i) ? (step > 0 ? 0 : length - 1) : clip(begin![i]!)
    const to = i >= end!.length || mask('end_mask') & (1 << i) ? (step > 0 ? length : -1) : clip(end![i]!)
    if (mask('shrink_axis_mask') & (1 << i)) continue
    out.push(Math.max(0, Math.ceil((to - from) / step)))
  }
  return out
}
