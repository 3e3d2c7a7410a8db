/** Tables that several batches are loaded from, opened once. */
import { stat } from 'node:fs/promises'
import { resolve } from 'node:path'
import type { ItemId } from '../dataset-index.js'
import { DatasetIndex } from '../dataset-index.js'
import { readingFile } from '../formats/reading-file.js'
import { type OpenTable, openTable } from './open-table.js'

/** A table with the rows of its ids. */
export interface KeptTable extends OpenTable {
  /** The rows of these ids by a column, read once. @throws MillraceError `unknown-id`, `unknown-name` */
  rowsOf(ids: readonly unknown[], column: string): Promise<Uint32Array>
}

const maxTables = 4
const kept = new Map<string, Promise<KeptTable>>()

/** Returns the table of the current file: a changed file is opened again. The last four are cached. */
export async function keptTable(path: string): Promise<KeptTable> {
  const { mtimeMs, size } = await readingFile(path, () => stat(path))
  const key = `${resolve(path)}\n${mtimeMs}\n${size}`
  const table = kept.get(key) ?? openKept(path)
  kept.delete(key)
  kept.set(key, table)
  table.catch(() => kept.delete(key))
  for (const oldest of [...kept.keys()].slice(0, -maxTables)) kept.delete(oldest)
  return table
}

async function openKept(path: string): Promise<KeptTable> {
  const table = await openTable(path)
  const indices = new Map<string, Promise<DatasetIndex>>()
  const indexOf = (column: string) => {
    const known = indices.get(column) ?? table.column(column).then(ids => new DatasetIndex(idsOf(ids)))
    indices.set(column, known)
    return known
  }
  return { ...table, rowsOf: async (ids, column) => rowsIn(await indexOf(column), ids as readonly ItemId[]) }
}

/** The rows of ids. Names of files are strings, a column of digits is numbers: `7.png` has the row of 7. */
function rowsIn(index: DatasetIndex, ids: readonly ItemId[]): Uint32Array {
  const isNumeric = typeof index.ids[0] === 'number'
  return index.getPos(isNumeric ? ids.map(id => (typeof id === 'string' && `${Number(id)}` === id ? Number(id) : id)) : ids)
}

/** A column as ids. */
export function idsOf(column: Awaited<ReturnType<OpenTable['column']>>): readonly ItemId[] {
  return ('data' in column ? Array.from(column.data) : column) as readonly ItemId[]
}
