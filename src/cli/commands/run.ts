/** `millrace run`: starts the run in a thread of its own and listens for signals, which no computation of the run can delay. */
import { extname } from 'node:path'
import { isatty } from 'node:tty'
import { SHARE_ENV, Worker } from 'node:worker_threads'
import { threadFlags } from '../../util/process/thread-flags.js'
import { exitCodes } from '../exit-codes.js'
import type { FromRun, RunRequest, Screen, Terminal, ToRun } from '../run/messages.js'
import type { RunCommandOptions } from '../run/run-options.js'
import { listenForSignals } from '../signals.js'

/** The file of the thread: built or source, like this one. */
const thread = new URL(`../run/thread${extname(import.meta.url)}`, import.meta.url)

/** Milliseconds until a signal that the run has not heard is acknowledged here; and until a run that has ended is no longer waited for. */
const hearingMs = 300
const endingMs = 1000

/** Runs an experiment file. An error before the first batch is wrong input; after it, the run failed. */
export async function run(file: string, options: RunCommandOptions): Promise<number> {
  const request: RunRequest = { file, options, terminal: terminal() }
  const worker = new Worker(thread, { workerData: request, env: SHARE_ENV, execArgv: threadFlags(), stdout: true, stderr: true })
  // A pipe would stop reading when its reader goes away, and the thread would wait.
  worker.stdout.on('data', chunk => process.stdout.write(chunk))
  worker.stderr.on('data', chunk => process.stderr.write(chunk))
  const say = (message: ToRun) => worker.postMessage(message)
  const note = (text: string) => process.stderr.write(`${text}\n`)
  const hasTerminal = [0, 1, 2].some(isatty)
  const state = { hasBegun: false, hasHeard: false, hasFailed: false, code: undefined as number | undefined }
  const resize = () => say({ terminal: terminal() })
  process.stdout.on('resize', resize)
  const signals = listenForSignals({
    // What has not begun has nothing to report.
    endsAtOnce: () => !state.hasBegun,
    first: () => {
      say({ stop: true })
      setTimeout(() => {
        if (!state.hasHeard && state.code === undefined) note('the run is computing and stops when it can (again to stop at once)')
      }, hearingMs).unref()
    },
    last: signal =>
      note(state.hasBegun ? `ended at once by ${signal}: what --resume continues from is the last checkpoint` : `ended by ${signal}`),
  })
  try {
    const code = await new Promise<number>(resolve => {
      worker.on('message', (message: FromRun) => {
        if ('begun' in message) state.hasBegun = true
        else if ('heard' in message) {
          state.hasHeard = true
          note('stopping after this batch… (again to stop at once)')
        } else {
          state.code = message.code === exitCodes.interrupted ? signals.code : message.code
          const { code } = state
          // A batch that was abandoned may compute for ever.
          if (signals.seen) setTimeout(() => process.exit(code), endingMs).unref()
        }
      })
      worker.on('error', async error => {
        state.hasFailed = true
        const { reportUnexpected } = await import('../report-errors.js')
        note('an error that no action waited for ended the run')
        reportUnexpected(error)
        resolve(exitCodes.runFailed)
      })
      worker.on('exit', async exitCode => {
        if (state.hasFailed) return
        if (state.code === undefined) await reportExit(exitCode, options)
        resolve(state.code ?? exitCodes.runFailed)
      })
    })
    // Node would abort when it restores the settings of a terminal that is gone.
    if (signals.seen === 'SIGHUP' && hasTerminal) signals.endBy('SIGHUP')
    return code
  } finally {
    signals.dispose()
    process.stdout.off('resize', resize)
  }
}

/** How Node ends a thread that waits for a promise which nothing can settle any more. */
const unsettled = 13

/** A run that ends without having been finished is a failed one, whatever exit code the code that ended it had chosen. */
async function reportExit(exitCode: number, { json, quiet }: RunCommandOptions): Promise<void> {
  const [{ MillraceError }, { Output }, { reportError }] = await Promise.all([
    import('../../experiment.js'),
    import('../output.js'),
    import('../report-errors.js'),
  ])
  const seen = exitCode === unsettled ? 'nothing is left to do, but a promise was never settled' : `process.exit(${exitCode})`
  reportError(new MillraceError('exit-in-run', { seen }), new Output(json, quiet))
}

function terminal(): Terminal {
  const screen = ({ isTTY, columns }: NodeJS.WriteStream): Screen => ({ isTTY: isTTY === true, columns })
  return { stdout: screen(process.stdout), stderr: screen(process.stderr) }
}
