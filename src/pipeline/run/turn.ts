/**
 * Work that never waits for anything outside JavaScript would run to its end before a timer, a signal or Ctrl-C had its turn. A run lets
 * them in between batches, at most every `everyMs`.
 */
const everyMs = 20

let last = performance.now()

export async function giveTurn(): Promise<void> {
  if (performance.now() - last < everyMs) return
  await new Promise(resolve => setImmediate(resolve))
  last = performance.now()
}
