/** Files that appear complete or not at all. */
import { rename, rm } from 'node:fs/promises'
import { basename, dirname, join, resolve } from 'node:path'
import { writeFlushed } from './durable-folder.js'
import { makeFolder } from './make-folder.js'

let written = 0

/**
 * Writes a file under a temporary name and renames it once all of it is on disk. Missing folders are created.
 *
 * @throws errors of the file system; nothing of the new file remains then
 */
export async function writeWhole(path: string, data: Uint8Array | string): Promise<void> {
  const target = resolve(path)
  makeFolder(dirname(target))
  const partial = join(dirname(target), `.${basename(target).slice(0, 40)}.${process.pid}${`${written++}`.padStart(6, '0')}.tmp`)
  try {
    await writeFlushed(partial, data, 'wx')
    await rename(partial, target)
  } catch (error) {
    await rm(partial, { force: true })
    throw error
  }
}
