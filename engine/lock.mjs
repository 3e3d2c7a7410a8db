/**
 * Work that one set-up does at a time. The lock saves a second one from doing the same work; atomicity depends on the rename in `cache.mjs`,
 * not on it.
 */
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { takeLock } from './lock-file.mjs'
import { endingCleanly } from './shell.mjs'

/** A set-up never works for long without an event: it is gone earlier than other holders. */
const quietMs = 20_000

/**
 * @template T
 * @param {{ folder: string, name: string, log: import('./progress.mjs').Log }} options
 * @param {() => Promise<T>} work
 * @returns {Promise<T>}
 */
export async function withLock({ folder, name, log }, work) {
  mkdirSync(folder, { recursive: true })
  const path = join(folder, `${name}.lock`)
  let taken = takeLock(path, { quietMs })
  if (!taken.lock) {
    const { holder } = taken
    const who = holder ? `process ${holder.pid} on ${holder.host}, since ${holder.since}` : 'an unknown process'
    log(`another set-up (${who}) is at work here; waiting for it. If it is gone, remove ${path}`)
  }
  while (!taken.lock) {
    await sleep(300)
    taken = takeLock(path, { quietMs })
  }
  return endingCleanly(taken.lock.release, work)
}
