/** The inverse of `encode`. */
import { isPlainObject, type JsonValue } from '../../../../util/json.js'
import { codecs, memoryTypes } from './codecs.js'
import type { Encoded } from './encode.js'

/**
 * The value that `encode` took apart.
 *
 * @param live the named live things, by name
 * @throws Error if the parts do not fit together
 */
export function decode({ json, bytes }: Encoded, live: Readonly<Record<string, unknown>> = {}): unknown {
  return new Decoder(bytes, live).decode(json)
}

class Decoder {
  readonly #met: unknown[] = []

  constructor(
    readonly bytes: Uint8Array,
    readonly live: Readonly<Record<string, unknown>>,
  ) {}

  decode(json: JsonValue): unknown {
    if (Array.isArray(json)) {
      const list: unknown[] = []
      this.#met.push(list)
      for (const item of json) list.push(this.decode(item))
      return list
    }
    if (!isPlainObject(json)) return json
    if (Object.hasOwn(json, '$')) return this.#tagged(String(json.$), json.of as never)
    return this.#object(Object.entries(json) as [string, JsonValue][])
  }

  #object(entries: readonly (readonly [string, JsonValue])[]): object {
    const object = {}
    this.#met.push(object)
    for (const [key, item] of entries)
      Object.defineProperty(object, key, { value: this.decode(item), writable: true, enumerable: true, configurable: true })
    return object
  }

  #tagged(tag: string, of: any): unknown {
    if (tag === 'number') return Number(of)
    if (tag === 'undefined') return undefined
    if (tag === 'bigint') return BigInt(of)
    if (tag === 'met') return of < this.#met.length ? this.#met[of] : unfit(`value ${of}`)
    if (tag === 'object') return this.#object(of)
    if (tag === 'live') return Object.hasOwn(this.live, of) ? this.live[of] : unfit(`${of}`)
    if (Object.hasOwn(memoryTypes, tag)) return this.#memory(tag as keyof typeof memoryTypes, of)
    const codec = Object.hasOwn(codecs, tag) ? codecs[tag]! : unfit(tag)
    const value = codec.make(this.decode(of))
    this.#met.push(value)
    return value
  }

  #memory(tag: keyof typeof memoryTypes, [at, length]: readonly [number, number]): unknown {
    const type = memoryTypes[tag]
    const size = length * new type(0).BYTES_PER_ELEMENT
    if (at + size > this.bytes.length) unfit(`bytes ${at} to ${at + size}`)
    // An aligned copy: the bytes of a file may be unaligned.
    const { buffer } = new Uint8Array(this.bytes.subarray(at, at + size))
    const value = type === Buffer ? Buffer.from(buffer) : new (type as Uint8ArrayConstructor)(buffer)
    this.#met.push(value)
    return value
  }
}

function unfit(what: string): never {
  throw new Error(`${what} is missing or unknown`)
}
