/** The exit codes of `millrace`. */
export const exitCodes = {
  done: 0,
  /** Wrong input, found before the first batch; nothing was run. */
  wrongInput: 1,
  /** The run failed after it had started. Its results so far were written. */
  runFailed: 2,
  /** Stopped by SIGINT: 128 + its number, as in shells. SIGTERM and SIGHUP have theirs. */
  interrupted: 130,
} as const
