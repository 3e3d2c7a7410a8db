/** The arguments of one call of a compiled function: their tensors, which are fed, and everything else, which is part of the program. */
import type { Tensor } from './backend.js'
import type { DType } from './ir/graph.js'
import type { Guard } from './record/guards/guards.js'
import { changedNumber, isOfUser, watchFields } from './record/guards/watch-fields.js'
import type { InputTypes } from './record/traced.js'
import { type Holder, holdsTensor, othersOf, putTogether, type Structure, takeApart, textOf } from './tree.js'

export class Call {
  readonly tensors: readonly Tensor[]
  /** Equal for calls that one program can serve: shapes, types, and what is no tensor. */
  readonly name: string
  readonly #structure: Structure
  readonly #text: string
  /** Objects of a user's classes among the arguments, and `this`, with their fields before the call. */
  readonly #objects: ReadonlyMap<object, Readonly<Record<string, unknown>>>
  /** Copies of arrays and objects that hold tensors, the originals, and what the copies held at first. */
  readonly #copies: (readonly [copy: Holder, of: Holder, parts: readonly unknown[]])[] = []
  #inputs: readonly Tensor[] = []

  /** `self` is `this` if the function uses it. */
  constructor(
    readonly args: readonly unknown[],
    readonly self: unknown,
    key = '',
  ) {
    const { tensors, structure } = takeApart(args)
    this.tensors = tensors
    this.#structure = structure
    this.#text = textOf(structure)
    const selfText = typeof self === 'object' && self !== null ? textOf({ other: self }) : ''
    this.name = [key, selfText, this.#text, ...tensors.map(({ shape, dtype }) => `${dtype}[${shape}]`)].join(' ')
    const objects = [self, ...othersOf(structure)].filter(isObject).filter(isOfUser)
    this.#objects = new Map(objects.map(object => [object, { ...object }]))
  }

  get types(): InputTypes {
    return this.tensors.map(({ shape, dtype }, i) => ({ name: `input${i}`, shape, dtype: dtype as DType }))
  }

  /** The arguments with other tensors. Arrays and objects without tensors are themselves. */
  argumentsWith(inputs: readonly Tensor[]): unknown[] {
    this.#inputs = inputs
    const build = (part: Structure) => (holdsTensor(part) ? this.#copy(part, inputs) : originalOf(part))
    return 'list' in this.#structure ? this.#structure.list.map(build) : []
  }

  #copy(part: Structure, inputs: readonly Tensor[]): unknown {
    return putTogether(part, inputs, (copy, of) => this.#copies.push([copy, of, partsOf(copy)]))
  }

  /** What the function has changed about its arguments or `this`; undefined if nothing. */
  get changed(): string | undefined {
    if (textOf(takeApart(this.args).structure) !== this.#text) return 'it changes an argument'
    if (this.#copies.some(([copy, , parts]) => !sameParts(partsOf(copy), parts))) return 'it changes an argument'
    for (const [object, before] of this.#objects) {
      const field = changedNumber(object, before)
      if (field !== undefined) return `it changes ${object === this.self ? `this.${field}` : `${field} of an argument`} in JavaScript`
    }
    return undefined
  }

  /** What the function did to the copies is done to the arguments. */
  applyChanges(): void {
    for (const [copy, of, parts] of this.#copies) {
      const now = partsOf(copy)
      if (!sameParts(now, parts)) fill(of, copy, part => this.original(part))
    }
  }

  /** A value of the function, with the arguments' own tensors and objects in place of what stood for them. */
  original(value: unknown): unknown {
    const found = this.#copies.find(([copy]) => copy === value)
    if (found) return found[1]
    const { tensors, structure } = takeApart(value)
    if (!tensors.some(tensor => this.#inputs.includes(tensor))) return value
    return putTogether(
      structure,
      tensors.map(tensor => this.tensors[this.#inputs.indexOf(tensor)] ?? tensor),
    )
  }

  /** True until a field of an object among the arguments, or of `this`, changes. */
  watch(): Guard {
    return watchFields(this.#objects.keys(), isOfUser)
  }

  /** True for an object that the caller has, too. */
  isKnown(object: unknown): boolean {
    return object === this.self || othersOf(this.#structure).includes(object)
  }
}

const isObject = (value: unknown): value is object => typeof value === 'object' && value !== null

function originalOf(part: Structure): unknown {
  return 'other' in part ? part.other : 'of' in part ? part.of : undefined
}

/** Names and values of what an object holds. */
function partsOf(holder: Holder): readonly unknown[] {
  if (Array.isArray(holder) || holder instanceof Set) return [...holder]
  return holder instanceof Map ? [...holder].flat() : Object.entries(holder).flat()
}

const sameParts = (a: readonly unknown[], b: readonly unknown[]) => a.length === b.length && a.every((part, i) => Object.is(part, b[i]))

function fill(target: Holder, from: Holder, original: (part: unknown) => unknown): void {
  if (Array.isArray(target)) target.splice(0, target.length, ...(from as unknown[]).map(original))
  else if (target instanceof Map) {
    target.clear()
    for (const [key, part] of from as Map<unknown, unknown>) target.set(original(key), original(part))
  } else if (target instanceof Set) {
    target.clear()
    for (const part of from as Set<unknown>) target.add(original(part))
  } else {
    for (const key of Object.keys(target)) delete target[key]
    for (const [key, part] of Object.entries(from)) target[key] = original(part)
  }
}
