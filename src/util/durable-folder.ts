/** Folders that appear complete or not at all and survive a power cut: written under a temporary name, flushed, renamed. */
import { open, readdir, rename, rm } from 'node:fs/promises'
import { basename, dirname, join, resolve } from 'node:path'
import { makeFolder } from './make-folder.js'

/**
 * Creates a folder, lets `fill` write into it, and renames it to `folder` once all of it is on disk. An existing folder stays until then.
 *
 * @throws errors of `fill` and the file system; nothing of the new folder remains then
 */
export async function writeFolder(folder: string, fill: (partial: string) => Promise<void>): Promise<void> {
  const target = resolve(folder)
  const partial = join(dirname(target), `.${basename(target)}.partial-${process.pid}`)
  try {
    await rm(partial, { recursive: true, force: true })
    makeFolder(partial)
    await fill(partial)
    await syncFolders(partial)
    await replaceFolder(partial, target)
    await syncFolder(dirname(target))
  } catch (error) {
    await rm(partial, { recursive: true, force: true }).catch(() => undefined)
    throw error
  }
}

/** Writes a file and waits until it is on disk; with `wx` the file must not exist. */
export async function writeFlushed(path: string, data: Uint8Array | string, flags: 'w' | 'wx' = 'w'): Promise<void> {
  const file = await open(path, flags)
  try {
    await file.writeFile(data)
    await file.sync()
  } finally {
    await file.close()
  }
}

/** Removes a folder. Its name is free at once, even if removing the files is interrupted. */
export async function removeFolder(folder: string): Promise<void> {
  const target = resolve(folder)
  const doomed = join(dirname(target), `.${basename(target)}.partial-${process.pid}.old`)
  await rename(target, doomed)
  await rm(doomed, { recursive: true, force: true })
}

/**
 * Checks that a folder is missing, empty or `thing`'s own. `findForeign` returns a file that is not.
 *
 * @throws Error for a folder with such a file; errors of the file system
 */
export async function refuseForeignFiles(
  folder: string,
  thing: string,
  findForeign: (names: readonly string[]) => string | undefined,
): Promise<void> {
  const names = await readdir(folder).catch((error: NodeJS.ErrnoException) => (error.code === 'ENOENT' ? [] : Promise.reject(error)))
  const foreign = findForeign(names)
  if (foreign !== undefined) throw new Error(`the folder holds other files, such as ${foreign}; ${thing} needs a folder of its own`)
}

/** Returns true for names of what a killed process may have left unfinished. */
export function isLeftover(name: string): boolean {
  return /^\..+\.(partial-\d+(\.old)?|\d+\.tmp)$/.test(name)
}

/** Replaces one folder by another; the old one stays until the new one is in place. */
async function replaceFolder(from: string, to: string): Promise<void> {
  const old = `${from}.old`
  const hadOne = await rename(to, old).then(
    () => true,
    () => false,
  )
  try {
    await rename(from, to)
  } catch (error) {
    if (hadOne) await rename(old, to)
    throw error
  }
  if (hadOne) await rm(old, { recursive: true, force: true })
}

/** Flushes the entries of a folder and of those in it. */
async function syncFolders(folder: string): Promise<void> {
  for (const entry of await readdir(folder, { withFileTypes: true })) {
    if (entry.isDirectory()) await syncFolders(join(folder, entry.name))
  }
  await syncFolder(folder)
}

/** Flushes the entries of a folder. Skipped on systems that cannot (Windows). */
async function syncFolder(folder: string): Promise<void> {
  const handle = await open(folder, 'r').catch(() => undefined)
  await handle?.sync().catch(() => undefined)
  await handle?.close()
}
