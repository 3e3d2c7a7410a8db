/** Tensors in arrays and plain objects, taken apart and put together again. */
import { isPlainObject } from '../util/json.js'
import type { Tensor } from './backend.js'

/** A structure with its tensors replaced by their positions in a list. */
export type Structure =
  | { readonly tensor: number }
  | { readonly list: readonly Structure[] }
  | { readonly map: Readonly<Record<string, Structure>> }
  | { readonly other: unknown }

/** Takes a structure apart: its tensors, in order, and the rest. */
export function takeApart(value: unknown): { readonly tensors: readonly Tensor[]; readonly structure: Structure } {
  const tensors: Tensor[] = []
  const walk = (part: unknown): Structure => {
    if (isTensor(part)) return { tensor: tensors.push(part) - 1 }
    if (Array.isArray(part)) return { list: part.map(walk) }
    if (isPlainObject(part)) return { map: Object.fromEntries(Object.entries(part).map(([key, inner]) => [key, walk(inner)])) }
    return { other: part }
  }
  const structure = walk(value)
  return { tensors, structure }
}

/** Puts a structure together again, with other tensors. */
export function putTogether(structure: Structure, tensors: readonly Tensor[]): unknown {
  if ('tensor' in structure) return tensors[structure.tensor]
  if ('list' in structure) return structure.list.map(part => putTogether(part, tensors))
  if ('map' in structure) return Object.fromEntries(Object.entries(structure.map).map(([key, part]) => [key, putTogether(part, tensors)]))
  return structure.other
}

/** Whether this is a tensor of tfjs, by what it has. */
export function isTensor(value: unknown): value is Tensor {
  const tensor = value as Partial<Tensor> | null
  return (
    typeof tensor === 'object' && tensor !== null && typeof tensor.dataSync === 'function' && typeof tensor.throwIfDisposed === 'function'
  )
}
