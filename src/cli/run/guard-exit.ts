/** A run that ends without having been finished is a failed one, whatever exit code the code that ended it had chosen. */
import { MillraceError } from '../../experiment.js'
import { exitCodes } from '../exit-codes.js'
import type { Output } from '../output.js'
import { reportError } from '../report-errors.js'

/** Exit codes from here on are those of signals. */
const firstOfSignals = 128

/** Watches until `finished` is called. */
export function guardExit(output: Output): { finished(): void } {
  let isIdle = false
  const onIdle = () => {
    isIdle = true
  }
  const onExit = (code: number) => {
    if (code >= firstOfSignals) return
    const seen = isIdle ? 'nothing is left to do, but a promise was never settled' : `process.exit(${code})`
    reportError(new MillraceError('exit-in-run', { seen }), output)
    process.exitCode = exitCodes.runFailed
  }
  process.on('beforeExit', onIdle)
  process.on('exit', onExit)
  return {
    finished: () => {
      process.off('beforeExit', onIdle)
      process.off('exit', onExit)
    },
  }
}
