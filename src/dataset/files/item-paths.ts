/** The files of a batch's items. */
import { join } from 'node:path'
import { fail } from '../../errors/index.js'
import type { Batch } from '../batch/batch.js'
import { FilesIndex } from '../files-index.js'

/** In a folder `{folder}/{id}.{extension}`. */
export function pathIn(folder: string, id: unknown, extension: string): string {
  const name = String(id)
  return join(folder, name.endsWith(`.${extension}`) ? name : `${name}.${extension}`)
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
