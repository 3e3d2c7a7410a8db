/** A dataset in a few numbers, to notice that it is not the one it was: cheap, and not proof against every change. */
import { createHash } from 'node:crypto'
import { stat } from 'node:fs/promises'
import type { ComponentValue, DataFingerprint } from '../pipeline/description/contracts.js'
import { NdArray } from '../util/nd-array.js'
import type { DatasetIndex } from './dataset-index.js'
import { FilesIndex } from './files-index.js'
import type { DataSource, ReadComponent } from './sources/source.js'

/** Items that are read, at equal distances: so many from files; from memory as many as have this many bytes. */
const SAMPLED_ITEMS = { files: 16, most: 1024, bytes: 2 ** 22 }
/** At most this many files are asked for their size. */
const SAMPLED_FILES = 1000

/** Returns the length, a hash of the ids (and of the files' sizes), and for each component the type, shape and a hash of some items. */
export async function fingerprintOf(index: DatasetIndex, source: DataSource): Promise<DataFingerprint> {
  return {
    length: index.length,
    ids: index.isCounted ? 'counted' : hash(chunksOf(index.ids).map(ids => JSON.stringify(ids))),
    ...(index instanceof FilesIndex && !index.dirs ? { files: await hashFiles(index) } : {}),
    components: source.names.length > 0 && index.length > 0 ? await sample(source) : {},
  }
}

async function sample(source: DataSource): Promise<DataFingerprint['components']> {
  const first = source.items(Uint32Array.of(0)) as ReadComponent | Promise<ReadComponent>
  const count = first instanceof Promise ? SAMPLED_ITEMS.files : affordable(source.names, first)
  const take = (await source.items(Uint32Array.from(spread(source.length, count)))) as ReadComponent
  return Object.fromEntries(source.names.map(name => [name, describe(take(name))]))
}

function affordable(names: readonly string[], first: ReadComponent): number {
  const values = names.map(name => first(name))
  const bytes = values.reduce((sum, value) => sum + (value instanceof NdArray ? value.data.byteLength : 2 ** 12), 0)
  return Math.max(SAMPLED_ITEMS.files, Math.min(SAMPLED_ITEMS.most, Math.floor(SAMPLED_ITEMS.bytes / Math.max(bytes, 1))))
}

const chunksOf = <T>(list: readonly T[], size = 10_000): T[][] =>
  Array.from({ length: Math.ceil(list.length / size) }, (_, i) => list.slice(i * size, (i + 1) * size))

/** `count` positions at equal distances, the first and the last among them; all, if there are no more. */
function spread(length: number, count: number): number[] {
  if (length <= count) return Array.from({ length }, (_, i) => i)
  return Array.from({ length: count }, (_, i) => Math.round((i * (length - 1)) / (count - 1)))
}

function describe(value: ComponentValue): { readonly type: string; readonly hash: string } {
  const items = value instanceof NdArray ? value : undefined
  const type = items ? `${items.dtype} [${items.shape.slice(1).join(', ')}]` : 'list'
  return { type, hash: hash(partsOf(value)) }
}

/** Arrays by their bytes, wherever they are; other objects by their keys. */
function* partsOf(value: unknown): Generator<string | Uint8Array> {
  const data = value instanceof NdArray ? value.data : value
  if (ArrayBuffer.isView(data)) {
    yield `${data.constructor.name} ${value instanceof NdArray ? value.shape : ''}`
    yield new Uint8Array(data.buffer, data.byteOffset, data.byteLength)
  } else if (typeof data === 'object' && data !== null) {
    for (const [key, item] of Object.entries(data)) {
      yield `${key}:`
      yield* partsOf(item)
    }
  } else yield `${typeof data} ${String(data)};`
}

async function hashFiles(index: FilesIndex): Promise<string> {
  const ids = spread(index.length, SAMPLED_FILES).map(i => index.idAt(i))
  const sizes = await Promise.all(ids.map(id => stat(index.getFullPath(id)).then(({ size }) => size, String)))
  return hash([JSON.stringify(sizes)])
}

function hash(parts: Iterable<string | Uint8Array>): string {
  const made = createHash('sha256')
  for (const part of parts) made.update(part)
  return made.digest('hex').slice(0, 16)
}
