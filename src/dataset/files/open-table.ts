/** Files with named columns, by their extension. */
import { extname } from 'node:path'
import { fail } from '../../errors/index.js'
import type { ComponentValue } from '../../pipeline/description/contracts.js'
import { readCsv } from '../formats/csv.js'
import { readNpz } from '../formats/npz.js'
import { readParquet } from '../formats/parquet.js'
import { ParquetFile } from '../formats/parquet-file.js'
import type { Table } from '../formats/table-type.js'
import { ColumnsSource } from '../sources/columns.js'
import type { DataSource } from '../sources/source.js'
import { parquetSource } from './parquet-source.js'

/** An open file of columns. */
export interface OpenTable {
  readonly columns: readonly string[]
  /** A source over some of its columns. */
  source(columns: readonly string[], keptBytes?: number): DataSource<'files'>
  /** A whole column. */
  column(name: string): Promise<ComponentValue>
}

const tables: Readonly<Record<string, (path: string) => Promise<OpenTable>>> = {
  '.parquet': openParquet,
  '.csv': async path => inMemory(await readCsv(path)),
  '.npz': async path => inMemory(await readNpz(path)),
}

/** Opens a file of columns. @throws MillraceError `file-format`, `file-unreadable`, and those of the formats */
export async function openTable(path: string): Promise<OpenTable> {
  const open = tables[extname(path).toLowerCase()] ?? fail('file-format', { path, allowed: Object.keys(tables) })
  return open(path)
}

async function openParquet(path: string): Promise<OpenTable> {
  const file = await ParquetFile.open(path)
  return {
    columns: file.columns.map(({ name }) => name),
    source: (columns, keptBytes) => parquetSource(file, columns, keptBytes),
    column: async name => (await readParquet(path, [name]))[name]!,
  }
}

function inMemory(table: Table): OpenTable {
  const columns = Object.keys(table)
  return {
    columns,
    source: names => {
      const kept = new ColumnsSource(new Map(names.map(name => [name, table[name]!])), table[columns[0] ?? '']?.length ?? 0)
      return { names, length: kept.length, items: async positions => kept.items(positions) }
    },
    column: async name => table[name]!,
  }
}
