/** The rows of a `.npy` file, read on demand. */
import type { FileHandle } from 'node:fs/promises'
import { fail } from '../../errors/index.js'
import type { ComponentValue } from '../../pipeline/description/contracts.js'
import { readAt, withRegular } from '../../util/files/read-file.js'
import { sizeOf } from '../../util/nd-array.js'
import { npyValue, readNpy } from '../formats/npy.js'
import { decodeElements } from '../formats/npy-elements.js'
import { type NpyHeader, npyPrefix, npyStart, parseNpyHeader } from '../formats/npy-header.js'
import { readingFile } from '../formats/reading-file.js'
import { ColumnsSource } from '../sources/columns.js'
import type { DataSource, ReadComponent } from '../sources/source.js'

/** Rows with at most this many bytes between them are read at once: the extra bytes cost less than another call. */
const smallGap = 2 ** 15
/** At most this many bytes per read, unless one row has more. */
const largeRead = 2 ** 20

/** A file whose rows are a component. Memory: the rows of a batch. A file in numpy's column-major order is read as a whole. */
export async function openNpySource(name: string, path: string): Promise<DataSource<'files'>> {
  const header = await readingFile(path, () => withRegular(path, (file, size) => readHeader(file, size, path)))
  const [length] = header.shape
  if (length === undefined) fail('npy-format', { path, problem: 'it contains one value, not one per item' })
  if (header.fortranOrder && header.shape.length > 1) {
    const whole = new ColumnsSource(new Map([[name, await readNpy(path)]]), length!)
    return { names: [name], length: length!, items: async positions => whole.items(positions) }
  }
  return { names: [name], length: length!, items: positions => readItems(header, path, positions) }
}

async function readItems(header: NpyHeader, path: string, positions: Uint32Array): Promise<ReadComponent> {
  const value = await readingFile(path, () => withRegular(path, file => readRows(file, header, path, positions)))
  return () => value
}

async function readHeader(file: FileHandle, fileBytes: number, path: string): Promise<NpyHeader> {
  const first = (length: number) => readAt(file, 0, new Uint8Array(Math.min(length, fileBytes)))
  return parseNpyHeader(await first(npyStart(await first(npyPrefix), path)), path, fileBytes)
}

async function readRows(
  file: FileHandle,
  { descr, shape, start, elementBytes }: NpyHeader,
  path: string,
  positions: Uint32Array,
): Promise<ComponentValue> {
  const rowShape = shape.slice(1)
  const elements = sizeOf(rowShape)
  const size = elements * elementBytes
  const bytes = new Uint8Array(positions.length * size)
  const scratch = new Uint8Array(Math.max(size, Math.min(largeRead, bytes.length + positions.length * smallGap)))
  const order = Uint32Array.from(positions.keys()).sort((a, b) => positions[a]! - positions[b]!)
  for (let from = 0, to = 0; from < order.length; from = to) {
    const first = positions[order[from]!]!
    const row = (i: number) => positions[order[i]!]!
    to = from + 1
    while (to < order.length && (row(to) - row(to - 1) - 1) * size <= smallGap && (row(to) + 1 - first) * size <= largeRead) to++
    const read = await readAt(file, start + first * size, scratch.subarray(0, (row(to - 1) + 1 - first) * size))
    for (let i = from; i < to; i++) bytes.set(read.subarray((row(i) - first) * size, (row(i) + 1 - first) * size), order[i]! * size)
  }
  return npyValue(
    { shape: [positions.length, ...rowShape], fortranOrder: false },
    decodeElements({ descr, bytes, count: positions.length * elements }, path),
  )
}
