/** Signals that stop a run: the first asks it to stop, the second ends the process. */
import { constants } from 'node:os'
import { exitCodes } from './exit-codes.js'

const names = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const
type Signal = (typeof names)[number]

export interface SignalListener {
  /** True if the first signal asks for the end at once. */
  readonly endsAtOnce: () => boolean
  readonly first: (signal: Signal) => void
  /** Called before the process ends. */
  readonly last: (signal: Signal) => void
}

export interface Signals {
  /** The first signal, if any. */
  readonly seen: Signal | undefined
  /** The exit code of a process that the first signal has stopped: 130, 143 or 129. */
  readonly code: number
  /** Ends the process as the signal does where nothing listens. */
  endBy(signal: Signal): void
  /** Lets signals end the process again. */
  dispose(): void
}

/**
 * Listens. To end the process, signals get their usual effect back and the last one is sent again: the system ends the process, even
 * where a thread computes, and a shell sees 128 and the number of the signal.
 */
export function listenForSignals({ endsAtOnce, first, last }: SignalListener): Signals {
  let seen: Signal | undefined
  const dispose = () => {
    for (const name of names) process.removeListener(name, hear)
  }
  const hear = (signal: Signal) => {
    if (seen === undefined && !endsAtOnce()) {
      seen = signal
      first(signal)
      return
    }
    last(signal)
    endBy(signal)
  }
  const endBy = (signal: Signal) => {
    dispose()
    process.kill(process.pid, signal)
  }
  for (const name of names) process.on(name, hear)
  return {
    get seen() {
      return seen
    },
    get code() {
      return seen === undefined ? exitCodes.interrupted : 128 + constants.signals[seen]
    },
    endBy,
    dispose,
  }
}
