/** The header of a `.npy` file, which describes the values after it. */
import { fail } from '../../errors/index.js'
import { sizeOf } from '../../util/nd-array.js'
import { elementSize } from './npy-elements.js'

/** The content of a `.npy` file. */
export interface NpyHeader {
  /** numpy's name of the element type, e.g. `<f4`. */
  readonly descr: string
  readonly fortranOrder: boolean
  readonly shape: readonly number[]
  /** The number of elements. */
  readonly size: number
  /** Where the values start, in bytes. */
  readonly start: number
  /** Bytes of one element, and of all. */
  readonly elementBytes: number
  readonly bytes: number
}

const magic = '\x93NUMPY'
/** Enough for the magic word, the version and the length of the header. */
export const npyPrefix = 12

/** numpy's own headers have a few hundred bytes, records of many fields some thousands. */
const maxHeader = 2 ** 20
/** The most rows of an array without values: nothing in the file limits them. */
const maxEmpty = 2 ** 28

/** How long the header is, magic word and all, from the first bytes of a file. @throws MillraceError `npy-format` */
export function npyStart(bytes: Uint8Array, path: string): number {
  const text = Buffer.from(bytes.subarray(0, 6)).toString('latin1')
  if (bytes.length < npyPrefix || text !== magic) fail('npy-format', { path, problem: 'it does not start with the magic word of numpy' })
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const major = bytes[6]!
  if (major < 1 || major > 3) fail('npy-format', { path, problem: `it is of version ${major}` })
  const start = major === 1 ? 10 + view.getUint16(8, true) : 12 + view.getUint32(8, true)
  return start <= maxHeader ? start : fail('npy-format', { path, problem: `its header claims ${start} bytes` })
}

/**
 * Reads the header of a file of this size, before anything else is read or allocated.
 *
 * @throws MillraceError `npy-format` also if the file is shorter than the header says, `npy-dtype`
 */
export function parseNpyHeader(bytes: Uint8Array, path: string, fileBytes: number): NpyHeader {
  const refuse = (problem: string) => fail('npy-format', { path, problem })
  const start = npyStart(bytes, path)
  const from = bytes[6] === 1 ? 10 : 12
  const text = Buffer.from(bytes.subarray(from, start)).toString(bytes[6] === 3 ? 'utf8' : 'latin1')
  const descr = /'descr':\s*'([^']+)'/.exec(text)?.[1]
  const order = /'fortran_order':\s*(True|False)/.exec(text)?.[1]
  const axes = /'shape':\s*\(\s*((?:\d+L?\s*,\s*)*(?:\d+L?)?)\s*\)/.exec(text)?.[1]
  if (bytes.length < start || order === undefined || axes === undefined) return refuse('its header is damaged')
  if (descr === undefined) return refuse('its elements are records of several fields')
  const shape = (axes.match(/\d+/g) ?? []).map(Number)
  const size = sizeOf(shape)
  const elementBytes = elementSize(descr, path)
  const all = start + size * elementBytes
  if (!shape.every(Number.isSafeInteger) || !Number.isSafeInteger(all)) return refuse(`its shape is (${axes.trim()})`)
  if (fileBytes < all) return refuse(`it is truncated: ${fileBytes} of ${all} bytes`)
  if (all === start && sizeOf(shape.filter(axis => axis > 0)) > maxEmpty) return refuse(`its shape is (${axes.trim()}), without values`)
  return { descr, fortranOrder: order === 'True', shape, size, start, elementBytes, bytes: all - start }
}

/** Returns a header for values of this type and shape, padded so that the values start at a multiple of 64 bytes. */
export function printNpyHeader(descr: string, shape: readonly number[]): Uint8Array {
  const axes = shape.length === 1 ? `${shape[0]},` : shape.join(', ')
  const text = `{'descr': '${descr}', 'fortran_order': False, 'shape': (${axes}), }`
  const length = Math.ceil((10 + text.length + 1) / 64) * 64 - 10
  const bytes = Buffer.alloc(10 + length, ' ')
  bytes.write(magic, 'latin1')
  bytes.writeUInt8(1, 6)
  bytes.writeUInt8(0, 7)
  bytes.writeUInt16LE(length, 8)
  bytes.write(text, 10, 'latin1')
  bytes.write('\n', 10 + length - 1, 'latin1')
  return bytes
}
