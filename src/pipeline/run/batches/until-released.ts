import { type MonoTypeOperatorFunction, Observable } from 'rxjs'
import { Lease } from './lease.js'

/** The same values; it completes when nobody holds any of them any longer. */
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
