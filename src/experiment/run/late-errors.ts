/** Errors that functions of a run throw after they have returned, in this thread or another: they are errors of the run. */
import { MillraceError } from '../../errors/index.js'

export interface LateErrors {
  /** Aborted by the first of them, and by the signal given. */
  readonly signal: AbortSignal
  /** Returns those since the last call, each message once. */
  take(): readonly unknown[]
  /** Leaves later ones to the program. */
  close(): void
}

/** Watches for exceptions and rejections that nothing handles. */
export function watchLateErrors(signal: AbortSignal | undefined): LateErrors {
  const controller = new AbortController()
  const errors: MillraceError[] = []
  /** A function that is called for each item may throw thousands of times. */
  const seen = new Set<string>()
  const onError = (error: unknown) => {
    const late = error instanceof MillraceError ? error : lateError(error)
    if (!seen.has(late.message)) errors.push(late)
    seen.add(late.message)
    controller.abort(late)
  }
  process.on('uncaughtException', onError)
  return {
    signal: signal ? AbortSignal.any([signal, controller.signal]) : controller.signal,
    take: () => errors.splice(0),
    close: () => void process.off('uncaughtException', onError),
  }
}

function lateError(error: unknown): MillraceError {
  return new MillraceError('late-error', { message: error instanceof Error ? error.message : String(error) }, {}, error) as never
}
