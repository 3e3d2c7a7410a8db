/** The log of a set-up: lines, and a moving one on a terminal. */
import { readdirSync, statSync } from 'node:fs'
import { join } from 'node:path'

/**
 * Receives a finished line. `moving`, if a log has it, receives a line that the next one replaces.
 * @typedef {((line: string) => void) & { moving?: (line: string) => void }} Log
 */

/** @param {number} bytes */
export function formatBytes(bytes) {
  if (bytes >= 1e9) return `${(bytes / 1e9).toFixed(1)} GB`
  if (bytes >= 1e6) return `${Math.round(bytes / 1e6)} MB`
  return `${Math.ceil(bytes / 1e3)} kB`
}

/** Seconds since `start` (of `performance.now()`), for the end of a line. @param {number} start */
export const secondsSince = start => `${((performance.now() - start) / 1000).toFixed(1)} s`

/** The log of a program: on stderr, so that stdout stays free for results. @returns {Log} */
export function terminalLog(stream = process.stderr) {
  let open = false
  const clear = () => {
    if (open) stream.write('\r\x1b[K')
    open = false
  }
  /** @type {Log} */
  const log = line => {
    clear()
    stream.write(`${line}\n`)
  }
  if (stream.isTTY) {
    log.moving = line => {
      clear()
      stream.write(line)
      open = true
    }
  }
  return log
}

/** Returns the bytes of all files in a folder. Files may appear and disappear meanwhile. @param {string} folder @returns {number} */
export function folderBytes(folder) {
  let sum = 0
  try {
    for (const entry of readdirSync(folder, { withFileTypes: true })) {
      const path = join(folder, entry.name)
      if (entry.isDirectory()) sum += folderBytes(path)
      else sum += statSync(path, { throwIfNoEntry: false })?.size ?? 0
    }
  } catch {
    return sum
  }
  return sum
}

/**
 * Runs `work` and shows the growth of a folder: four times a second on a terminal, every five seconds as lines elsewhere.
 * @template T
 * @param {{ log: Log, label: string, folder: string, expected: number }} options
 * @param {() => Promise<T>} work
 * @returns {Promise<T>}
 */
export async function watchGrowth({ log, label, folder, expected }, work) {
  const start = performance.now()
  const before = folderBytes(folder)
  const show = log.moving ?? log
  const timer = setInterval(
    () => {
      // While a program copies its finished file from its temporary folder, both are there.
      const bytes = Math.min(Math.max(0, folderBytes(folder) - before), expected)
      const percent = Math.floor((100 * bytes) / expected)
      show(`${label}  ${formatBytes(bytes)} of ${formatBytes(expected)} (${percent} %)  ${secondsSince(start)}`)
    },
    log.moving ? 250 : 5000,
  )
  try {
    return await work()
  } finally {
    clearInterval(timer)
  }
}
