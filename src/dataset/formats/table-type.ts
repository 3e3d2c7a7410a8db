import { fail } from '../../errors/index.js'
import type { ComponentValue } from '../../pipeline/description/contracts.js'

/** Columns by name; each has one entry per row. */
export type Table = Readonly<Record<string, ComponentValue>>

/** Refuses columns of the same name, of which only one could be read. @throws MillraceError `column-twice` */
export function refuseTwins(path: string, names: readonly string[]): void {
  const name = names.find((each, i) => names.indexOf(each) !== i)
  if (name !== undefined) fail('column-twice', { path, name })
}

/** Where a table that grows stands: plain data, so that another process can continue. */
export interface TableGrowth {
  /** The position of the next rows in the file. */
  readonly bytes: number
  /** The length of the file. */
  readonly size: number
  /** The columns, which later rows must have too. */
  readonly head: string
  /** Of a Parquet file: its groups of rows, as its footer describes them. */
  readonly groups?: readonly string[]
}

/** Rows as they are written to the end of a table. */
export interface EncodedRows {
  readonly data: Uint8Array
  readonly growth: TableGrowth
}

/** Later rows of a table have the columns of the first. @throws MillraceError `table-columns` */
export function checkHead(path: string, head: string, before: TableGrowth | undefined): void {
  if (before && before.head !== head) fail('table-columns', { path, seen: head, allowed: before.head })
}
