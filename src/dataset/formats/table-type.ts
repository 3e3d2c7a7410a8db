import { fail } from '../../errors/index.js'
import type { ComponentValue } from '../../pipeline/description/contracts.js'

/** Columns by name; each has one entry per row. */
export type Table = Readonly<Record<string, ComponentValue>>

/** Refuses columns of the same name, of which only one could be read. @throws MillraceError `column-twice` */
export function refuseTwins(path: string, names: readonly string[]): void {
  const name = names.find((each, i) => names.indexOf(each) !== i)
  if (name !== undefined) fail('column-twice', { path, name })
}
