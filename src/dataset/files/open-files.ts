/** Files as a source of items, by their extension. */
import { extname } from 'node:path'
import { fail } from '../../errors/index.js'
import { NdArray, sizeOf } from '../../util/nd-array.js'
import type { DefinedBatch } from '../batch/define-batch.js'
import { DatasetIndex } from '../dataset-index.js'
import type { DataSource } from '../sources/source.js'
import type { FilesOptions } from './files-options.js'
import { idsOf } from './kept-tables.js'
import { openNpySource } from './npy-source.js'
import { type OpenTable, openTable } from './open-table.js'

/**
 * Opens files for a dataset.
 *
 * @throws MillraceError `file-unreadable`, `file-format`, `file-columns`, `unknown-name`, `component-length`
 */
export async function openFiles(
  files: string | Readonly<Record<string, string>>,
  batchClass: DefinedBatch,
  options: FilesOptions,
): Promise<{ readonly source: DataSource<'files'>; readonly index: DatasetIndex }> {
  if (typeof files !== 'string') return openArrays(files, batchClass, options)
  const table = await openTable(files)
  const columns = columnsOf(table, files, batchClass, options)
  const source = renamed(table.source(Object.values(columns), options.keptBytes), columns)
  const ids = options.ids === undefined ? source.length : idsOf(await table.column(knownColumn(table, files, options.ids)))
  return { source: shaped(source, options.shapes ?? {}), index: new DatasetIndex(ids) }
}

async function openArrays(files: Readonly<Record<string, string>>, batchClass: DefinedBatch, { shapes = {} }: FilesOptions) {
  const declared = batchClass.components as readonly string[]
  const sources: DataSource<'files'>[] = []
  for (const [name, path] of Object.entries(files)) {
    if (declared.length > 0 && !declared.includes(name)) {
      fail('unknown-name', { kind: `component of ${batchClass.name}`, seen: name, allowed: declared })
    }
    if (extname(path).toLowerCase() !== '.npy') fail('file-format', { path, allowed: ['.npy'] })
    const source = await openNpySource(name, path)
    const length = sources[0]?.length ?? source.length
    if (source.length !== length) fail('component-length', { name, of: `the dataset of ${path}`, seen: source.length, length })
    sources.push(source)
  }
  const length = sources[0]?.length ?? fail('file-columns', { path: 'the list of files', columns: [], components: declared })
  const names = Object.keys(files)
  const items = async (positions: Uint32Array) => {
    const all = await Promise.all(sources.map(source => source.items(positions)))
    return (name: string) => all[names.indexOf(name)]!(name)
  }
  return { source: shaped({ names, length, items }, shapes), index: new DatasetIndex(length) }
}

/** Component → column. */
function columnsOf(table: OpenTable, path: string, batchClass: DefinedBatch, { columns = {}, ids }: FilesOptions): Record<string, string> {
  const declared = batchClass.components as readonly string[]
  const wrong = Object.keys(columns).find(name => declared.length > 0 && !declared.includes(name))
  if (wrong !== undefined) fail('unknown-name', { kind: `component of ${batchClass.name}`, seen: wrong, allowed: declared })
  const renamed = Object.values(columns)
  const plain = (declared.length > 0 ? declared : table.columns.filter(name => name !== ids && !renamed.includes(name))).filter(
    name => !(name in columns) && table.columns.includes(name),
  )
  const named = Object.entries(columns).map(([name, column]) => [name, knownColumn(table, path, column!)] as const)
  const all = Object.fromEntries([...named, ...plain.map(name => [name, name] as const)])
  if (Object.keys(all).length === 0) fail('file-columns', { path, columns: table.columns, components: declared })
  return all
}

function knownColumn(table: OpenTable, path: string, column: string): string {
  return table.columns.includes(column) ? column : fail('unknown-name', { kind: `column of ${path}`, seen: column, allowed: table.columns })
}

function renamed(source: DataSource<'files'>, columns: Readonly<Record<string, string>>): DataSource<'files'> {
  const items = async (positions: Uint32Array) => {
    const take = await source.items(positions)
    return (name: string) => take(columns[name]!)
  }
  return { names: Object.keys(columns), length: source.length, items }
}

/** Reshapes the items of some components. */
function shaped(source: DataSource<'files'>, shapes: Readonly<Record<string, readonly number[] | undefined>>): DataSource<'files'> {
  const unknown = Object.keys(shapes).find(name => !source.names.includes(name))
  if (unknown !== undefined) fail('unknown-name', { kind: 'component to shape', seen: unknown, allowed: source.names })
  if (Object.keys(shapes).length === 0) return source
  const items = async (positions: Uint32Array) => {
    const take = await source.items(positions)
    return (name: string) => {
      const [value, shape] = [take(name), shapes[name]]
      if (shape === undefined || !(value instanceof NdArray)) return value
      if (sizeOf(shape) !== value.itemSize) fail('item-shape', { name, seen: value.shape.slice(1), shape })
      return value.reshape([value.length, ...shape])
    }
  }
  return { ...source, items }
}
