/** Matrices applied along the axes of positions: windows of different sizes, interpolation. */
import type { Tensor, Tf } from '../../tf-types.js'

/** Rows are outputs, columns inputs. */
type Matrix = readonly (readonly number[])[]

/** The value with each axis of positions multiplied by its matrix: `[b, h, w, c]` by 2×h and 3×w matrices is `[b, 2, 3, c]`. */
export function alongAxes(tf: Tf, x: Tensor, matrices: readonly Matrix[]): Tensor {
  return matrices.reduce<Tensor>((value, matrix, i) => {
    const axis = i + 1
    const shape = [...value.shape]
    const [before, length, after] = [size(shape.slice(0, axis)), shape[axis]!, size(shape.slice(axis + 1))]
    shape[axis] = matrix.length
    const weights = tf.tensor2d(matrix.flat(), [matrix.length, length])
    // The one product that needs no copy of the value in another order.
    if (after === 1) return tf.reshape(tf.matMul(tf.reshape(value, [before, length]), weights, false, true), shape)
    return tf.reshape(tf.matMul(tf.tile(tf.expandDims(weights), [before, 1, 1]), tf.reshape(value, [before, length, after])), shape)
  }, x)
}

const size = (shape: readonly number[]) => shape.reduce((product, length) => product * length, 1)

/** Means of windows that divide `length` positions into `parts`, as PyTorch's adaptive pooling: they overlap where it does not divide. */
export function windowMeans(length: number, parts: number): Matrix {
  return Array.from({ length: parts }, (_, part) => {
    const [start, end] = [Math.floor((part * length) / parts), Math.ceil(((part + 1) * length) / parts)]
    return Array.from({ length }, (_, position) => (position >= start && position < end ? 1 / (end - start) : 0))
  })
}

/** Linear interpolation of `length` positions to `target`, with half-pixel centres; outside, the outermost values continue. */
export function interpolation(length: number, target: number): Matrix {
  return Array.from({ length: target }, (_, i) => {
    const at = Math.min(Math.max(((i + 0.5) * length) / target - 0.5, 0), length - 1)
    const row = Array<number>(length).fill(0)
    const low = Math.floor(at)
    row[low]! += 1 - (at - low)
    if (at > low) row[low + 1]! += at - low
    return row
  })
}
