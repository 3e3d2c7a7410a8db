/** The files of a batch's items. */
import { join } from 'node:path'
import { fail } from '../../errors/index.js'
import { describeValue } from '../../util/describe-value.js'
import type { Batch } from '../batch/batch.js'
import { FilesIndex } from '../files-index.js'

/**
 * In a folder `{folder}/{id}.{extension}`. An id may lead to a folder inside it, `cat/7`.
 *
 * @throws MillraceError `file-id` for an id that would lead out of the folder, or is no name of a file
 */
export function pathIn(folder: string, id: unknown, extension: string): string {
  const name = fileNameOf(String(id), extension)
  const problem = problemOf(name, String(id))
  return problem === undefined ? join(folder, name) : fail('file-id', { id: describeValue(id), problem, folder })
}

/**
 * The path of each id, none of them shared: another id's file is never written over.
 *
 * @throws MillraceError `file-id`, `file-id-clash`
 */
export function pathsIn(folder: string, ids: readonly unknown[], extension: string, all: readonly unknown[] = ids): readonly string[] {
  const owners = new Map<string, unknown>()
  for (const id of all) {
    const name = fileNameOf(String(id), extension)
    if (owners.has(name) && owners.get(name) !== id) {
      fail('file-id-clash', { first: describeValue(owners.get(name)), second: describeValue(id), file: name })
    }
    owners.set(name, id)
  }
  return ids.map(id => pathIn(folder, id, extension))
}

function fileNameOf(id: string, extension: string): string {
  return id.endsWith(`.${extension}`) ? id : `${id}.${extension}`
}

/** The most bytes that file systems take for a name. */
const maxBytes = 255

/** Names that mean devices on Windows, whatever follows the dot, and what it takes for no name. */
const notOnWindows = /^(con|prn|aux|nul|com\d|lpt\d)(\.|$)|[<>:"|?*]|[. ]$/i

function problemOf(name: string, id: string): string | undefined {
  const steps = id.split(/[\\/]/)
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what is looked for
  if (/[\u0000-\u001f]/.test(id)) return 'it has a control character'
  if (steps.some(step => step === '..' || step === '.')) return 'it leads to another folder'
  if (steps.includes('')) return id === '' ? 'it is empty' : 'it begins or ends with a separator, or has two in a row'
  if (name.split(/[\\/]/).some(step => Buffer.byteLength(step) > maxBytes)) return `it is longer than ${maxBytes} bytes`
  if (process.platform === 'win32' && steps.some(step => notOnWindows.test(step))) return 'Windows does not take it'
  return undefined
}

/** Returns the path of each item: in a folder, or that of the dataset's files index. @throws MillraceError `load-from-where` */
export function itemPaths(batch: Batch<any>, folder: string | undefined, extension: string): readonly string[] {
  if (folder !== undefined) return batch.indices.map(id => pathIn(folder, id, extension))
  const index = batch.dataset?.index
  if (!(index instanceof FilesIndex)) return fail('load-from-where', undefined)
  return batch.indices.map(id => index.getFullPath(id as string))
}

const atOnce = 16

/**
 * Returns the result of `work` per entry, in order; a few run at a time, so that a large batch does not open all its files at once. Of
 * several failures the first in order is thrown.
 */
export async function forEach<Entry, Result>(
  entries: readonly Entry[],
  work: (entry: Entry, i: number) => Promise<Result>,
): Promise<Result[]> {
  const results: Result[] = []
  for (let from = 0; from < entries.length; from += atOnce) {
    const outcomes = await Promise.allSettled(entries.slice(from, from + atOnce).map((entry, i) => work(entry, from + i)))
    for (const outcome of outcomes) {
      if (outcome.status === 'rejected') throw outcome.reason
      results.push(outcome.value)
    }
  }
  return results
}
