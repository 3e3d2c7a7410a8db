import { type MonoTypeOperatorFunction, Observable } from 'rxjs'
import { Lease } from './lease.js'

/** The same values; completes when none of them is held any longer. */
export function untilReleased<T>(): MonoTypeOperatorFunction<T> {
  return source =>
    new Observable(subscriber => {
      const lease = new Lease(() => subscriber.complete())
      lease.enter()
      return source.subscribe({
        next: value => lease.emit(subscriber, value),
        error: error => subscriber.error(error),
        complete: () => lease.leave(),
      })
    })
}
