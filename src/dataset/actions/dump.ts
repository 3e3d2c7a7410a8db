import { fail } from '../../errors/index.js'
import { anything, oneOf, option, options, string } from '../../options/index.js'
import { namesIn } from '../../pipeline/description/component-facts.js'
import type { ComponentValue } from '../../pipeline/description/contracts.js'
import { describeValue } from '../../util/describe-value.js'
import { isPlainObject } from '../../util/json.js'
import { NdArray } from '../../util/nd-array.js'
import type { Batch } from '../batch/batch.js'
import { batchAction } from '../batch/batch-action.js'
import { hasItems } from '../batch/component.js'
import { growTable } from '../files/growing-table.js'
import { itemFormats } from '../files/item-formats.js'
import { forEach, pathsIn } from '../files/item-paths.js'
import { names } from './action-args.js'
import { formatNames, isTableFormat, listNamesOf, onlyName, readPath } from './formats-of-actions.js'

/**
 * Writes components: to memory, to a file for each item, or to a table. A table grows batch by batch within a run and starts anew with the
 * next run; a resumed run continues it where its checkpoint was written. Files of items appear complete or not at all; those that were
 * there are replaced. Missing folders are made. The batch stays as it is.
 *
 * @example
 * pipeline.dump({ dst: 'scans', fmt: 'npz' })                          // scans/{id}.npz, all components
 * pipeline.dump({ dst: 'out', fmt: 'png', components: 'images' })      // out/{id}.png
 * pipeline.dump({ dst: 'scores.csv', fmt: 'csv', components: 'scores' }) // one table of the whole run
 * pipeline.dump({ dst: F(ids => `part-${ids[0]}.parquet`)(B('indices')), fmt: 'parquet' })
 * pipeline.dump({ dst: scores, components: 'scores' })                 // scores[id] = …
 *
 * @throws MillraceError `component-absent`, `wrong-value`, `file-id` and `file-id-clash` for ids that are no names of files of their own,
 *   `table-columns` and `table-not-as-left` for a table, those of the formats, and what the file system throws
 *
 * BatchFlow: `dump`, `save`.
 */
export const dump = batchAction({
  summary: 'Writes components to memory, to a file for each item, or to a table.',
  options: options({
    dst: option(
      'without fmt: an array, list or map that gets the values under their ids, or an object of them by component; of a format with a file per item: a folder; of a table: its file',
      anything,
    ),
    fmt: option('the format of the files, as for load; values in memory by default', oneOf(formatNames), { optional: true }),
    components: option('the components to write; all that the batch has by default', names, { optional: true }),
    ids: option('of a table: what the column of ids is called', string, { default: 'id' }),
  }),
  components: ({ components }) => ({ reads: namesIn(components, ['components']) }),
  inTurn: true,
  tables: ({ dst, fmt }) => (isTableFormat(fmt as never) && typeof dst === 'string' ? [dst] : []),
  apply: async (batch, { dst, fmt, components, ids }, { kept }) => {
    const names = listNamesOf(components) ?? batch.componentNames
    for (const name of names) batch.require(name)
    if (fmt === undefined) return dumpToMemory(batch, dst, names, typeof components === 'string')
    if (isTableFormat(fmt)) {
      const table = Object.fromEntries([[ids, toColumn(batch.indices)], ...names.map(name => [name, toEntries(batch, name)] as const)])
      return growTable(readPath('dst', dst, 'the path of a table'), fmt, table, kept)
    }
    const { extension, isNamed, write } = itemFormats[fmt]
    const folder = readPath('dst', dst, 'the path of a folder')
    if (!isNamed) onlyName('components', names, fmt)
    const paths = pathsIn(folder, batch.indices, extension)
    await forEach([...batch], (item, i) => write(paths[i]!, Object.fromEntries(names.map(name => [name, item.get(name)]))))
  },
})

/** One entry per item, which of one value for all items is that. */
function toEntries(batch: Batch<any>, name: string): ComponentValue {
  const value = batch.require(name)
  return hasItems(value) ? value : Array<unknown>(batch.length).fill(value)
}

/** Ids as a column: integers as an array. */
function toColumn(ids: readonly unknown[]): ComponentValue {
  const isSmall = ids.every(id => Number.isInteger(id) && Math.abs(id as number) < 2 ** 31)
  return isSmall ? NdArray.from(ids, 'int32') : ids
}

function dumpToMemory(batch: Batch<any>, dst: unknown, names: readonly string[], isOne: boolean): void {
  const present = [...batch.componentNames, ...(batch.batchClass.components as readonly string[])]
  const unknown = !isOne && isPlainObject(dst) ? Object.keys(dst).find(name => !present.includes(name)) : undefined
  if (unknown !== undefined) fail('unknown-name', { kind: 'component to dump', seen: unknown, allowed: batch.componentNames })
  for (const name of names) {
    const destination = isOne ? dst : isPlainObject(dst) ? dst[name] : undefined
    if (destination === undefined)
      fail('wrong-value', {
        name: 'dst',
        seen: describeValue(dst),
        allowed: `an object with a destination for each of ${names.join(', ')}`,
      })
    for (const item of batch) put(destination, item.id, item.get(name), name)
  }
}

/** Lists and objects that are written into a pipeline are part of its description, which is frozen. */
const allowed = 'a Map, an NdArray, or a list or an object that a function returns: F(() => scores)()'

function put(destination: unknown, id: unknown, value: unknown, name: string): void {
  if (destination instanceof Map) destination.set(id, value)
  else if (destination instanceof NdArray) putIntoArray(destination, id, value, name)
  else if (Object.isFrozen(destination)) fail('wrong-value', { name: 'dst', seen: describeValue(destination), allowed })
  else if (Array.isArray(destination)) putIntoList(destination, id, value, name)
  else if (isPlainObject(destination))
    Object.defineProperty(destination, String(id), { value, writable: true, enumerable: true, configurable: true })
  else fail('wrong-value', { name: 'dst', seen: describeValue(destination), allowed })
}

function putIntoList(destination: unknown[], id: unknown, value: unknown, name: string): void {
  if (!Number.isInteger(id) || (id as number) < 0) {
    fail('unknown-id', { of: `the list for ${name}`, seen: describeValue(id), length: destination.length })
  }
  destination[id as number] = value
}

function putIntoArray(destination: NdArray, id: unknown, value: unknown, name: string): void {
  if (!Number.isInteger(id) || (id as number) < 0 || (id as number) >= destination.length) {
    fail('unknown-id', { of: `the array for ${name}`, seen: describeValue(id), length: destination.length })
  }
  const into = destination.slice(id as number, (id as number) + 1)
  const values = value instanceof NdArray ? value.data : [value as number]
  if (values.length !== into.data.length) {
    fail('item-shape', { name, seen: value instanceof NdArray ? value.shape : [], shape: destination.shape.slice(1) })
  }
  into.data.set(values)
}
