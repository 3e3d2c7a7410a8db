/** The rows of a Parquet file, read by row groups where they are asked for. */
import type { ComponentValue } from '../../pipeline/description/contracts.js'
import { NdArray } from '../../util/nd-array.js'
import { stacked } from '../batch/stack-items.js'
import type { ParquetFile } from '../formats/parquet-file.js'
import type { Table } from '../formats/table-type.js'
import { ColumnsSource } from '../sources/columns.js'
import type { DataSource, Items } from '../sources/source.js'
import { joinSources } from '../sources/views.js'

/** The decoded row groups that are kept, in bytes, unless told. */
const usualBytes = 2 ** 26

/**
 * A source over columns of a file. Memory: the rows of a batch, and row groups read last, up to `keptBytes` of them (one at least). A
 * shuffled batch of a larger file reads every row group it has an item of, one after the other: for shuffling, write files in small groups.
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
        // Taken now: what is left for later would keep the whole group in memory.
        return itemsOf(new Map(columns.map(name => [name, take(name)])))
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

/** By itself: a function made where the group is in sight would keep the group. */
function itemsOf(values: ReadonlyMap<string, ComponentValue>): Items {
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

/** About how much memory a table takes: of numbers exactly, of other values by what an object takes. */
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
