/** What `load` and `dump` share: the names of formats and of components. */
import { fail } from '../../errors/index.js'
import { describeValue } from '../../util/describe-value.js'
import type { Batch } from '../batch/batch.js'
import { type ItemFormatName, itemFormats } from '../files/item-formats.js'

/** Formats of tables: one file for many items. */
export const tableFormats = ['csv', 'parquet'] as const

/** The formats of `load` and `dump`. */
export const formatNames = [...(Object.keys(itemFormats) as ItemFormatName[]), ...tableFormats] as const
export type FormatName = (typeof formatNames)[number]

export function isTableFormat(fmt: FormatName): fmt is (typeof tableFormats)[number] {
  return (tableFormats as readonly string[]).includes(fmt)
}

/** A path that an option holds. @throws MillraceError `wrong-value` */
export function readPath(name: string, value: unknown, what: string): string {
  return typeof value === 'string' && value !== '' ? value : fail('wrong-value', { name, seen: describeValue(value), allowed: what })
}

/** The component of a format that keeps one component per file. @throws MillraceError `wrong-value` */
export function onlyName(name: string, names: readonly string[], fmt: string): string {
  if (names.length === 1) return names[0]!
  return fail('wrong-value', { name, seen: describeValue(names), allowed: `one component: a ${fmt} file holds one; npz holds several` })
}

/** Names given as one or several. */
export function listNamesOf(given: string | readonly string[] | undefined): readonly string[] | undefined {
  return typeof given === 'string' ? [given] : given
}

/** The components a batch may have. */
export function declaredNames(batch: Batch<any>): readonly string[] {
  return batch.batchClass.components as readonly string[]
}
