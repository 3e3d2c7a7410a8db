import type { MonoTypeOperatorFunction } from 'rxjs'
import { inOrder } from './in-order.js'
import type { Outcome } from './outcome.js'

/** Performs the work at the end of a run before passing the end on. Its failure fails the stream. */
export function ended(end: () => Promise<void>): MonoTypeOperatorFunction<Outcome> {
  return inOrder(outcome => (outcome.kind === 'C' ? end().then(() => outcome) : outcome))
}
