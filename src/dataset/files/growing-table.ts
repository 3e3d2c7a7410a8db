/** Tables that grow batch by batch within a run: the file starts anew with the run's first batch, and continues where a resumed run left it. */
import { open } from 'node:fs/promises'
import { fail } from '../../errors/index.js'
import { writeWhole } from '../../util/files/write-whole.js'
import { encodeCsv } from '../formats/csv.js'
import { encodeParquet } from '../formats/parquet.js'
import type { Table, TableGrowth } from '../formats/table-type.js'

const encoders = { csv: encodeCsv, parquet: encodeParquet } as const
export type TableFormat = keyof typeof encoders

/** The tables that this process has written, by what a run keeps. */
const written = new WeakMap<Map<string, unknown>, Set<string>>()

/**
 * Appends rows to the table that a run writes to a file. `kept` is what the run keeps between batches; without it, the file has these rows
 * only.
 *
 * @throws MillraceError `table-columns`, `table-not-as-left`, `table-value`, and errors of the file system
 */
export async function growTable(path: string, fmt: TableFormat, table: Table, kept: Map<string, unknown> = new Map()): Promise<void> {
  const key = `table ${path}`
  const before = kept.get(key) as TableGrowth | undefined
  const { data, growth } = await encoders[fmt](path, table, before)
  const known = written.get(kept) ?? new Set()
  written.set(kept, known)
  if (before) await writeAt(path, before, data, known.has(path))
  else await writeWhole(path, data)
  known.add(path)
  kept.set(key, growth)
}

/** Writes at the end of the rows. What a killed process has written beyond them is replaced. */
async function writeAt(path: string, before: TableGrowth, data: Uint8Array, isOurs: boolean): Promise<void> {
  const file = await open(path, 'r+').catch((error: NodeJS.ErrnoException) =>
    error.code === 'ENOENT' ? fail('table-not-as-left', { path, seen: 'no such file' }) : Promise.reject(error),
  )
  try {
    const { size } = await file.stat()
    const isAsLeft = isOurs ? size === before.size : size >= before.bytes
    if (!isAsLeft) fail('table-not-as-left', { path, seen: `${size} bytes, where this run has written ${before.size}` })
    await file.write(data, 0, data.length, before.bytes)
    await file.truncate(before.bytes + data.length)
    await file.sync()
  } finally {
    await file.close()
  }
}
