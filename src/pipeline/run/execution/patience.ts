/** Long work of one batch: lets the event loop run, and ends when a signal has waited for the batch long enough. */
import { breathe } from '../../../util/process/breathe.js'

/** Milliseconds of work without an event loop. */
const intervalMs = 50

/** Milliseconds that a batch may take to finish after a signal. */
const patienceMs = 300

/** When a signal was first seen aborted. */
const seen = new WeakMap<AbortSignal, number>()

/**
 * Call between two actions; await the result if there is one. A batch that ends soon after a signal is finished; a longer one is
 * abandoned: the result rejects with the signal's reason.
 */
export function pauseIfDue(signal: AbortSignal | undefined): Promise<void> | undefined {
  return breathe(intervalMs)?.then(() => {
    if (!signal?.aborted) return
    const now = performance.now()
    const since = seen.get(signal) ?? now
    seen.set(signal, since)
    if (now - since >= patienceMs) throw signal.reason
  })
}
