import { Observable } from 'rxjs'

/** What a promise gives. Whoever unsubscribes before leaves it to `discard`. */
export function settled<T>(promise: Promise<T>, discard: (value: T) => void): Observable<T> {
  return new Observable(subscriber => {
    promise.then(
      value => {
        if (subscriber.closed) return discard(value)
        subscriber.next(value)
        subscriber.complete()
      },
      error => subscriber.error(error),
    )
  })
}
