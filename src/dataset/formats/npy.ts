/** numpy's `.npy` files: one array each. */
import type { ComponentValue } from '../../pipeline/description/contracts.js'
import { readRegular } from '../../util/files/read-file.js'
import { writeWhole } from '../../util/files/write-whole.js'
import { allocate, NdArray, type TypedArray } from '../../util/nd-array.js'
import { nestList } from '../batch/nest-list.js'
import { stacked } from '../batch/stack-items.js'
import { decodeElements, encodeElements } from './npy-elements.js'
import { type NpyHeader, parseNpyHeader, printNpyHeader } from './npy-header.js'
import { readingFile } from './reading-file.js'

/**
 * Reads a `.npy` file as numpy writes it: an array, or a list for strings (nested if it has more axes). Element types that an array
 * does not have become the next one that can represent their values: bool uint8, float16 float32, int64 and uint64 float64. Row-major and
 * column-major, of either byte order.
 *
 * @example
 * const images = await readNpy('images.npy')  // NdArray [60000, 28, 28]
 *
 * @throws MillraceError `file-unreadable`, `npy-format`, `npy-dtype` (complex numbers, dates, Python objects),
 *   `number-too-large` for integers beyond 2⁵³
 */
export async function readNpy(path: string): Promise<ComponentValue> {
  return decodeNpy(await readingFile(path, () => readRegular(path)), path)
}

/**
 * Writes a `.npy` file, which numpy reads as an array of the same dtype and shape. Lists may contain strings, booleans, numbers (float64)
 * or arrays of one shape. The file appears complete or not at all.
 *
 * @example
 * await writeNpy('scores.npy', NdArray.from([0.5, 1]))
 *
 * @throws MillraceError `npy-values`, and errors of the file system
 */
export async function writeNpy(path: string, value: ComponentValue): Promise<void> {
  await writeWhole(path, encodeNpy(value, path))
}

export function decodeNpy(bytes: Uint8Array, path: string): ComponentValue {
  const header = parseNpyHeader(bytes, path, bytes.length)
  const { descr, start, size } = header
  return npyValue(header, decodeElements({ descr, bytes: bytes.subarray(start, start + header.bytes), count: size }, path))
}

export function encodeNpy(value: ComponentValue, path: string): Uint8Array {
  const given = stacked(value)
  const { descr, bytes } = encodeElements(given, path)
  return Buffer.concat([printNpyHeader(descr, given instanceof NdArray ? given.shape : [given.length]), bytes])
}

/** The array of a file's elements, in the order of rows. */
export function npyValue(
  { shape, fortranOrder }: Pick<NpyHeader, 'shape' | 'fortranOrder'>,
  values: TypedArray | readonly string[],
): ComponentValue {
  const order = fortranOrder && shape.length > 1 ? columnMajorOrder(shape) : undefined
  if (Array.isArray(values)) return nestList(order ? Array.from(order, i => values[i]) : values, shape)
  const data = values as TypedArray
  if (order === undefined) return new NdArray(data, shape)
  const array = new NdArray(data, [data.length])
  const turned = allocate(array.dtype, data.length)
  for (let i = 0; i < turned.length; i++) turned[i] = data[order[i]!]!
  return new NdArray(turned, shape)
}

/** Returns the position of each element of a row-major array in a column-major one. */
function columnMajorOrder(shape: readonly number[]): Uint32Array {
  const strides = shape.map((_, axis) => shape.slice(0, axis).reduce((product, n) => product * n, 1))
  const order = new Uint32Array(shape.reduce((product, n) => product * n, 1))
  const place = shape.map(() => 0)
  let from = 0
  for (let i = 0; i < order.length; i++) {
    order[i] = from
    for (let axis = shape.length - 1; axis >= 0; axis--) {
      from += strides[axis]!
      if (++place[axis]! < shape[axis]!) break
      from -= strides[axis]! * shape[axis]!
      place[axis] = 0
    }
  }
  return order
}
