import { type MonoTypeOperatorFunction, Observable, type Subject } from 'rxjs'
import { Lease } from './lease.js'

/**
 * Requests one value at a time from the source: the first on subscription, the next when the holders of the last are ready for
 * it. A value is freed when all holders have released it: a plain subscriber holds it until its `next` returns.
 */
export function leased<T>(demand$: Subject<void>, free: (value: T) => void): MonoTypeOperatorFunction<T> {
  return source =>
    new Observable(subscriber => {
      const ask = () => {
        if (!subscriber.closed) demand$.next()
      }
      const release = (value: T) => {
        try {
          free(value)
        } catch (error) {
          subscriber.error(error)
        }
      }
      subscriber.add(
        source.subscribe({
          next: value => new Lease(() => release(value), ask).emit(subscriber, value),
          error: error => subscriber.error(error),
          complete: () => subscriber.complete(),
        }),
      )
      ask()
    })
}
