/** Parquet files: tables by columns, in groups of rows. */
import type { RowGroup, SchemaElement } from 'hyparquet'
import { fail } from '../../errors/index.js'
import type { ComponentValue } from '../../pipeline/description/contracts.js'
import { writeWhole } from '../../util/files/write-whole.js'
import { dtypeOf, NdArray } from '../../util/nd-array.js'
import { joinItems } from '../batch/join-items.js'
import { stacked } from '../batch/stack-items.js'
import { noteKey } from './parquet-decoder.js'
import { ParquetFile } from './parquet-file.js'
import { columnSchema, numberTypes } from './parquet-types.js'
import { checkHead, type EncodedRows, type Table, type TableGrowth } from './table-type.js'

/** Options of writing a Parquet file. */
export interface ParquetOptions {
  /** Rows per group, the unit of reading. Small groups suit shuffled batches. Default 4096. */
  readonly rowGroupSize?: number
}

/**
 * Reads a Parquet file, or some columns of it. Numbers are arrays (int64 float64, bool uint8; empty values NaN), lists of numbers are
 * arrays if all have the same shape, anything else is a list.
 *
 * @example
 * const { images, labels } = await readParquet('digits.parquet', ['images', 'labels'])
 *
 * @throws MillraceError `file-unreadable`, `unknown-name`, `parquet-null` for empty values among integers, `number-too-large`
 */
export async function readParquet(path: string, columns?: readonly string[]): Promise<Table> {
  const file = await ParquetFile.open(path)
  const known = file.columns.map(({ name }) => name)
  const names = columns ?? known
  const unknown = names.find(name => !known.includes(name))
  if (unknown !== undefined) fail('unknown-name', { kind: `column of ${path}`, seen: unknown, allowed: known })
  const groups: Table[] = []
  for (const group of file.groups) groups.push(await file.read(group, names))
  return Object.fromEntries(
    names.map(name => [
      name,
      stacked(
        joinItems(
          name,
          groups.map(group => group[name]!),
        ),
      ),
    ]),
  )
}

/**
 * Writes a Parquet file, which pandas, Polars, Arrow and others read. Arrays keep their dtype; items of several axes are lists of numbers,
 * whose shape `readParquet` restores. Lists contain strings, booleans, numbers or arrays. The file appears complete or not at all.
 *
 * @example
 * await writeParquet('digits.parquet', { id: batch.indices, images: batch.images }, { rowGroupSize: 512 })
 *
 * @throws MillraceError `table-value`, and errors of the file system
 */
export async function writeParquet(path: string, table: Table, { rowGroupSize = 4096 }: ParquetOptions = {}): Promise<void> {
  await writeWhole(path, (await encodeParquet(path, table, undefined, rowGroupSize)).data)
}

/** @internal The rows of a table as groups of a Parquet file, and its footer, which replaces the one before. */
export async function encodeParquet(path: string, table: Table, before?: TableGrowth, rowGroupSize = 4096): Promise<EncodedRows> {
  const { ByteWriter, ParquetWriter } = await import('hyparquet-writer')
  const columns = Object.entries(table).map(([name, value]) => toColumn(name, value, path))
  const shapes = Object.fromEntries(columns.flatMap(({ name, shape }) => (shape === undefined ? [] : [[name, shape]])))
  const schema: SchemaElement[] = [{ name: 'root', num_children: columns.length }, ...columns.flatMap(({ schema }) => schema)]
  const head = columns.map(({ name, schema }) => `${name} (${describeColumn(schema, shapes[name])})`).join(', ')
  checkHead(path, head, before)
  const note = JSON.stringify({ shapes })
  const bytes = new ByteWriter()
  const writer = new ParquetWriter({ writer: bytes, schema, kvMetadata: [{ key: noteKey, value: note }] })
  if (before) {
    // The first four bytes of a file are there already.
    bytes.index = 0
    bytes.offset = before.bytes
    writer.row_groups = before.groups!.map(parseGroup)
    writer.num_rows = writer.row_groups.reduce((sum, { num_rows }) => sum + num_rows, 0n)
  }
  // An index of pages would stand between the rows and the footer, where the next rows are written.
  await writer.write({ columnData: columns.map(({ name, data }) => ({ name, data, offsetIndex: false })), rowGroupSize })
  const { offset } = bytes
  const groups = [...(before?.groups ?? []), ...writer.row_groups.slice(before?.groups?.length ?? 0).map(printGroup)]
  await writer.finish()
  return { data: bytes.getBytes(), growth: { bytes: offset, size: bytes.offset, head, groups } }
}

/** A group of rows as text; its 64-bit integers are strings that end in n. */
function printGroup(group: RowGroup): string {
  return JSON.stringify(group, (_, value) => (typeof value === 'bigint' ? { int64: String(value) } : value))
}

function parseGroup(text: string): RowGroup {
  return JSON.parse(text, (_, value) => (value && typeof value === 'object' && 'int64' in value ? BigInt(value.int64) : value)) as RowGroup
}

function describeColumn(schema: readonly SchemaElement[], shape: readonly number[] | undefined): string {
  const element = schema.at(-1)!
  const type = [element.converted_type ?? element.type, element.repetition_type === 'OPTIONAL' && 'or empty'].filter(Boolean).join(' ')
  return shape === undefined ? type : `${type} of shape [${shape.join(', ')}]`
}

interface WrittenColumn {
  readonly name: string
  readonly schema: readonly SchemaElement[]
  readonly data: any
  readonly shape?: readonly number[]
}

function toColumn(name: string, given: ComponentValue, path: string): WrittenColumn {
  const value = stacked(given)
  if (!(value instanceof NdArray)) return toListColumn(name, value, path)
  const element = { ...numberTypes[value.dtype], repetition_type: 'REQUIRED' as const }
  const isList = value.shape.length > 1
  const schema = columnSchema({ name, dtype: value.dtype, isList }, element)
  const data = plain(value)
  if (!isList) return { name, schema, data }
  const size = value.itemSize
  const rows = Array.from({ length: value.length }, (_, i) => Array.from(data.slice(i * size, (i + 1) * size)))
  return { name, schema, data: rows, shape: value.shape.slice(1) }
}

/** Converts numbers for the writer: it accepts typed arrays of these types, and checks the range of numbers in a list. */
function plain({ data }: NdArray): Int32Array | Float32Array | Float64Array | number[] {
  if (data instanceof Uint32Array) return Array.from(data)
  return data instanceof Float32Array || data instanceof Float64Array ? data : Int32Array.from(data)
}

function toListColumn(name: string, value: readonly unknown[], path: string): WrittenColumn {
  const type = { name, dtype: undefined, isList: false }
  const present = value.filter(entry => entry != null)
  const all = (kind: string) => present.length > 0 && present.every(entry => typeof entry === kind)
  const optional = (element: Omit<SchemaElement, 'name'>) => ({
    name,
    schema: columnSchema(type, { ...element, repetition_type: 'OPTIONAL' }),
    data: value,
  })
  if (all('string') || present.length === 0) return optional({ type: 'BYTE_ARRAY', converted_type: 'UTF8' })
  if (all('boolean')) return optional({ type: 'BOOLEAN' })
  if (all('number')) return optional({ type: 'DOUBLE' })
  const [first] = value
  const isRagged =
    first instanceof NdArray && value.every(entry => entry instanceof NdArray && entry.shape.length === 1 && entry.dtype === first.dtype)
  if (!isRagged) return fail('table-value', { path, name, format: 'Parquet' })
  const dtype = dtypeOf(first.data)
  const element = { ...numberTypes[dtype], repetition_type: 'REQUIRED' as const }
  return {
    name,
    schema: columnSchema({ name, dtype, isList: true }, element),
    data: value.map(entry => Array.from(plain(entry as NdArray))),
  }
}
