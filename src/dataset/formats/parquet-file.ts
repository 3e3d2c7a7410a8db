/** An open Parquet file: its columns, and the rows of one row group at a time. */
import type { AsyncBuffer, FileMetaData } from 'hyparquet'
import { fail } from '../../errors/index.js'
import type { ComponentValue } from '../../pipeline/description/contracts.js'
import { allocate, type DType, NdArray, sizeOf, type TypedArray } from '../../util/nd-array.js'
import { type ColumnType, columnType } from './parquet-types.js'
import { readingFile } from './reading-file.js'
import type { Table } from './table-type.js'

/** The key of Millrace's metadata in a file: the shapes of items that are stored as flat lists. */
export const noteKey = 'millrace'

/** The rows from one up to another. */
interface RowGroup {
  readonly start: number
  readonly length: number
}

type Row = ArrayLike<unknown>

export class ParquetFile {
  readonly columns: readonly ColumnType[]
  readonly groups: readonly RowGroup[]
  readonly shapes: Readonly<Record<string, readonly number[]>>

  private constructor(
    readonly path: string,
    readonly file: AsyncBuffer,
    readonly metadata: FileMetaData,
    columns: readonly ColumnType[],
  ) {
    this.columns = columns
    let start = 0
    this.groups = metadata.row_groups.map(({ num_rows }) => {
      const group = { start, length: Number(num_rows) }
      start += group.length
      return group
    })
    const note = metadata.key_value_metadata?.find(({ key }) => key === noteKey)?.value
    this.shapes = note === undefined ? {} : (JSON.parse(note) as { shapes: Record<string, number[]> }).shapes
  }

  /** Reads the footer of a file. @internal @throws MillraceError `file-unreadable` */
  static async open(path: string): Promise<ParquetFile> {
    const { asyncBufferFromFile, parquetMetadataAsync, parquetSchema } = await import('hyparquet')
    return readingFile(path, async () => {
      const file = await asyncBufferFromFile(path)
      const metadata = await parquetMetadataAsync(file)
      return new ParquetFile(path, file, metadata, parquetSchema(metadata).children.map(columnType))
    })
  }

  /** The number of rows. */
  get length(): number {
    return Number(this.metadata.num_rows)
  }

  /**
   * @internal Some columns of one row group. Numbers are an array; lists of numbers a list of arrays, in the stored shape.
   *
   * @throws MillraceError `file-unreadable`, `parquet-null`, `number-too-large`
   */
  async read({ start, length }: RowGroup, names: readonly string[]): Promise<Table> {
    if (names.length === 0) return {}
    const pieces = new Map<string, { readonly start: number; readonly values: Row }[]>(names.map(name => [name, []]))
    const { parquetRead } = await import('hyparquet')
    const { compressors } = await import('hyparquet-compressors')
    await readingFile(this.path, () =>
      parquetRead({
        file: this.file,
        metadata: this.metadata,
        columns: [...names],
        compressors,
        rowStart: start,
        rowEnd: start + length,
        onChunk: ({ columnName, columnData, rowStart }) => pieces.get(columnName)!.push({ start: rowStart - start, values: columnData }),
      }),
    )
    const types = this.columns.filter(({ name }) => names.includes(name))
    return Object.fromEntries(types.map(type => [type.name, this.#column(type, pieces.get(type.name)!, length)]))
  }

  #column(
    { name, dtype, isList }: ColumnType,
    pieces: readonly { readonly start: number; readonly values: Row }[],
    length: number,
  ): ComponentValue {
    if (dtype !== undefined && !isList) {
      const data = allocate(dtype, length)
      for (const { start, values } of pieces)
        for (let i = 0; i < values.length; i++) data[start + i] = this.#toNumber(name, values[i], dtype)
      return new NdArray(data, [length])
    }
    const rows = new Array<unknown>(length)
    for (const { start, values } of pieces) for (let i = 0; i < values.length; i++) rows[start + i] = values[i] ?? null
    return dtype === undefined ? rows : rows.map(row => this.#toArray(name, row, dtype))
  }

  #toArray(name: string, row: unknown, dtype: DType): NdArray {
    const noted = this.shapes[name]
    const flat = flatNumbers(row, dtype)
    if (flat !== undefined) return new NdArray(flat, noted !== undefined && sizeOf(noted) === flat.length ? noted : [flat.length])
    const values: number[] = []
    const shape: number[] = []
    const fill = (level: unknown, axis: number) => {
      if (!Array.isArray(level) && !ArrayBuffer.isView(level)) return values.push(this.#toNumber(name, level, dtype))
      const { length } = level as ArrayLike<unknown>
      shape[axis] ??= length
      for (let i = 0; i < length; i++) fill((level as ArrayLike<unknown>)[i], axis + 1)
    }
    fill(row, 0)
    const data = allocate(dtype, values.length)
    data.set(values)
    return new NdArray(data, shape)
  }

  #toNumber(column: string, value: unknown, dtype: DType): number {
    if (typeof value === 'number') return value
    if (value == null) return dtype.startsWith('float') ? Number.NaN : fail('parquet-null', { path: this.path, column, dtype })
    const result = Number(value)
    return typeof value === 'bigint' && !Number.isSafeInteger(result) ? fail('number-too-large', { seen: String(value) }) : result
  }
}

/** Converts a plain list of numbers to an array: by far the most frequent case, and the fast one. */
function flatNumbers(row: unknown, dtype: DType): TypedArray | undefined {
  if (!Array.isArray(row)) return undefined
  const data = allocate(dtype, row.length)
  for (let i = 0; i < row.length; i++) {
    const value: unknown = row[i]
    if (typeof value !== 'number') return undefined
    data[i] = value
  }
  return data
}
