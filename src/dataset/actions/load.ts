import { fail } from '../../errors/index.js'
import { anything, mapOf, oneOf, option, options, string } from '../../options/index.js'
import { isComputed, keysIn, namesIn } from '../../pipeline/description/component-facts.js'
import type { ComponentValue } from '../../pipeline/description/contracts.js'
import { describeValue } from '../../util/describe-value.js'
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
    dst: option(
      'the components to write; by default those of the batch class that the source has, and all that it has for a class that declares none',
      names,
      { optional: true },
    ),
    columns: option('of a table: the columns of components that are called otherwise', mapOf(string, 'a map: component → column'), {
      default: {},
    }),
    ids: option('of a table: the column of ids; id if there is one, else ids are numbers of rows from 0', string, { optional: true }),
  }),
  components: ({ src, fmt, dst, columns }, declared) => {
    const names = dst === undefined ? declared : namesIn(dst, ['dst']).map(({ name }) => name)
    const writes = names.map(name => ({ name }))
    const writesAny = dst === undefined ? declared.length === 0 : isComputed(dst)
    if (writesAny) return { writes, writesAny }
    const inSource = fmt === undefined && dst === undefined ? keysIn(src, ['src'], names) : []
    return { writes, reads: [...keysIn(columns, ['columns'], names), ...inSource] }
  },
  apply: async (batch, { src, fmt, dst, columns, ids }) => {
    const names = listNamesOf(dst)
    if (fmt === undefined) return loadFromMemory(batch, src, dst)
    if (isTableFormat(fmt)) return loadTable(batch, readPath('src', src, 'the path of a table'), names, columns, ids)
    await loadItems(batch, src === undefined ? undefined : readPath('src', src, 'the path of a folder'), fmt, names)
  },
})

function loadFromMemory(batch: Batch<any>, src: unknown, dst: string | readonly string[] | undefined): void {
  if (typeof dst === 'string') return batch.set(dst, takeById(src, batch.indices, dst))
  const isByName = isPlainObject(src)
  const names = dst ?? (takesAny(batch) && isByName ? Object.keys(src) : declaredNames(batch))
  const isList = Array.isArray(src) && src.length <= names.length
  if (!isByName && !isList) fail('load-components', { names, seen: describeValue(src) })
  const given = isByName ? src : Object.fromEntries((src as readonly unknown[]).map((value, i) => [names[i]!, value]))
  checkNames(batch, Object.keys(given), names)
  for (const name of names) {
    const value = given[name]
    if (value !== undefined && value !== null) batch.set(name, takeById(value, batch.indices, name))
    else if (dst !== undefined) fail('load-components', { names, seen: describeValue(src) })
  }
}

/** True if its class declares no components, so that it takes any. */
const takesAny = (batch: Batch<any>) => declaredNames(batch).length === 0

/** A name that is not among those that are loaded would be passed over. @throws MillraceError `unknown-name` */
function checkNames(batch: Batch<any>, given: readonly string[], names: readonly string[]): void {
  const unknown = given.find(name => !names.includes(name))
  if (unknown !== undefined) fail('unknown-name', { kind: `component of ${batch.batchClass.name} to load`, seen: unknown, allowed: names })
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
  const paths = itemPaths(batch, folder, format.extension)
  const items = await forEach(paths, path => format.read(path))
  const present = format.isNamed ? [...new Set(items.flatMap(item => Object.keys(item)))] : [single!]
  const names = dst ?? present.filter(name => takesAny(batch) || known.includes(name))
  if (names.length === 0 && items.length > 0) fail('file-columns', { path: paths[0]!, columns: present, components: known })
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
  const renamed = Object.values(columns)
  const any = [...Object.keys(columns), ...table.columns.filter(column => column !== idColumn && !renamed.includes(column))]
  const known = declaredNames(batch)
  const names = dst ?? (takesAny(batch) ? any : known.filter(name => Object.hasOwn(columns, name) || table.columns.includes(name)))
  checkNames(batch, Object.keys(columns), names)
  const wanted = names.map(name => columns[name] ?? name)
  const unknown = [...wanted, ...(idColumn === undefined ? [] : [idColumn])].find(column => !table.columns.includes(column))
  if (unknown !== undefined) fail('unknown-name', { kind: `column of ${path}`, seen: unknown, allowed: table.columns })
  if (names.length === 0) fail('file-columns', { path, columns: table.columns, components: known })
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
