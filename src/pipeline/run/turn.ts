/**
 * Work that never waits for anything outside JavaScript would run to its end before a timer, a signal or Ctrl-C had its turn. A run lets
 * them in between batches, at most every `everyMs`.
 */
const everyMs = 20

let last = performance.now()

export const isTurnDue = (): boolean => performance.now() - last >= everyMs

export async function giveTurn(): Promise<void> {
  await new Promise(resolve => setImmediate(resolve))
  last = performance.now()
}
