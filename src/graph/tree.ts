/** Tensors in arrays, plain objects, Maps and Sets, taken apart and reassembled. */
import { isPlainObject } from '../util/json.js'
import type { Tensor } from './backend.js'
import { numberOf } from './identity.js'

/** A structure with its tensors replaced by their positions in a list. */
export type Structure =
  | { readonly tensor: number }
  | { readonly list: readonly Structure[]; readonly of: Holder }
  | { readonly map: Readonly<Record<string, Structure>>; readonly of: Holder }
  | { readonly other: unknown }

/** An array, Map or Set (of which the entries, or the members, are the list) or a plain object. */
export type Holder = unknown[] | Map<unknown, unknown> | Set<unknown> | Record<string, unknown>

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
    if (Array.isArray(part)) return { list: part.map(walk), of: part }
    if (part instanceof Map || part instanceof Set) return { list: [...part].map(walk), of: part }
    if (isPlainObject(part)) return { map: Object.fromEntries(Object.entries(part).map(([key, inner]) => [key, walk(inner)])), of: part }
    return { other: part }
  }
  const structure = walk(value)
  return { tensors, structure }
}

/** Reassembles a structure with other tensors. `see` receives each copy and what it is a copy of. */
export function putTogether(
  structure: Structure,
  tensors: readonly Tensor[],
  see: (copy: Holder, of: Holder) => void = () => undefined,
): unknown {
  if ('tensor' in structure) return tensors[structure.tensor]
  if ('other' in structure) return structure.other
  const build = (part: Structure) => putTogether(part, tensors, see)
  const copy: Holder =
    'map' in structure
      ? Object.fromEntries(Object.entries(structure.map).map(([key, part]) => [key, build(part)]))
      : holderOf(structure.of, structure.list.map(build))
  see(copy, structure.of)
  return copy
}

function holderOf(kind: Holder, list: unknown[]): Holder {
  if (kind instanceof Map) return new Map(list as [unknown, unknown][])
  return kind instanceof Set ? new Set(list) : list
}

/** True if a structure holds a tensor. */
export function holdsTensor(structure: Structure): boolean {
  if ('list' in structure) return structure.list.some(holdsTensor)
  return 'map' in structure ? Object.values(structure.map).some(holdsTensor) : 'tensor' in structure
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
  if ('list' in structure) return `${Array.isArray(structure.of) ? '' : structure.of.constructor.name}[${structure.list.map(textOf)}]`
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
