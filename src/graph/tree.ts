/** Tensors in arrays and plain objects, taken apart and reassembled. */
import { isPlainObject } from '../util/json.js'
import type { Tensor } from './backend.js'
import { numberOf } from './identity.js'

/** A structure with its tensors replaced by their positions in a list. */
export type Structure =
  | { readonly tensor: number }
  | { readonly list: readonly Structure[] }
  | { readonly map: Readonly<Record<string, Structure>> }
  | { readonly other: unknown }

/** Takes a structure apart: its tensors, in order, and the rest. A variable is itself, not its value. */
export function takeApart(value: unknown): { readonly tensors: readonly Tensor[]; readonly structure: Structure } {
  const tensors: Tensor[] = []
  const around = new Set<unknown>()
  const walk = (part: unknown): Structure => {
    if (isTensor(part) && !isVariable(part)) return { tensor: tensors.push(part) - 1 }
    // What contains itself is not a tree; it is kept as it is.
    if (around.has(part)) return { other: part }
    around.add(part)
    const structure = open(part)
    around.delete(part)
    return structure
  }
  const open = (part: unknown): Structure => {
    if (Array.isArray(part)) return { list: part.map(walk) }
    if (isPlainObject(part)) return { map: Object.fromEntries(Object.entries(part).map(([key, inner]) => [key, walk(inner)])) }
    return { other: part }
  }
  const structure = walk(value)
  return { tensors, structure }
}

/** Reassembles a structure with other tensors. */
export function putTogether(structure: Structure, tensors: readonly Tensor[]): unknown {
  if ('tensor' in structure) return tensors[structure.tensor]
  if ('list' in structure) return structure.list.map(part => putTogether(part, tensors))
  if ('map' in structure) return Object.fromEntries(Object.entries(structure.map).map(([key, part]) => [key, putTogether(part, tensors)]))
  return structure.other
}

function isVariable(tensor: Tensor): boolean {
  return typeof (tensor as { assign?: unknown }).assign === 'function'
}

/** True if this looks like a tensor of tfjs, by its properties. */
export function isTensor(value: unknown): value is Tensor {
  const tensor = value as Partial<Tensor> | null
  return (
    typeof tensor === 'object' && tensor !== null && typeof tensor.dataSync === 'function' && typeof tensor.throwIfDisposed === 'function'
  )
}

/** Every value in a structure that is neither a tensor nor a list or map. */
export function othersOf(structure: Structure): unknown[] {
  if ('tensor' in structure) return []
  if ('list' in structure) return structure.list.flatMap(othersOf)
  return 'map' in structure ? Object.values(structure.map).flatMap(othersOf) : [structure.other]
}

/** A string that is the same for equal structures. Functions and instances of classes are equal only if identical. */
export function textOf(structure: Structure): string {
  if ('tensor' in structure) return 'tensor'
  if ('list' in structure) return `[${structure.list.map(textOf)}]`
  if ('map' in structure) return `{${Object.entries(structure.map).map(([key, part]) => `${JSON.stringify(key)}:${textOf(part)}`)}}`
  return otherText(structure.other)
}

function otherText(value: unknown): string {
  if (typeof value === 'string') return JSON.stringify(value)
  if (Object.is(value, -0)) return '-0'
  if (ArrayBuffer.isView(value)) {
    const bytes = Buffer.from(value.buffer, value.byteOffset, value.byteLength)
    return `${value.constructor.name}<${bytes.toString('base64')}>`
  }
  if ((typeof value === 'object' && value !== null) || typeof value === 'function') return `#${numberOf(value)}`
  return typeof value === 'bigint' ? `${value}n` : String(value)
}
