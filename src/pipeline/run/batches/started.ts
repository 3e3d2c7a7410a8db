import type { MonoTypeOperatorFunction } from 'rxjs'
import { inOrder } from './in-order.js'

/** Does what has to be done before a batch is made, if `isDone` finds that it is not. A failure of it is the stream's. */
export function started(isDone: () => boolean, start: () => Promise<void>): MonoTypeOperatorFunction<void> {
  return inOrder(() => (isDone() ? undefined : start()))
}
