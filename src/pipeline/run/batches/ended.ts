import type { MonoTypeOperatorFunction } from 'rxjs'
import { inOrder } from './in-order.js'
import type { Outcome } from './outcome.js'

/** Does what has to be done at the end of a run before it passes the end on. A failure of it is the stream's. */
export function ended(end: () => Promise<void>): MonoTypeOperatorFunction<Outcome> {
  return inOrder(outcome => (outcome.kind === 'C' ? end().then(() => outcome) : outcome))
}
