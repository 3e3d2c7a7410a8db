/** Ctrl-C: the first asks the run to stop, the second ends the process. */

export interface Interrupt {
  readonly signal: AbortSignal
  /** Lets signals end the process again. */
  dispose(): void
}

/**
 * The first SIGINT or SIGTERM aborts the signal and calls `onFirst`. After that, signals have their usual effect: the system ends the
 * process, at once, even in the middle of a batch, and a shell sees 130.
 */
export function listenForInterrupt(onFirst: () => void): Interrupt {
  const controller = new AbortController()
  const dispose = () => {
    process.removeListener('SIGINT', stop)
    process.removeListener('SIGTERM', stop)
  }
  const stop = () => {
    dispose()
    controller.abort()
    onFirst()
  }
  process.on('SIGINT', stop)
  process.on('SIGTERM', stop)
  return { signal: controller.signal, dispose }
}
