/**
 * An open Parquet file: its columns, and the rows of one row group at a time. It is decoded in a thread: a damaged file may make the decoder
 * run for ever, which ends the thread and is an error.
 */
import { extname } from 'node:path'
import { fail } from '../../errors/index.js'
import { NoProgress, runGuarded } from '../../parallel/index.js'
import type { ComponentValue } from '../../pipeline/description/contracts.js'
import { NdArray } from '../../util/nd-array.js'
import type { DescribeRequest, ParquetFacts, ReadRequest } from './parquet-decoder.js'
import { readingFile } from './reading-file.js'
import type { Table } from './table-type.js'

const module = new URL(`./parquet-decoder${extname(import.meta.url)}`, import.meta.url).href

/** How long the decoder may be busy without progress; in tests less. */
export const patience = { ms: 20_000, msPerByte: 0.002 }

export class ParquetFile {
  private constructor(
    readonly path: string,
    readonly facts: ParquetFacts,
  ) {}

  /** Reads the footer of a file. @internal @throws MillraceError `file-unreadable`, `column-twice` */
  static async open(path: string): Promise<ParquetFile> {
    return new ParquetFile(path, await decode<DescribeRequest, ParquetFacts>('describeParquet', { path }, 0))
  }

  get columns(): ParquetFacts['columns'] {
    return this.facts.columns
  }

  get groups(): ParquetFacts['groups'] {
    return this.facts.groups
  }

  /** The number of rows. */
  get length(): number {
    return this.groups.reduce((sum, { length }) => sum + length, 0)
  }

  /**
   * @internal Some columns of one row group. Numbers are an array; lists of numbers a list of arrays, in the stored shape.
   *
   * @throws MillraceError `file-unreadable`, `parquet-null`, `number-too-large`
   */
  async read(group: ParquetFacts['groups'][number], names: readonly string[]): Promise<Table> {
    if (names.length === 0) return {}
    const { path, facts } = this
    const { bytes } = facts
    const table = await decode<ReadRequest, Table>('readParquetGroup', { path, bytes, group, names }, bytes)
    const lists = new Set(this.columns.flatMap(({ name, isList }) => (isList ? [name] : [])))
    return Object.fromEntries(Object.entries(table).map(([name, value]) => [name, lists.has(name) ? toList(value) : value]))
  }
}

/** Rows of one shape come as one array. */
function toList(value: ComponentValue): readonly unknown[] {
  return value instanceof NdArray ? Array.from({ length: value.length }, (_, i) => value.item(i)) : value
}

async function decode<Request extends { readonly path: string }, Reply>(name: string, request: Request, bytes: number): Promise<Reply> {
  const { path } = request
  return readingFile(path, async () => {
    try {
      return await runGuarded<Request, Reply>(request, { module, name, patienceMs: patience.ms + patience.msPerByte * bytes })
    } catch (error) {
      if (!(error instanceof NoProgress)) throw error
      return fail('file-unreadable', { path, reason: 'reading it does not end: it is damaged' })
    }
  })
}
