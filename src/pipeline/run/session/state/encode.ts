/** Encodes values for a file, to the last bit: as JSON, with tags for what JSON lacks, and bytes beside it. */
import { fail } from '../../../../errors/index.js'
import { describeKind } from '../../../../util/describe-value.js'
import { isPlainObject, type JsonObject, type JsonValue } from '../../../../util/json.js'
import { codecs, memoryTypes } from './codecs.js'

/** A value taken apart. */
export interface Encoded {
  readonly json: JsonValue
  /** The contents of its typed arrays; `json` says where each begins. */
  readonly bytes: Uint8Array
}

/** Typed arrays begin at multiples of this, so that any of them can be read in place. */
const ALIGNMENT = 8

/**
 * Takes a value apart: plain data with every JavaScript number, undefined, bigints, typed arrays, `NdArray`, `Map`, `Set`, `Date`,
 * metrics. Lists and objects that occur in two places are written once and shared again when read. Things that `live` names
 * are written as their names.
 *
 * @param name the value's name in errors, e.g. `variable losses`
 * @throws MillraceError `value-not-saved` for functions, tensors and other objects, with the place inside the value
 */
export function encode(name: string, value: unknown, live: Readonly<Record<string, unknown>> = {}): Encoded {
  const encoder = new Encoder(name, live)
  const json = encoder.encode(value, '')
  return { json, bytes: encoder.bytes() }
}

class Encoder {
  /** Lists and objects in the order they are met; later occurrences refer to them by number. */
  readonly #met = new Map<object, number>()
  /** Values whose parts are being taken: a value with a codec cannot contain itself. */
  readonly #open = new Set<object>()
  readonly #chunks: Uint8Array[] = []
  #end = 0

  constructor(
    readonly name: string,
    readonly live: Readonly<Record<string, unknown>>,
  ) {}

  encode(value: unknown, path: string): JsonValue {
    if (value === null || typeof value === 'string' || typeof value === 'boolean') return value
    if (typeof value === 'number') return Number.isFinite(value) && !Object.is(value, -0) ? value : { $: 'number', of: nameOf(value) }
    if (value === undefined) return { $: 'undefined' }
    if (typeof value === 'bigint') return { $: 'bigint', of: `${value}` }
    if (typeof value !== 'object') return this.#byName(value, path)
    const met = this.#met.get(value)
    if (met !== undefined) return { $: 'met', of: met }
    if (Array.isArray(value)) {
      this.#meet(value)
      return Array.from(value, (item, i) => this.encode(item, `${path}[${i}]`))
    }
    if (isPlainObject(value)) return this.#object(value, path)
    return this.#memory(value) ?? this.#byParts(value, path) ?? this.#byName(value, path)
  }

  bytes(): Uint8Array {
    const bytes = new Uint8Array(this.#end)
    let at = 0
    for (const chunk of this.#chunks) {
      bytes.set(chunk, at)
      at = aligned(at + chunk.length)
    }
    return bytes
  }

  #meet(value: object): void {
    this.#met.set(value, this.#met.size)
  }

  #object(value: Record<string, unknown>, path: string): JsonValue {
    this.#meet(value)
    const entries = Object.entries(value).map(([key, item]) => [key, this.encode(item, `${path}.${key}`)] as const)
    // A key that means a tag, or a prototype, cannot be written to JSON as it is.
    const isPlain = entries.every(([key]) => key !== '$' && key !== '__proto__')
    return isPlain ? Object.fromEntries(entries) : { $: 'object', of: entries as readonly (readonly [string, JsonValue])[] }
  }

  #memory(value: object): JsonObject | undefined {
    const type = Object.entries(memoryTypes).find(([, { prototype }]) => Object.getPrototypeOf(value) === prototype)
    if (!type) return undefined
    const { buffer, byteOffset, byteLength, length } = value as Uint8Array
    this.#meet(value)
    const at = this.#end
    this.#chunks.push(new Uint8Array(buffer, byteOffset, byteLength))
    this.#end = aligned(at + byteLength)
    return { $: type[0], of: [at, length] }
  }

  #byParts(value: object, path: string): JsonObject | undefined {
    const row = Object.entries(codecs).find(([, { is }]) => is(value))
    if (!row) return undefined
    if (this.#open.has(value)) return this.#refuse(`${describeKind(value)} that contains itself`, path)
    this.#open.add(value)
    const of = this.encode(row[1].take(value), path)
    this.#open.delete(value)
    this.#meet(value)
    return { $: row[0], of }
  }

  #byName(value: unknown, path: string): JsonObject {
    const name = Object.keys(this.live).find(key => this.live[key] === value)
    return name === undefined ? this.#refuse(describeKind(value), path) : { $: 'live', of: name }
  }

  #refuse(seen: string, path: string): never {
    return fail('value-not-saved', { name: this.name, path, seen })
  }
}

const nameOf = (value: number) => (Object.is(value, -0) ? '-0' : `${value}`)

const aligned = (length: number) => Math.ceil(length / ALIGNMENT) * ALIGNMENT
