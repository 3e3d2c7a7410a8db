/** Runs the actual program in the foreground: it has our terminal, receives our signals, and its exit code becomes ours. */
import { spawn } from 'node:child_process'
import { closeSync, openSync } from 'node:fs'
import { constants } from 'node:os'
import { root } from '../places.mjs'

/**
 * @param {string} command
 * @param {readonly string[]} args
 * @param {{ asInterrupt?: boolean }} [options] whether every signal is handed on as an interrupt
 * @returns {Promise<number>}
 */
export function runInFront(command, args, { asInterrupt = false } = {}) {
  return new Promise(resolve => {
    const child = spawn(command, args, { cwd: root, stdio: 'inherit' })
    // A terminal's Ctrl-C reaches the child directly, and a program may treat a second interrupt as "at once": forward only others.
    process.on('SIGINT', () => {
      if (!hasTerminal()) child.kill('SIGINT')
    })
    for (const signal of /** @type {const} */ (['SIGTERM', 'SIGHUP'])) process.on(signal, () => child.kill(asInterrupt ? 'SIGINT' : signal))
    child.on('error', error => {
      console.error(error.message)
      resolve(127)
    })
    child.on('exit', (code, signal) => resolve(code ?? 128 + (constants.signals[signal ?? 'SIGTERM'] ?? 0)))
  })
}

/** Returns true if a terminal controls this process. */
function hasTerminal() {
  try {
    closeSync(openSync('/dev/tty', 'r'))
    return true
  } catch {
    return false
  }
}
