/** The rows of a Parquet file, read by row groups on demand. */
import type { ComponentValue } from '../../pipeline/description/contracts.js'
import { NdArray } from '../../util/nd-array.js'
import { stacked } from '../batch/stack-items.js'
import type { ParquetFile } from '../formats/parquet-file.js'
import type { Table } from '../formats/table-type.js'
import { ColumnsSource } from '../sources/columns.js'
import type { DataSource, ReadComponent } from '../sources/source.js'
import { joinSources } from '../sources/views.js'

/** The default size of the cache of decoded row groups, in bytes. */
const usualBytes = 2 ** 26

/**
 * A source over columns of a file. Memory: the rows of a batch, and row groups read last, up to `keptBytes` of them (at least one). A
 * shuffled batch of a larger file reads every row group with one of its items, one after the other: for shuffling, write files in small
 * groups.
 */
export function parquetSource(file: ParquetFile, columns: readonly string[], keptBytes = usualBytes): DataSource<'files'> {
  const kept = new Map<number, { readonly table: Promise<Table>; bytes: number }>()
  const read = (number: number): Promise<Table> => {
    const known = kept.get(number) ?? { table: file.read(file.groups[number]!, columns), bytes: 0 }
    kept.delete(number)
    kept.set(number, known)
    known.table.then(
      table => {
        known.bytes ||= bytesOf(table)
        dropOldest(kept, keptBytes)
      },
      () => kept.delete(number),
    )
    return known.table
  }
  const groups = file.groups.map(
    ({ length }, number): DataSource<'files'> => ({
      names: columns,
      length,
      items: async positions => {
        const take = new ColumnsSource(new Map(Object.entries(await read(number))), length).items(positions)
        // Copied now: a later copy would keep the whole group in memory.
        return itemsOf(new Map(columns.map(name => [name, withOwnMemory(take(name))])))
      },
    }),
  )
  const rows = joinSources(groups)
  return {
    names: columns,
    length: file.length,
    items: async positions => {
      const take = await rows.items(positions)
      return name => stacked(take(name))
    },
  }
}

/** Rows of a list are views of the whole group. */
function withOwnMemory(value: ComponentValue): ComponentValue {
  if (value instanceof NdArray) return value
  return value.map(entry => (entry instanceof NdArray ? new NdArray(entry.data.slice(), entry.shape) : entry))
}

/** A function of its own: a closure inside the caller would keep the group in memory. */
function itemsOf(values: ReadonlyMap<string, ComponentValue>): ReadComponent {
  return name => values.get(name)!
}

function dropOldest(kept: Map<number, { readonly bytes: number }>, max: number): void {
  let sum = [...kept.values()].reduce((total, { bytes }) => total + bytes, 0)
  for (const [number, { bytes }] of kept) {
    if (sum <= max || kept.size === 1) return
    kept.delete(number)
    sum -= bytes
  }
}

/** Estimates the memory of a table: exact for numbers, by the size of an object for other values. */
function bytesOf(table: Table): number {
  const objectBytes = 100
  const size = (value: unknown): number =>
    value instanceof NdArray
      ? value.data.byteLength + objectBytes
      : Array.isArray(value)
        ? value.reduce((sum: number, entry) => sum + size(entry), objectBytes)
        : typeof value === 'string'
          ? 2 * value.length + objectBytes
          : objectBytes
  return Object.values(table).reduce((sum: number, column) => sum + size(column), 0)
}
