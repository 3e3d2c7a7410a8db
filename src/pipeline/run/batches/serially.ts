import { Subject } from 'rxjs'
import { inOrder } from './in-order.js'

/** Runs work one piece at a time, in the order of the calls. A failure affects only its own call. */
export type Serially = <T>(work: () => Promise<T>) => Promise<T>

export function serially(): Serially {
  const calls$ = new Subject<() => Promise<void>>()
  calls$.pipe(inOrder(call => call())).subscribe()
  return work => new Promise((resolve, reject) => calls$.next(() => work().then(resolve, reject)))
}
