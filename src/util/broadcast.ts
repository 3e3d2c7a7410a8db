/** Numpy's broadcasting: shapes are aligned at their last axes, and an axis of length 1 (or a missing one) matches any length. */
import { sizeOf } from './dtypes.js'

/** Returns the common shape of two arrays. @throws TypeError if an axis differs and is 1 in neither */
export function broadcastShapes(a: readonly number[], b: readonly number[]): readonly number[] {
  const rank = Math.max(a.length, b.length)
  return Array.from({ length: rank }, (_, axis) => {
    const [m, n] = [a[axis - rank + a.length] ?? 1, b[axis - rank + b.length] ?? 1]
    if (m !== n && m !== 1 && n !== 1) throw new TypeError(`shapes [${a.join(', ')}] and [${b.join(', ')}] do not match`)
    return m === 1 ? n : m
  })
}

/** Returns the offset, in an array of this shape, of each element of the `result`; undefined if both shapes are the same. */
export function sourcePositions(shape: readonly number[], result: readonly number[]): Uint32Array | undefined {
  if (shape.length === result.length && shape.every((n, axis) => n === result[axis])) return undefined
  const positions = new Uint32Array(sizeOf(result))
  // From the last axis on: the filled part is repeated along the axis before it, shifted by its stride unless it has length 1.
  let [filled, stride] = [1, 1]
  for (let axis = result.length - 1; axis >= 0; axis--) {
    const own = shape[axis - result.length + shape.length] ?? 1
    for (let i = 1; i < result[axis]!; i++) {
      const shift = own === 1 ? 0 : i * stride
      for (let j = 0; j < filled; j++) positions[i * filled + j] = positions[j]! + shift
    }
    filled *= result[axis]!
    stride *= own
  }
  return positions
}
