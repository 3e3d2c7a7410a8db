/** The elements of numpy's arrays: bytes to values and back. */
import { fail } from '../../errors/index.js'
import { type DType, NdArray, type TypedArray } from '../../util/nd-array.js'

/** Values of one element type. */
type Values = TypedArray | readonly string[]

interface ElementKind {
  readonly size: number
  /** Returns the values of bytes in the byte order of this machine. */
  decode(bytes: Uint8Array, count: number): Values
}

type Constructor<T> = new (buffer: ArrayBuffer) => T
const typed = <T extends TypedArray>(size: number, type: Constructor<T>): ElementKind => ({
  size,
  decode: bytes => new type(ownBuffer(bytes)),
})
const large = (type: Constructor<BigInt64Array | BigUint64Array>): ElementKind => ({
  size: 8,
  decode: bytes => Float64Array.from(new type(ownBuffer(bytes)), toSafe),
})

/** The component's element type, by numpy's letter and size. */
const kinds: Readonly<Record<string, ElementKind>> = {
  u1: typed(1, Uint8Array),
  i1: typed(1, Int8Array),
  b1: typed(1, Uint8Array),
  u2: typed(2, Uint16Array),
  i2: typed(2, Int16Array),
  u4: typed(4, Uint32Array),
  i4: typed(4, Int32Array),
  u8: large(BigUint64Array),
  i8: large(BigInt64Array),
  f2: { size: 2, decode: bytes => Float32Array.from(new Uint16Array(ownBuffer(bytes)), fromHalf) },
  f4: typed(4, Float32Array),
  f8: typed(8, Float64Array),
}

const descrs: Readonly<Record<DType, string>> = {
  uint8: '|u1',
  int8: '|i1',
  uint16: '<u2',
  int16: '<i2',
  uint32: '<u4',
  int32: '<i4',
  float32: '<f4',
  float64: '<f8',
}

/** The bytes of one element. @throws MillraceError `npy-dtype` */
export function elementSize(descr: string, path: string): number {
  return elementKind(descr, path).size
}

/** Elements of a file: what they are, their bytes, and how many they are, which elements of no bytes do not say. */
export interface Elements {
  readonly descr: string
  readonly bytes: Uint8Array
  readonly count: number
}

/** The values of these bytes. @throws MillraceError `npy-dtype`, `npy-format`, `number-too-large` */
export function decodeElements({ descr, bytes, count }: Elements, path: string): Values {
  const { size, decode } = elementKind(descr, path)
  const isForeign = descr.startsWith('>')
  const unit = descr[1] === 'U' ? 4 : size
  return decode(isForeign && unit > 1 ? reversed(bytes, unit) : bytes, count)
}

/** numpy's name and bytes of an array, or of a list of strings, booleans or numbers (float64). @throws MillraceError `npy-values` */
export function encodeElements(values: NdArray | readonly unknown[], path: string): { readonly descr: string; readonly bytes: Uint8Array } {
  if (values instanceof NdArray) return { descr: descrs[values.dtype], bytes: bytesOf(values.data) }
  if (values.every(value => typeof value === 'boolean')) return { descr: '|b1', bytes: Uint8Array.from(values, Number) }
  if (values.every(value => typeof value === 'number')) return { descr: '<f8', bytes: bytesOf(Float64Array.from(values)) }
  if (values.every(value => typeof value === 'string')) return encodeText(values)
  return fail('npy-values', { path })
}

function elementKind(descr: string, path: string): ElementKind {
  const [, letter, digits] = /^[<>|=]([a-zA-Z])(\d+)$/.exec(descr) ?? []
  const size = Number(digits)
  if (letter === 'U') return { size: 4 * size, decode: (bytes, count) => decodeText(bytes, size, count, path) }
  if (letter === 'S') return { size, decode: (bytes, count) => decodeBytes(bytes, size, count) }
  const kind = `${letter}${digits}`
  return Object.hasOwn(kinds, kind) ? kinds[kind]! : fail('npy-dtype', { path, seen: descr })
}

function toSafe(value: bigint): number {
  return Number.isSafeInteger(Number(value)) ? Number(value) : fail('number-too-large', { seen: String(value) })
}

/** A float of 16 bits: sign, 5 bits of exponent, 10 of fraction. */
function fromHalf(bits: number): number {
  const sign = bits & 0x8000 ? -1 : 1
  const exponent = (bits >> 10) & 0x1f
  const fraction = bits & 0x3ff
  if (exponent === 0) return sign * 2 ** -24 * fraction
  if (exponent === 31) return fraction === 0 ? sign * Number.POSITIVE_INFINITY : Number.NaN
  return sign * 2 ** (exponent - 15) * (1 + fraction / 1024)
}

function decodeText(bytes: Uint8Array, size: number, count: number, path: string): readonly string[] {
  const points = new Uint32Array(ownBuffer(bytes))
  const wrong = points.find(point => point > lastPoint)
  if (wrong !== undefined) fail('npy-format', { path, problem: `it has a character of number ${wrong}` })
  return Array.from({ length: count }, (_, i) => {
    const own = points.subarray(i * size, (i + 1) * size)
    return toText(own.subarray(0, own.findLastIndex(point => point !== 0) + 1))
  })
}

/** The last character of Unicode. */
const lastPoint = 0x10ffff

/** In pieces, since a function takes some ten thousand arguments. */
function toText(points: Uint32Array): string {
  const piece = 4096
  let text = ''
  for (let at = 0; at < points.length; at += piece) text += String.fromCodePoint(...points.subarray(at, at + piece))
  return text
}

function decodeBytes(bytes: Uint8Array, size: number, count: number): readonly string[] {
  return Array.from({ length: count }, (_, i) => {
    const own = bytes.subarray(i * size, (i + 1) * size)
    return Buffer.from(own.subarray(0, own.findLastIndex(byte => byte !== 0) + 1)).toString('utf8')
  })
}

function encodeText(values: readonly string[]): { readonly descr: string; readonly bytes: Uint8Array } {
  const points = values.map(value => Array.from(value, letter => letter.codePointAt(0)!))
  const size = points.reduce((max, { length }) => Math.max(max, length), 1)
  const all = new Uint32Array(values.length * size)
  for (const [i, own] of points.entries()) all.set(own, i * size)
  return { descr: `<U${size}`, bytes: bytesOf(all) }
}

const bytesOf = (data: ArrayBufferView) => new Uint8Array(data.buffer, data.byteOffset, data.byteLength)

/** Copies these bytes to a buffer of their own, for arrays that need an aligned start. */
function ownBuffer(bytes: Uint8Array): ArrayBuffer {
  return new Uint8Array(bytes).buffer
}

function reversed(bytes: Uint8Array, size: number): Uint8Array {
  const result = new Uint8Array(bytes.length)
  for (let i = 0; i < bytes.length; i++) result[i] = bytes[i - (i % size) + size - 1 - (i % size)]!
  return result
}
