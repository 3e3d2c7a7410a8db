/** Checks what the footer of a Parquet file says against the file itself, before anything is allocated for it. */
import type { FileMetaData } from 'hyparquet'

/** @throws Error that says what does not fit */
export function checkParquet({ num_rows, row_groups, schema }: FileMetaData, bytes: number): void {
  if (!schema.every(({ name }) => typeof name === 'string')) refuse('a column has no name')
  const leaves = schema.filter(({ num_children }) => !num_children)
  let rows = 0
  for (const group of row_groups) {
    const own = count(group.num_rows, 'rows')
    rows += own
    if (group.columns.length !== leaves.length) refuse(`a group has ${group.columns.length} columns of ${leaves.length}`)
    for (const { meta_data } of group.columns) {
      if (meta_data === undefined) refuse('a column has no description')
      const { num_values, total_compressed_size, data_page_offset, dictionary_page_offset, path_in_schema } = meta_data!
      const start = Number(dictionary_page_offset || data_page_offset)
      if (count(num_values, 'values') < own) refuse(`column ${path_in_schema.join('.')} has ${num_values} values for ${own} rows`)
      if (!(start >= 0 && start + count(total_compressed_size, 'bytes') <= bytes)) refuse(`column ${path_in_schema.join('.')} lies outside`)
    }
  }
  if (rows !== count(num_rows, 'rows')) refuse(`it has ${num_rows} rows, its groups ${rows}`)
}

function count(value: unknown, what: string): number {
  const number = Number(value)
  return Number.isSafeInteger(number) && number >= 0 ? number : refuse(`it claims ${value} ${what}`)
}

function refuse(problem: string): never {
  throw new Error(`it is damaged: ${problem}`)
}
