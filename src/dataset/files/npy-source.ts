/** The rows of a `.npy` file, read where they are asked for. */
import { type FileHandle, open } from 'node:fs/promises'
import { fail } from '../../errors/index.js'
import type { ComponentValue } from '../../pipeline/spec/contracts.js'
import { npyValue, readNpy } from '../formats/npy.js'
import { decodeElements, elementSize } from '../formats/npy-elements.js'
import { type NpyHeader, npyPrefix, npyStart, parseNpyHeader } from '../formats/npy-header.js'
import { readingFile } from '../formats/reading-file.js'
import { ColumnsSource } from '../sources/columns.js'
import type { DataSource, Items } from '../sources/source.js'

/** A file whose rows are a component. Memory: the rows of a batch. A file in numpy's column-major order is read as a whole. */
export async function openNpySource(name: string, path: string): Promise<DataSource<'files'>> {
  const header = await readingFile(path, () => withFile(path, file => readHeader(file, path)))
  const [length] = header.shape
  if (length === undefined) fail('npy-format', { path, problem: 'it holds one value, not one a item' })
  if (header.fortranOrder && header.shape.length > 1) {
    const whole = new ColumnsSource(new Map([[name, await readNpy(path)]]), length!)
    return { names: [name], length: length!, items: async positions => whole.items(positions) }
  }
  return { names: [name], length: length!, items: positions => readItems(header, path, positions) }
}

async function readItems(header: NpyHeader, path: string, positions: Uint32Array): Promise<Items> {
  const value = await readingFile(path, () => withFile(path, file => readRows(file, header, path, positions)))
  return () => value
}

async function readHeader(file: FileHandle, path: string): Promise<NpyHeader> {
  const prefix = await readAt(file, 0, npyPrefix, path)
  return parseNpyHeader(await readAt(file, 0, npyStart(prefix, path), path), path)
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
  // Rows that follow each other are read at once.
  for (let from = 0, to = 0; from < positions.length; from = to) {
    to = from + 1
    while (to < positions.length && positions[to] === positions[to - 1]! + 1) to++
    bytes.set(await readAt(file, start + positions[from]! * size, (to - from) * size, path), from * size)
  }
  return npyValue({ shape: [positions.length, ...rowShape], fortranOrder: false }, decodeElements(descr, bytes, path))
}

async function readAt(file: FileHandle, position: number, length: number, path: string): Promise<Uint8Array> {
  const bytes = new Uint8Array(length)
  let filled = 0
  while (filled < length) {
    const { bytesRead } = await file.read(bytes, filled, length - filled, position + filled)
    if (bytesRead === 0) fail('npy-format', { path, problem: `it is cut off: ${position + filled} bytes` })
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
