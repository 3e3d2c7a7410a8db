import { fail } from '../../errors/index.js'
import { anything, mapOf, oneOf, option, options, string } from '../../options/index.js'
import type { ComponentValue } from '../../pipeline/description/contracts.js'
import { isPlainObject } from '../../util/json.js'
import { NdArray } from '../../util/nd-array.js'
import type { Batch } from '../batch/batch.js'
import { batchAction } from '../batch/batch-action.js'
import { takeById } from '../batch/take-by-id.js'
import { type ItemFormatName, type ItemValues, itemFormats } from '../files/item-formats.js'
import { forEach, itemPaths } from '../files/item-paths.js'
import { keptTable } from '../files/kept-tables.js'
import { names } from './action-args.js'
import { declaredNames, formatNames, isTableFormat, listNamesOf, onlyName, readPath } from './formats-of-actions.js'

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
export const load = batchAction({
  summary: 'Loads components from memory, from a file for each item, or from a table.',
  options: options({
    src: option(
      "without fmt: values by id (an array, list, object or map), or a list or an object of them by component; of a format with a file per item: a folder, or the paths of the dataset's FilesIndex by default; of a table: its file",
      anything,
      { optional: true },
    ),
    fmt: option('the format of the files; values in memory by default', oneOf(formatNames), { optional: true }),
    dst: option('the components to write; those of the batch class that the source has by default', names, { optional: true }),
    columns: option('of a table: the columns of components that are called otherwise', mapOf(string, 'a map: component → column'), {
      default: {},
    }),
    ids: option('of a table: the column of ids; id if there is one, else ids are numbers of rows from 0', string, { optional: true }),
  }),
  apply: async (batch, { src, fmt, dst, columns, ids }) => {
    const names = listNamesOf(dst)
    if (fmt === undefined) return loadFromMemory(batch, src, dst)
    if (isTableFormat(fmt)) return loadTable(batch, readPath('src', src, 'the path of a table'), names, columns, ids)
    await loadItems(batch, src === undefined ? undefined : readPath('src', src, 'the path of a folder'), fmt, names)
  },
})

function loadFromMemory(batch: Batch<any>, src: unknown, dst: string | readonly string[] | undefined): void {
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
