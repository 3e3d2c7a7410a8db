/** Runs other programs quietly and ends them with this process. */
import { spawn } from 'node:child_process'

/**
 * @typedef {object} Outcome
 * @property {number | null} code the exit status, null if a signal ended it or it never started
 * @property {NodeJS.Signals | null} signal
 * @property {string} stdout
 * @property {string} output stdout and stderr together, at most the last 64 kB
 * @property {boolean} missing whether there is no such program
 * @property {boolean} ok whether it ended with status 0
 */

/** @type {Set<import('node:child_process').ChildProcess>} */
const running = new Set()

/** Set once a signal ends this process: called when no program runs any more. @type {(() => void) | undefined} */
let ending

/**
 * Runs a program without a terminal and captures its output. Never rejects.
 * @param {string} command
 * @param {readonly string[]} args
 * @param {{ cwd?: string, env?: NodeJS.ProcessEnv }} [options]
 * @returns {Promise<Outcome>}
 */
export function runQuietly(command, args, { cwd, env } = {}) {
  return new Promise(resolve => {
    let stdout = ''
    let output = ''
    const child = spawn(command, args, { cwd, env: env ?? process.env, stdio: ['ignore', 'pipe', 'pipe'], windowsHide: true })
    running.add(child)
    child.stdout.setEncoding('utf8').on('data', text => {
      stdout += text
      output = (output + text).slice(-65536)
    })
    child.stderr.setEncoding('utf8').on('data', text => {
      output = (output + text).slice(-65536)
    })
    /** @param {number | null} code @param {NodeJS.Signals | null} signal @param {boolean} [missing] */
    const done = (code, signal, missing = false) => {
      running.delete(child)
      // A stopped program has no outcome: the work it belongs to ends here.
      if (ending === undefined) resolve({ code, signal, stdout, output, missing, ok: code === 0 })
      else if (running.size === 0) ending()
    }
    child.on('error', error => {
      output += error.message
      done(null, null, /** @type {NodeJS.ErrnoException} */ (error).code === 'ENOENT')
    })
    child.on('close', (code, signal) => done(code, signal))
  })
}

/** The last lines of a program's output, without empty ones. @param {string} output */
export function lastLines(output, most = 6) {
  const lines = output
    .split('\n')
    .map(line => line.trimEnd())
    .filter(Boolean)
  return lines.slice(-most).join('\n') || 'no output'
}

const signals = /** @type {const} */ ({ SIGINT: 130, SIGTERM: 143, SIGHUP: 129 })
const signalNames = /** @type {(keyof typeof signals)[]} */ (Object.keys(signals))

/** The time a program has to clean up (npm removes what it unpacked) before it is killed. */
const patienceMs = 10_000

/** The number of tasks in progress that need a clean end. */
let under = 0

/**
 * Runs `work`; if a signal ends this process meanwhile, the programs it started end first, then `cleanUp` is called. A second signal waits
 * for nothing.
 * @template T
 * @param {() => void} cleanUp
 * @param {() => Promise<T>} work
 * @returns {Promise<T>}
 */
export async function endingCleanly(cleanUp, work) {
  process.on('exit', cleanUp)
  if (under++ === 0) for (const name of signalNames) process.on(name, onSignal)
  try {
    return await work()
  } finally {
    if (--under === 0) for (const name of signalNames) process.off(name, onSignal)
    process.off('exit', cleanUp)
    cleanUp()
  }
}

/** @param {NodeJS.Signals} signal */
function onSignal(signal) {
  const endNow = () => {
    for (const child of running) child.kill('SIGKILL')
    process.exit(signals[/** @type {keyof typeof signals} */ (signal)])
  }
  if (ending !== undefined || running.size === 0) return endNow()
  ending = endNow
  for (const child of running) child.kill('SIGTERM')
  setTimeout(() => process.stderr.write('\nstopping … (again to stop at once)\n'), 500)
  setTimeout(endNow, patienceMs)
}
