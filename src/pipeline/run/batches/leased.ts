import { type MonoTypeOperatorFunction, Observable, type Subject } from 'rxjs'
import { Lease } from './lease.js'

/**
 * Asks the source for a value at a time: for the first one when subscribed to, for the next when those who hold the last are ready for
 * it. A value is freed when everybody has let go of it: a plain subscriber has it until its `next` returns.
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
