/** Work that never waits for anything outside JavaScript would block timers, signals and Ctrl-C until it ends. */

let last = performance.now()

/**
 * Returns a promise that lets the event loop run once if it has not run for `intervalMs`; undefined otherwise.
 *
 * @example
 * const pause = breathe(50)
 * if (pause) await pause
 */
export function breathe(intervalMs: number): Promise<void> | undefined {
  if (performance.now() - last < intervalMs) return undefined
  return new Promise(resolve => {
    setImmediate(() => {
      last = performance.now()
      resolve()
    })
  })
}
