/** The rows of a `.npy` file, read on demand. */
import { type FileHandle, open } from 'node:fs/promises'
import { fail } from '../../errors/index.js'
import type { ComponentValue } from '../../pipeline/description/contracts.js'
import { npyValue, readNpy } from '../formats/npy.js'
import { decodeElements, elementSize } from '../formats/npy-elements.js'
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
  const header = await readingFile(path, () => withFile(path, file => readHeader(file, path)))
  const [length] = header.shape
  if (length === undefined) fail('npy-format', { path, problem: 'it contains one value, not one per item' })
  if (header.fortranOrder && header.shape.length > 1) {
    const whole = new ColumnsSource(new Map([[name, await readNpy(path)]]), length!)
    return { names: [name], length: length!, items: async positions => whole.items(positions) }
  }
  return { names: [name], length: length!, items: positions => readItems(header, path, positions) }
}

async function readItems(header: NpyHeader, path: string, positions: Uint32Array): Promise<ReadComponent> {
  const value = await readingFile(path, () => withFile(path, file => readRows(file, header, path, positions)))
  return () => value
}

async function readHeader(file: FileHandle, path: string): Promise<NpyHeader> {
  const prefix = await readAt(file, 0, new Uint8Array(npyPrefix), path)
  return parseNpyHeader(await readAt(file, 0, new Uint8Array(npyStart(prefix, path)), path), path)
}

async function readRows(
  file: FileHandle,
  { descr, shape, start }: NpyHeader,
  path: string,
  positions: Uint32Array,
): Promise<ComponentValue> {
  const rowShape = shape.slice(1)
  const size = rowShape.reduce((product, n) => product * n, 1) * elementSize(descr, path)
  const bytes = new Uint8Array(positions.length * size)
  const scratch = new Uint8Array(Math.max(size, Math.min(largeRead, bytes.length + positions.length * smallGap)))
  const order = Uint32Array.from(positions.keys()).sort((a, b) => positions[a]! - positions[b]!)
  for (let from = 0, to = 0; from < order.length; from = to) {
    const first = positions[order[from]!]!
    const row = (i: number) => positions[order[i]!]!
    to = from + 1
    while (to < order.length && (row(to) - row(to - 1) - 1) * size <= smallGap && (row(to) + 1 - first) * size <= largeRead) to++
    const read = await readAt(file, start + first * size, scratch.subarray(0, (row(to - 1) + 1 - first) * size), path)
    for (let i = from; i < to; i++) bytes.set(read.subarray((row(i) - first) * size, (row(i) + 1 - first) * size), order[i]! * size)
  }
  return npyValue({ shape: [positions.length, ...rowShape], fortranOrder: false }, decodeElements(descr, bytes, path))
}

/** Fills these bytes from a position in the file. */
async function readAt(file: FileHandle, position: number, bytes: Uint8Array, path: string): Promise<Uint8Array> {
  let filled = 0
  while (filled < bytes.length) {
    const { bytesRead } = await file.read(bytes, filled, bytes.length - filled, position + filled)
    if (bytesRead === 0) fail('npy-format', { path, problem: `it is truncated: ${position + filled} bytes` })
    filled += bytesRead
  }
  return bytes
}

async function withFile<Value>(path: string, use: (file: FileHandle) => Promise<Value>): Promise<Value> {
  const file = await open(path)
  try {
    return await use(file)
  } finally {
    await file.close()
  }
}
