/**
 * A lock: a file with the holder's process, kept fresh during the work. It saves a second set-up from doing the
 * same work; atomicity depends on the rename in `cache.mjs`, not on this lock.
 */
import { mkdirSync, readFileSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs'
import { hostname } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { endingCleanly } from './shell.mjs'

const freshMs = 60_000

/**
 * @template T
 * @param {{ folder: string, name: string, log: import('./progress.mjs').Log }} options
 * @param {() => Promise<T>} work
 * @returns {Promise<T>}
 */
export async function withLock({ folder, name, log }, work) {
  mkdirSync(folder, { recursive: true })
  const path = join(folder, `${name}.lock`)
  let waiting = false
  while (!take(path)) {
    if (!waiting) log(`another set-up (${holderOf(path) ?? 'unknown'}) is at work here; waiting for it`)
    waiting = true
    await sleep(300)
  }
  const heartbeat = setInterval(() => touch(path), 5000).unref()
  return endingCleanly(() => {
    clearInterval(heartbeat)
    if (holderOf(path) === self()) rmSync(path, { force: true })
  }, work)
}

const self = () => `${process.pid}@${hostname()}`

/** @param {string} path */
function take(path) {
  try {
    writeFileSync(path, self(), { flag: 'wx' })
    return true
  } catch (error) {
    if (/** @type {NodeJS.ErrnoException} */ (error).code !== 'EEXIST') throw error
    if (isStale(path)) rmSync(path, { force: true })
    return false
  }
}

/** A lock is stale if its process on this machine is gone, or if it was not touched for a minute. @param {string} path */
function isStale(path) {
  const [pid, host] = (holderOf(path) ?? '').split('@')
  if (host === hostname()) return !isAlive(Number(pid))
  const age = Date.now() - (statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? Date.now())
  return age > freshMs
}

/** @param {number} pid */
export function isAlive(pid) {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return /** @type {NodeJS.ErrnoException} */ (error).code === 'EPERM'
  }
}

/** @param {string} path */
function holderOf(path) {
  try {
    return readFileSync(path, 'utf8')
  } catch {
    return undefined
  }
}

/** @param {string} path */
function touch(path) {
  try {
    utimesSync(path, new Date(), new Date())
  } catch {
    // The lock was taken over or the cache removed: the rename at the end decides.
  }
}
