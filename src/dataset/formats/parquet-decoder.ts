/** Decodes Parquet files, in a thread. */
import type { AsyncBuffer, FileMetaData } from 'hyparquet'
import { fail } from '../../errors/index.js'
import type { ComponentValue } from '../../pipeline/description/contracts.js'
import { readAt, withRegular } from '../../util/files/read-file.js'
import { isPlainObject } from '../../util/json.js'
import { allocate, type DType, NdArray, sizeOf, type TypedArray } from '../../util/nd-array.js'
import { stacked } from '../batch/stack-items.js'
import { checkParquet } from './parquet-checks.js'
import { type ColumnType, columnType } from './parquet-types.js'
import { readingFile } from './reading-file.js'
import { refuseTwins, type Table } from './table-type.js'

/** The key of Millrace's metadata in a file: the shapes of items that are stored as flat lists. */
export const noteKey = 'millrace'

/** The rows from one up to another. */
export interface RowGroup {
  readonly start: number
  readonly length: number
}

export interface ParquetFacts {
  readonly columns: readonly ColumnType[]
  readonly groups: readonly RowGroup[]
  /** The size of the file. */
  readonly bytes: number
}

export interface DescribeRequest {
  readonly path: string
}

export interface ReadRequest extends DescribeRequest {
  readonly bytes: number
  readonly group: RowGroup
  readonly names: readonly string[]
}

interface OpenFile {
  readonly file: AsyncBuffer
  readonly metadata: FileMetaData
  readonly facts: ParquetFacts
}

type Row = ArrayLike<unknown>

/** Reads the footer. @throws MillraceError `file-unreadable`, `column-twice` */
export async function describeParquet({ path }: DescribeRequest, onProgress: () => void): Promise<ParquetFacts> {
  return withOpen(path, onProgress, async ({ facts }) => facts)
}

/**
 * Reads some columns of one row group. Numbers are an array; so are lists of numbers if all have one shape.
 *
 * @throws MillraceError `file-unreadable`, `parquet-null`, `number-too-large`
 */
export async function readParquetGroup({ path, bytes, group, names }: ReadRequest, onProgress: () => void): Promise<Table> {
  return withOpen(path, onProgress, async ({ file, metadata, facts }) => {
    if (facts.bytes !== bytes) throw new Error(`it has ${facts.bytes} bytes, ${bytes} when it was opened`)
    const { parquetRead } = await import('hyparquet')
    const { compressors } = await import('hyparquet-compressors')
    const pieces = new Map<string, { readonly start: number; readonly values: Row }[]>(names.map(name => [name, []]))
    await parquetRead({
      file,
      metadata,
      columns: [...names],
      compressors,
      rowStart: group.start,
      rowEnd: group.start + group.length,
      onChunk: ({ columnName, columnData, rowStart }) => {
        onProgress()
        pieces.get(columnName)!.push({ start: rowStart - group.start, values: columnData })
      },
    })
    const column = new ColumnDecoder(path, shapesIn(metadata), group.length)
    const types = facts.columns.filter(({ name }) => names.includes(name))
    return Object.fromEntries(
      types.map(type => {
        onProgress()
        return [type.name, stacked(column.decode(type, pieces.get(type.name)!))]
      }),
    )
  })
}

async function withOpen<Result>(path: string, onProgress: () => void, use: (open: OpenFile) => Promise<Result>): Promise<Result> {
  return readingFile(path, () =>
    withRegular(path, async (handle, byteLength) => {
      const file: AsyncBuffer = {
        byteLength,
        slice: async (start, end = byteLength) => {
          onProgress()
          if (!(start >= 0 && start <= end && end <= byteLength)) throw new Error('it is damaged: a part lies outside')
          return (await readAt(handle, start, new Uint8Array(end - start))).buffer
        },
      }
      const { parquetMetadataAsync, parquetSchema } = await import('hyparquet')
      const metadata = await parquetMetadataAsync(file)
      checkParquet(metadata, byteLength)
      const columns = parquetSchema(metadata).children.map(columnType)
      const names = columns.map(({ name }) => name)
      refuseTwins(path, names)
      shapesIn(metadata)
      return use({ file, metadata, facts: { columns, groups: groupsOf(metadata), bytes: byteLength } })
    }),
  )
}

function groupsOf({ row_groups }: FileMetaData): readonly RowGroup[] {
  let start = 0
  return row_groups.map(({ num_rows }) => {
    const group = { start, length: Number(num_rows) }
    start += group.length
    return group
  })
}

/** The shapes of items by column, if Millrace wrote the file. */
function shapesIn({ key_value_metadata }: FileMetaData): Readonly<Record<string, readonly number[]>> {
  const note = key_value_metadata?.find(({ key }) => key === noteKey)?.value
  if (note === undefined) return {}
  const { shapes } = (JSON.parse(note) ?? {}) as { readonly shapes?: unknown }
  const isShape = (shape: unknown) => Array.isArray(shape) && shape.every(axis => Number.isSafeInteger(axis) && axis >= 0)
  if (!isPlainObject(shapes) || !Object.values(shapes).every(isShape)) throw new Error('its note of shapes is damaged')
  return shapes as Record<string, number[]>
}

/** Puts the pieces of a column together. */
class ColumnDecoder {
  constructor(
    readonly path: string,
    readonly shapes: Readonly<Record<string, readonly number[]>>,
    readonly length: number,
  ) {}

  decode({ name, dtype, isList }: ColumnType, pieces: readonly { readonly start: number; readonly values: Row }[]): ComponentValue {
    const { length } = this
    if (pieces.reduce((sum, { values }) => sum + values.length, 0) < length)
      throw new Error(`it is damaged: column ${name} has too few rows`)
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
