/** Folders that appear complete or not at all and survive a power cut: written under a temporary name, flushed, renamed. */
import { lstat, open, readdir, realpath, rename, rm, stat } from 'node:fs/promises'
import { basename, dirname, join, resolve } from 'node:path'
import { isAlive } from '../../../engine/lock-file.mjs'
import { makeFolder } from './make-folder.js'

/** Unfinished folders of this process. */
const unfinished = new Set<string>()
let begun = 0

/**
 * Creates a folder, lets `fill` write into it, and renames it to `folder` once all of it is on disk. An existing folder stays until then.
 * After a kill at any instant `recoverFolder` finds the old or the new one; the next write removes what is left over.
 *
 * @throws errors of `fill` and the file system; nothing of the new folder remains then
 */
export async function writeFolder(folder: string, fill: (partial: string) => Promise<void>): Promise<void> {
  const target = await realpath(await recoverFolder(folder)).catch(() => resolve(folder))
  const partial = `${stemOf(target)}${process.pid}-${++begun}`
  unfinished.add(partial)
  try {
    await removeLeftovers(target)
    makeFolder(partial)
    await fill(partial)
    await syncFolders(partial)
    await replaceFolder(partial, target)
    await syncFolder(dirname(target))
  } catch (error) {
    await rm(partial, { recursive: true, force: true }).catch(() => undefined)
    throw error
  } finally {
    unfinished.delete(partial)
  }
}

/**
 * Returns where a folder is that `writeFolder` wrote. One that a killed process had moved aside, to replace it, is moved back; on a disk that
 * cannot be written its other path is returned.
 */
export async function recoverFolder(folder: string): Promise<string> {
  const target = resolve(folder)
  if (await exists(target)) return target
  const aside = (await leftoversOf(target)).filter(path => path.endsWith('.old'))
  const times = await Promise.all(aside.map(async path => ({ path, time: (await stat(path).catch(() => undefined))?.mtimeMs ?? 0 })))
  const [newest] = times.sort((a, b) => b.time - a.time)
  if (newest === undefined) return target
  await rename(newest.path, target).catch(() => undefined)
  return (await exists(target)) ? target : newest.path
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
  const doomed = `${stemOf(target)}${process.pid}-${++begun}.gone`
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
  return /^\..+\.(partial-\d+(-\d+)?(\.old|\.gone)?|\d+\.tmp)$/.test(name)
}

/** What the names of unfinished folders begin with; a process and a number follow. */
const stemOf = (target: string) => join(dirname(target), `.${basename(target)}.partial-`)

/** The unfinished folders beside a folder. */
async function leftoversOf(target: string): Promise<string[]> {
  const names = await readdir(dirname(target)).catch(() => [])
  const stem = basename(stemOf(target))
  return names.filter(name => name.startsWith(stem) && isLeftover(name)).map(name => join(dirname(target), name))
}

/** Removes what processes that have ended left beside a folder. */
async function removeLeftovers(target: string): Promise<void> {
  for (const path of await leftoversOf(target)) {
    const pid = Number(/partial-(\d+)/.exec(path.slice(stemOf(target).length - 'partial-'.length))?.[1])
    const isInUse = pid === process.pid ? [...unfinished].some(own => path.startsWith(own)) : isAlive(pid)
    if (!isInUse) await rm(path, { recursive: true, force: true })
  }
}

async function exists(path: string): Promise<boolean> {
  return lstat(path).then(
    () => true,
    () => false,
  )
}

/** How often a replacement is tried while others put folders in the same place. */
const maxTries = 100

/** Replaces one folder by another. The old one has its name or another until the new one is in place. */
async function replaceFolder(from: string, to: string, tries = 1, isAside = false): Promise<void> {
  const old = `${from}.old`
  const hadOne = isAside || (await moveAside(to, old))
  try {
    await rename(from, to)
  } catch (error) {
    const isStillAside = hadOne && !(await putBack(old, to))
    // A reader has moved the old one back, or another process has put its own there.
    const isTaken = ['ENOTEMPTY', 'EEXIST'].includes((error as NodeJS.ErrnoException).code!)
    if (isTaken && tries < maxTries) return replaceFolder(from, to, tries + 1, isStillAside)
    throw error
  }
  if (hadOne) await discard(old)
}

/** Moves an old folder back, or removes it where there is another; returns false if neither was possible: others move theirs meanwhile. */
async function putBack(old: string, to: string): Promise<boolean> {
  const isBack = await rename(old, to).then(
    () => true,
    () => false,
  )
  if (!isBack && !(await exists(to))) return false
  if (!isBack) await discard(old)
  return true
}

/** Removes a folder that was moved aside. Half removed, it has a name that nothing is recovered from. */
async function discard(old: string): Promise<void> {
  const doomed = old.replace(/\.old$/, '.gone')
  await rename(old, doomed).catch(() => undefined)
  await rm(doomed, { recursive: true, force: true })
}

/** Renames a folder; returns false if there is none. */
async function moveAside(from: string, to: string): Promise<boolean> {
  try {
    await rename(from, to)
    return true
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return false
    throw error
  }
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
