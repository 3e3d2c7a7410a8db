/** Elements of constants, from tensors' data. */
import type { Elements } from '../ir/graph.js'

/** Elements of a constant, as one number if all are equal. */
export function toElements(data: Float32Array | Int32Array | Uint8Array): Elements {
  return isUniform(data) ? { splat: data[0]! } : { data: data.slice() }
}

/** True if all elements are the same number; −0 is not 0. */
function isUniform(data: Float32Array | Int32Array | Uint8Array): boolean {
  const first = data[0]!
  if (data.length < 2 || Object.is(first, -0)) return false
  for (let i = 1; i < data.length; i++) if (data[i] !== first) return false
  return (
    first !== 0 || !(data instanceof Float32Array) || new Int32Array(data.buffer, data.byteOffset, data.length).every(bits => bits === 0)
  )
}

/** True if two constants have the same elements. */
export function sameElements(a: Elements, b: Elements): boolean {
  if (a === b) return true
  if ('splat' in a || 'splat' in b) return 'splat' in a && 'splat' in b && a.splat === b.splat
  if (a.data.length !== b.data.length) return false
  for (let i = 0; i < a.data.length; i++) if (!Object.is(a.data[i], b.data[i])) return false
  return true
}
