/** The rows of a Parquet file, read by row groups where they are asked for. */
import type { ParquetFile } from '../formats/parquet-file.js'
import type { Table } from '../formats/table-type.js'
import { ColumnsSource } from '../sources/columns.js'
import type { DataSource } from '../sources/source.js'
import { joinSources } from '../sources/views.js'
import { stacked } from '../stack-items.js'

/** Row groups that are kept, for batches that go through a file in order. */
const keptGroups = 2

/**
 * A source over columns of a file. Memory: the rows of a batch and the last two row groups. A shuffled batch reads every row group it has
 * an item of, one after the other: for shuffling, write files in small groups.
 */
export function parquetSource(file: ParquetFile, columns: readonly string[]): DataSource<'files'> {
  const kept = new Map<number, Promise<Table>>()
  const read = (number: number): Promise<Table> => {
    const table = kept.get(number) ?? file.read(file.groups[number]!, columns)
    kept.delete(number)
    kept.set(number, table)
    for (const oldest of [...kept.keys()].slice(0, -keptGroups)) kept.delete(oldest)
    table.catch(() => kept.delete(number))
    return table
  }
  const groups = file.groups.map(
    ({ length }, number): DataSource<'files'> => ({
      names: columns,
      length,
      items: async positions => {
        const take = new ColumnsSource(new Map(Object.entries(await read(number))), length).items(positions)
        // Taken now: what is left for later would keep the whole group in memory.
        const values = new Map(columns.map(name => [name, take(name)]))
        return name => values.get(name)!
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
