/** Lists of records as the data of a dataset. */
import { fail } from '../errors/index.js'
import { describeValue } from '../util/describe-value.js'
import { isPlainObject } from '../util/json.js'
import type { DefinedBatch } from './batch/define-batch.js'
import { DatasetIndex, type ItemId } from './dataset-index.js'

/** A list of objects, one per item. */
export type Records = readonly Readonly<Record<string, unknown>>[]

/** Options of reading records. */
export interface RecordsOptions {
  /** The field of the ids. Default: ids are 0 … n−1. */
  readonly ids?: string
}

/**
 * Returns the index and components of records. The kind of a component refuses values that some records lack: `undefined` is not a number.
 *
 * @throws MillraceError `wrong-value`, `index-empty`, `index-type`
 */
export function readRecords(
  records: Records,
  batchClass: DefinedBatch,
  { ids }: RecordsOptions,
): { readonly index: DatasetIndex; readonly preloaded: Readonly<Record<string, readonly unknown[]>> } {
  const wrong = Array.isArray(records) ? records.find(record => !isPlainObject(record)) : records
  if (wrong !== undefined || !Array.isArray(records))
    fail('wrong-value', { name: 'records', seen: describeValue(wrong), allowed: 'a list of objects, one per item' })
  const fields =
    batchClass.components.length > 0
      ? (batchClass.components as readonly string[])
      : Object.keys(records[0] ?? {}).filter(name => name !== ids)
  const present = fields.filter(name => records.some(record => record[name] !== undefined))
  return {
    index: new DatasetIndex(ids === undefined ? records.length : records.map(record => record[ids] as ItemId)),
    preloaded: Object.fromEntries(present.map(name => [name, records.map(record => record[name])])),
  }
}
