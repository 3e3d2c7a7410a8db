/** The matrix product, by numpy's rules: a list of numbers is a row before a matrix and a column after it; leading axes are broadcast. */
import { broadcastShapes, sourcePositions } from './broadcast.js'
import { allocate, type DType, sizeOf } from './dtypes.js'
import type { Elements } from './reductions.js'

/**
 * `a @ b`, summed in double precision.
 *
 * @throws TypeError if the last axis of `a` and the last but one of `b` differ, or one of them is a single number
 */
export function matmul(a: Elements, b: Elements, dtype: DType): Elements {
  const rows = a.shape.length === 1 ? [1, ...a.shape] : a.shape
  const columns = b.shape.length === 1 ? [...b.shape, 1] : b.shape
  const [m = 0, k] = rows.slice(-2)
  const [inner, n = 0] = columns.slice(-2)
  if (a.shape.length === 0 || b.shape.length === 0 || k !== inner) {
    throw new TypeError(`there is no matrix product of shapes [${a.shape.join(', ')}] and [${b.shape.join(', ')}]`)
  }
  const leading = broadcastShapes(rows.slice(0, -2), columns.slice(0, -2))
  const count = sizeOf(leading)
  const [left, right] = [sourcePositions(rows.slice(0, -2), leading), sourcePositions(columns.slice(0, -2), leading)]
  const data = allocate(dtype, count * m * n)
  for (let batch = 0; batch < count; batch++) {
    const fromA = (left?.[batch] ?? batch) * m * k!
    const fromB = (right?.[batch] ?? batch) * k! * n
    for (let i = 0; i < m; i++) {
      for (let j = 0; j < n; j++) {
        let total = 0
        for (let l = 0; l < k!; l++) total += a.data[fromA + i * k! + l]! * b.data[fromB + l * n + j]!
        data[(batch * m + i) * n + j] = total
      }
    }
  }
  return { data, shape: [...leading, ...(a.shape.length === 1 ? [] : [m]), ...(b.shape.length === 1 ? [] : [n])] }
}
