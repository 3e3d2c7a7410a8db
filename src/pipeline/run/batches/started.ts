import type { MonoTypeOperatorFunction } from 'rxjs'
import { inOrder } from './in-order.js'

/** Performs the work needed before a batch is made, unless `isDone`. Its failure fails the stream. */
export function started(isDone: () => boolean, start: () => Promise<void>): MonoTypeOperatorFunction<void> {
  return inOrder(() => (isDone() ? undefined : start()))
}
