/** CSV files: tables as text. */
import { fail, listNames } from '../../errors/index.js'
import type { ComponentValue } from '../../pipeline/description/contracts.js'
import { readRegular } from '../../util/files/read-file.js'
import { writeWhole } from '../../util/files/write-whole.js'
import { NdArray } from '../../util/nd-array.js'
import { readingFile } from './reading-file.js'
import { checkHead, type EncodedRows, refuseTwins, type Table, type TableGrowth } from './table-type.js'

const number = /^[+-]?(\d+\.?\d*([eE][+-]?\d+)?|\.\d+([eE][+-]?\d+)?|inf|infinity|nan)$/i

const truth = /^(true|false)$/i

/**
 * Reads a CSV file of UTF-8 text whose first line names the columns. A column of numbers is a float64 array, with NaN for empty cells; one of
 * true and false is uint8; any other column is a list of strings, and so is one with integers that float64 cannot represent exactly.
 *
 * @example
 * const { age, name } = await readCsv('people.csv')
 *
 * @throws MillraceError `file-unreadable`, `column-twice`
 */
export async function readCsv(path: string): Promise<Table> {
  const { parse } = await import('csv-parse/sync')
  const rows: string[][] = await readingFile(path, async () => parse(toText(await readRegular(path))))
  const [names = [], ...body] = rows
  refuseTwins(path, names)
  return Object.fromEntries(names.map((name, column) => [name, toColumn(body.map(row => row[column]!))]))
}

/**
 * Writes a CSV file with a line of names. Columns contain numbers, strings or booleans. The file appears complete or not at all.
 *
 * @example
 * await writeCsv('scores.csv', { id: batch.indices, score: NdArray.from([0.5, 1]) })
 *
 * @throws MillraceError `table-value` for values that are not text cells, e.g. images
 */
export async function writeCsv(path: string, table: Table): Promise<void> {
  await writeWhole(path, (await encodeCsv(path, table)).data)
}

/** @internal The rows of a table as CSV, with the line of names if they are the first. */
export async function encodeCsv(path: string, table: Table, before?: TableGrowth): Promise<EncodedRows> {
  const { stringify } = await import('csv-stringify/sync')
  const columns = Object.entries(table).map(([name, value]) => toCells(name, value, path))
  const rows = Array.from({ length: columns[0]?.length ?? 0 }, (_, row) => columns.map(cells => cells[row]))
  const names = Object.keys(table)
  const head = listNames(names)
  checkHead(path, head, before)
  const data = Buffer.from(stringify(before ? rows : [names, ...rows]))
  const bytes = (before?.bytes ?? 0) + data.length
  return { data, growth: { bytes, size: bytes, head } }
}

/** Other encodings would be read as other text. */
function toText(bytes: Buffer): string {
  const [first, second] = bytes
  if ((first === 0xff && second === 0xfe) || (first === 0xfe && second === 0xff)) throw new Error('it is UTF-16 text; save it as UTF-8')
  if (bytes.includes(0)) throw new Error('it has zero bytes: it is not text, or UTF-16; save it as UTF-8')
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    throw new Error('it is not UTF-8 text; save it as UTF-8')
  }
}

function toColumn(cells: readonly string[]): ComponentValue {
  if (cells.length > 0 && cells.every(cell => truth.test(cell))) {
    return new NdArray(
      Uint8Array.from(cells, cell => Number(/^t/i.test(cell))),
      [cells.length],
    )
  }
  const isNumeric = cells.some(cell => cell !== '') && cells.every(cell => cell === '' || number.test(cell))
  return isNumeric && cells.every(isExact) ? new NdArray(Float64Array.from(cells, toNumber), [cells.length]) : cells
}

/** True unless a cell is an integer that float64 rounds. */
function isExact(cell: string): boolean {
  return !/^[+-]?\d{16,}$/.test(cell) || BigInt(Number(cell)) === BigInt(cell.replace('+', ''))
}

function toNumber(cell: string): number {
  const text = cell.toLowerCase()
  if (text.endsWith('nan') || text === '') return Number.NaN
  if (/inf/.test(text)) return text.startsWith('-') ? Number.NEGATIVE_INFINITY : Number.POSITIVE_INFINITY
  return Number(text)
}

function toCells(name: string, value: ComponentValue, path: string): readonly string[] {
  const cells = value instanceof NdArray && value.shape.length > 1 ? undefined : value instanceof NdArray ? Array.from(value.data) : value
  const isCell = (cell: unknown) => cell == null || ['number', 'string', 'boolean'].includes(typeof cell)
  if (cells === undefined || !cells.every(isCell)) return fail('table-value', { path, name, format: 'CSV' })
  return cells.map(cell => (cell == null || Number.isNaN(cell) ? '' : String(cell)))
}
