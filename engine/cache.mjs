/**
 * Folders of the cache that are complete or absent. A folder is filled under a temporary name, gets its stamp last, and appears by one
 * rename; a broken or killed set-up leaves only a temporary folder, which the next one removes.
 */
import { mkdirSync, readdirSync, renameSync, rmSync, statfsSync, statSync, writeFileSync } from 'node:fs'
import { hostname } from 'node:os'
import { dirname, join, relative } from 'node:path'
import { withLock } from './lock.mjs'
import { isAlive } from './lock-file.mjs'
import { readJson } from './places.mjs'
import { SetupProblem } from './problems.mjs'
import { endingCleanly } from './shell.mjs'

const stampName = 'stamp.json'

/**
 * @typedef {object} Stamp
 * @property {string} id identifies the sources of the folder; another id means that it has to be rebuilt
 * @property {Record<string, number>} files every file and its size
 */

/** Returns true if a cache folder exists, is complete, and has this `id`. @param {string} folder @param {string} id */
export function isComplete(folder, id) {
  /** @type {Stamp | undefined} */
  const stamp = readJson(join(folder, stampName))
  if (stamp?.id !== id || !stamp.files) return false
  return Object.entries(stamp.files).every(([file, size]) => statSync(join(folder, file), { throwIfNoEntry: false })?.size === size)
}

/**
 * Returns the cache folder `name`, filling it by `fill` if it is missing, incomplete or of another id.
 * @param {object} options
 * @param {string} options.cache
 * @param {string} options.name
 * @param {string} options.id
 * @param {boolean} [options.force] rebuild it in any case
 * @param {import('./progress.mjs').Log} options.log
 * @param {(folder: string) => Promise<void>} options.fill
 * @returns {Promise<string>}
 */
export async function provideFolder({ cache, name, id, force = false, log, fill }) {
  const folder = join(cache, name)
  if (!force && isComplete(folder, id)) return folder
  openCache(cache)
  return withLock({ folder: cache, name, log }, async () => {
    if (!force && isComplete(folder, id)) return folder
    const work = join(cache, 'tmp')
    removeLeftovers(work, name)
    const temporary = temporaryFolder(work, name)
    return endingCleanly(
      () => rmSync(temporary, { recursive: true, force: true }),
      async () => {
        rmSync(temporary, { recursive: true, force: true })
        mkdirSync(temporary, { recursive: true })
        await fill(temporary)
        writeFileSync(join(temporary, stampName), JSON.stringify({ id, files: listFiles(temporary) }, null, 2))
        publish(temporary, folder, id)
        return folder
      },
    )
  })
}

/** Checks that the cache is writable. @param {string} cache */
export function openCache(cache) {
  try {
    mkdirSync(cache, { recursive: true })
    const probe = join(cache, `probe-${process.pid}`)
    writeFileSync(probe, '')
    rmSync(probe)
  } catch (error) {
    throw new SetupProblem('cache-not-writable', {
      folder: cache,
      error: /** @type {NodeJS.ErrnoException} */ (error).code ?? String(error),
    })
  }
}

/** Free bytes for the user on the disk of a folder. @param {string} folder @returns {number} */
export function freeBytes(folder) {
  try {
    const { bavail, bsize } = statfsSync(folder)
    return bavail * bsize
  } catch {
    return dirname(folder) === folder ? Number.POSITIVE_INFINITY : freeBytes(dirname(folder))
  }
}

/** @param {string} temporary @param {string} folder @param {string} id */
function publish(temporary, folder, id) {
  const old = `${temporary}~old`
  try {
    renameSync(folder, old)
  } catch {
    // There was none.
  }
  try {
    renameSync(temporary, folder)
  } catch (error) {
    // Another process was first. Its folder is as good.
    if (!isComplete(folder, id)) throw error
  } finally {
    rmSync(old, { recursive: true, force: true })
  }
}

/** Returns the temporary folder of this set-up, whose name says what it is of. @param {string} work @param {string} name */
export const temporaryFolder = (work, name) => join(work, `${name}~${process.pid}~${hostname()}`)

/** Removes the temporary folders of set-ups that no longer run. @param {string} work @param {string} name */
export function removeLeftovers(work, name) {
  const dayMs = 24 * 3600 * 1000
  for (const entry of listFolder(work)) {
    const [of, pid, host] = entry.split('~')
    if (of !== name) continue
    const old = Date.now() - (statSync(join(work, entry), { throwIfNoEntry: false })?.mtimeMs ?? 0) > dayMs
    const isGone = host === hostname() && (!isAlive(Number(pid)) || Number(pid) === process.pid)
    if (isGone || old) rmSync(join(work, entry), { recursive: true, force: true })
  }
}

/** @param {string} folder */
function listFolder(folder) {
  try {
    return readdirSync(folder)
  } catch {
    return []
  }
}

/** @param {string} folder @returns {Record<string, number>} */
function listFiles(folder, top = folder) {
  /** @type {Record<string, number>} */
  const files = {}
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name)
    if (entry.isDirectory()) Object.assign(files, listFiles(path, top))
    else files[relative(top, path)] = statSync(path).size
  }
  return files
}
