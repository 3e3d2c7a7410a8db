/** What the exit code of `millrace` says. */
export const exitCodes = {
  done: 0,
  /** Something the user gave is wrong; found before the first batch, nothing was run. */
  wrongInput: 1,
  /** The run failed once it had started. What it found until then was written. */
  runFailed: 2,
  /** Stopped by a signal, 128 + SIGINT as shells have it. */
  interrupted: 130,
} as const
