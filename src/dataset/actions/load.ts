import { fail } from '../../errors/index.js'
import type { BatchAction, ComponentValue } from '../../pipeline/description/contracts.js'
import { isPlainObject } from '../../util/json.js'
import { NdArray } from '../../util/nd-array.js'
import type { Batch } from '../batch/batch.js'
import { takeById } from '../batch/take-by-id.js'
import { type ItemFormatName, type ItemValues, itemFormats } from '../files/item-formats.js'
import { forEach, itemPaths } from '../files/item-paths.js'
import { keptTable } from '../files/kept-tables.js'
import {
  componentsSchema,
  declaredNames,
  type FormatName,
  formatNames,
  isTableFormat,
  listNamesOf,
  onlyName,
  readPath,
} from './formats-of-actions.js'

/** Options of `load`. */
export interface LoadOptions {
  /**
   * Where from. Without `fmt`: values in memory by id (an array or list where ids are numbers, an object or a map), or several of them as
   * a list or an object of components. Of a format with a file for each item: a folder; left out, the paths of the dataset's
   * `FilesIndex`. Of a table: the file.
   */
  readonly src?: unknown
  /** The format of files: npy, npz, image (any), png, jpeg: a file an item; csv, parquet: a table. Default: values in memory. */
  readonly fmt?: FormatName
  /** The components to write. Default: those of the batch class that the source has. */
  readonly dst?: string | readonly string[]
  /** Of a table: the column of a component, where it is called otherwise. */
  readonly columns?: Readonly<Record<string, string>>
  /** Of a table: the column of ids. Default: `id` if there is one, else ids are numbers of rows from 0. */
  readonly ids?: string
}

/**
 * Loads components: from memory, from a file for each item, or from a table. Of a table only the rows of the batch are read where the
 * format allows it; it is opened once.
 *
 * @example
 * pipeline.load({ src: scores, dst: 'scores' })                  // scores[id]
 * pipeline.load({ src: 'scans', fmt: 'npy', dst: 'images' })     // scans/{id}.npy
 * pipeline.load({ fmt: 'image', dst: 'images' })                 // the paths of a FilesIndex
 * pipeline.load({ src: 'people.csv', fmt: 'csv', dst: ['age'], ids: 'name' })
 *
 * @throws MillraceError `load-from-where`, `unknown-id`, `wrong-value`, `unknown-name`, `component-value`, those of the formats
 *
 * BatchFlow: `load`; its formats blosc, hdf5 and feather are npz and Parquet here.
 */
export const load: BatchAction<Batch<any>, LoadOptions> = {
  summary: 'Loads components from memory, from a file for each item, or from a table.',
  schema: {
    type: 'object',
    properties: {
      src: { description: 'A folder with a file for each item, the file of a table, or values by id; the paths of the index if left out.' },
      fmt: { enum: formatNames, description: 'The format of the files; values in memory if left out.' },
      dst: componentsSchema('The components to write; those of the batch class that the source has if left out.'),
      columns: { type: 'object', additionalProperties: { type: 'string' }, description: 'Of a table: the columns of components.' },
      ids: { type: 'string', description: 'Of a table: the column of ids; id if there is one, else numbers of rows.' },
    },
    required: [],
    additionalProperties: false,
  },
  apply: async (batch, { src, fmt, dst, columns, ids }) => {
    const names = listNamesOf(dst)
    if (fmt === undefined) return loadFromMemory(batch, src, dst)
    if (isTableFormat(fmt)) return loadTable(batch, readPath('src', src, 'the path of a table'), names, columns ?? {}, ids)
    await loadItems(batch, src === undefined ? undefined : readPath('src', src, 'the path of a folder'), fmt, names)
  },
}

function loadFromMemory(batch: Batch<any>, src: unknown, dst: LoadOptions['dst']): void {
  if (typeof dst === 'string') return batch.set(dst, takeById(src, batch.indices, dst))
  const names = dst ?? declaredNames(batch)
  const isByName = isPlainObject(src)
  if (!isByName && !Array.isArray(src)) fail('load-components', { names })
  for (const [i, name] of names.entries()) {
    const value = isByName ? src[name] : (src as readonly unknown[])[i]
    if (value !== undefined) batch.set(name, takeById(value, batch.indices, name))
    else if (dst !== undefined) fail('load-components', { names })
  }
}

async function loadItems(
  batch: Batch<any>,
  folder: string | undefined,
  fmt: ItemFormatName,
  dst: readonly string[] | undefined,
): Promise<void> {
  const format = itemFormats[fmt]
  const known = declaredNames(batch)
  const single = format.isNamed ? undefined : onlyName('dst', dst ?? known, fmt)
  const items = await forEach(itemPaths(batch, folder, format.extension), path => format.read(path))
  const names = dst ?? known.filter(name => items.some(item => name in item))
  for (const name of names) batch.set(name, items.map(item => valueOf(item, single === undefined ? name : '')) as ComponentValue)
}

function valueOf(item: ItemValues, name: string): unknown {
  return name in item ? item[name] : fail('unknown-name', { kind: 'array', seen: name, allowed: Object.keys(item) })
}

async function loadTable(
  batch: Batch<any>,
  path: string,
  dst: readonly string[] | undefined,
  columns: Readonly<Record<string, string>>,
  ids: string | undefined,
): Promise<void> {
  const table = await keptTable(path)
  const idColumn = ids ?? (table.columns.includes('id') ? 'id' : undefined)
  const names = dst ?? declaredNames(batch).filter(name => table.columns.includes(columns[name] ?? name))
  const wanted = names.map(name => columns[name] ?? name)
  const unknown = [...wanted, ...(idColumn === undefined ? [] : [idColumn])].find(column => !table.columns.includes(column))
  if (unknown !== undefined) fail('unknown-name', { kind: `column of ${path}`, seen: unknown, allowed: table.columns })
  const source = table.source(wanted)
  const rows = idColumn === undefined ? rowsOfNumbers(batch.indices, source.length) : await table.rowsOf(batch.indices, idColumn)
  const take = await source.items(rows)
  for (const [i, name] of names.entries()) batch.set(name, take(wanted[i]!))
}

function rowsOfNumbers(ids: readonly unknown[], length: number): Uint32Array {
  const rows = takeById(
    new NdArray(
      Uint32Array.from({ length }, (_, i) => i),
      [length],
    ),
    ids,
    'the table',
  )
  return (rows as NdArray<Uint32Array>).data
}
