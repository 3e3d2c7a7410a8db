/** Elements of constants, from tensors' data. */
import type { DataId, NodeBackend } from '../backend.js'
import type { Elements } from '../ir/graph.js'
import { LazyEntry } from '../session/lazy-entry.js'
import type { Engine } from './engine.js'

/** Large constants by the data of tensors: several traces may read the same, and each copy is memory. */
const large = new WeakMap<DataId, Elements>()
const LARGE = 65_536

interface Source {
  readonly engine: Pick<Engine, 'readSync'>
  readonly backend: NodeBackend
}

/** The elements of real data; large ones are read once, except those that a session keeps, which change. */
export function readElements({ engine, backend }: Source, dataId: DataId): Elements {
  const known = large.get(dataId)
  if (known) return known
  const elements = toElements(engine.readSync(dataId))
  const isFixed = !(backend.tensorMap.get(dataId) instanceof LazyEntry)
  if (isFixed && 'data' in elements && elements.data.length > LARGE) large.set(dataId, elements)
  return elements
}

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
