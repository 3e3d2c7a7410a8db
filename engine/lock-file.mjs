/**
 * A lock: a file that names the process that holds it, kept fresh while it does. Another process can tell whether that one still runs, after
 * a reboot and in containers too, where process numbers and names of hosts repeat.
 */
import { readFileSync, readlinkSync, renameSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs'
import { hostname } from 'node:os'
import { basename, dirname, join } from 'node:path'

/** A process that cannot be seen from here counts as gone after so long without a sign of life. */
export const usualQuietMs = 60_000

const heartbeatMs = 5_000

/** @typedef {import('./lock-file.d.mts').Holder} Holder */

/** @type {typeof import('./lock-file.d.mts').takeLock} */
export function takeLock(path, { quietMs = usualQuietMs } = {}) {
  const text = JSON.stringify({ ...thisProcess(), since: new Date().toISOString() })
  for (;;) {
    if (create(path, text)) return { lock: keep(path, text) }
    const seen = look(path)
    if (seen === undefined) continue
    if (!isGone(seen, quietMs)) return { holder: seen.holder, quietForMs: seen.ageMs, path }
    removeExactly(path, seen.text)
  }
}

/** @param {string} path @param {string} text */
function create(path, text) {
  try {
    writeFileSync(path, text, { flag: 'wx' })
    return true
  } catch (error) {
    if (/** @type {NodeJS.ErrnoException} */ (error).code === 'EEXIST') return false
    // Such as a full disk, which leaves an empty file.
    if (look(path)?.text === '') rmSync(path, { force: true })
    throw error
  }
}

/** Keeps a lock fresh and removes it at the end of the process. @param {string} path @param {string} text @returns {import('./lock-file.d.mts').Lock} */
function keep(path, text) {
  const heartbeat = setInterval(() => touch(path), heartbeatMs).unref()
  const release = () => {
    clearInterval(heartbeat)
    process.off('exit', release)
    if (look(path)?.text === text) rmSync(path, { force: true })
  }
  process.on('exit', release)
  return { path, release }
}

/** Returns the content of a lock and how long ago its holder gave a sign of life. @param {string} path */
function look(path) {
  try {
    const text = readFileSync(path, 'utf8')
    return { text, holder: parse(text), ageMs: Date.now() - statSync(path).mtimeMs }
  } catch (error) {
    if (/** @type {NodeJS.ErrnoException} */ (error).code === 'ENOENT') return undefined
    throw error
  }
}

/** @param {string} text @returns {Holder | undefined} */
function parse(text) {
  try {
    const holder = JSON.parse(text)
    return typeof holder?.pid === 'number' && typeof holder.space === 'string' ? holder : undefined
  } catch {
    return undefined
  }
}

/**
 * Where the holder's process numbers are those of this process, its number and start decide. Elsewhere (another machine or container, before
 * a reboot) and where the start of a process is unknown, its sign of life does.
 * @param {{ holder: Holder | undefined, ageMs: number }} seen
 * @param {number} quietMs
 */
function isGone({ holder, ageMs }, quietMs) {
  const isQuiet = Math.abs(ageMs) > quietMs
  if (holder?.space !== thisSpace()) return isQuiet
  if (!isAlive(holder.pid)) return true
  const start = startOf(holder.pid)
  return start === '' ? isQuiet && holder.pid !== process.pid : start !== holder.start
}

/** Removes a lock unless another process has replaced it in the meantime. @param {string} path @param {string} text */
function removeExactly(path, text) {
  const grave = join(dirname(path), `.${basename(path)}.${process.pid}.tmp`)
  try {
    renameSync(path, grave)
  } catch (error) {
    if (/** @type {NodeJS.ErrnoException} */ (error).code === 'ENOENT') return
    throw error
  }
  const found = readFileSync(grave, 'utf8')
  rmSync(grave, { force: true })
  if (found !== text) create(path, found)
}

/** @returns {Omit<Holder, 'since'>} */
const thisProcess = () => ({ pid: process.pid, host: hostname(), space: thisSpace(), start: startOf(process.pid) })

/** Names the processes among which a number is unique: a boot of a machine, and a container. */
const thisSpace = () => {
  const boot = orNothing(() => readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim())
  const container = orNothing(() => readlinkSync('/proc/self/ns/pid'))
  return boot && container ? `${boot} ${container}` : hostname()
}

/** When a process started, in ticks since the boot; empty where that is unknown. @param {number} pid */
const startOf = pid =>
  orNothing(() => {
    const stat = readFileSync(`/proc/${pid}/stat`, 'latin1')
    // After the name of the program, which may contain anything.
    return stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19] ?? ''
  })

/** @param {() => string} read */
function orNothing(read) {
  try {
    return read()
  } catch {
    return ''
  }
}

/** Returns true if a process of that number runs. @param {number} pid */
export function isAlive(pid) {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return /** @type {NodeJS.ErrnoException} */ (error).code === 'EPERM'
  }
}

/** @param {string} path */
function touch(path) {
  try {
    utimesSync(path, new Date(), new Date())
  } catch {
    // It was removed with its folder.
  }
}
