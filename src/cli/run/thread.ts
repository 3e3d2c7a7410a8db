/** The thread of a run: the first thread keeps listening for signals, whatever this one computes. */
import { parentPort, workerData } from 'node:worker_threads'
import { exitCodes } from '../exit-codes.js'
import type { FromRun, RunRequest, Terminal, ToRun } from './messages.js'

const { file, options, terminal } = workerData as RunRequest
const say = (message: FromRun) => parentPort!.postMessage(message)
const stop = new AbortController()

parentPort!.on('message', (message: ToRun) => {
  if ('stop' in message) stop.abort()
  else adopt(message.terminal)
})
// Nothing but the run keeps the thread alive.
parentPort!.unref()
adopt(terminal)

let code: number = exitCodes.runFailed
try {
  // What it loads looks at the terminal.
  const { runFile } = await import('./run-file.js')
  const events = { begun: () => say({ begun: true }), heard: () => say({ heard: true }) }
  code = await runFile(file, options, { signal: stop.signal, ...events })
} catch (error) {
  const { reportUnexpected } = await import('../report-errors.js')
  code = reportUnexpected(error)
}
say({ code })

function adopt(facts: Terminal): void {
  for (const name of ['stdout', 'stderr'] as const) Object.assign(process[name], facts[name])
}
