import { Observable, type OperatorFunction } from 'rxjs'

/**
 * `concatMap` to a value or a promise of one. A value that is not a promise is passed on synchronously: no inner Observable, no microtask. What a
 * promise resolves to after the stream is unsubscribed goes to `discard`.
 */
export function inOrder<T, R>(work: (value: T) => R | Promise<R>, discard: (result: R) => void = () => undefined): OperatorFunction<T, R> {
  return source =>
    new Observable(subscriber => {
      const waiting: T[] = []
      let [isBusy, isOver] = [false, false]

      const take = (value: T) => {
        if (isBusy) return void waiting.push(value)
        isBusy = true
        try {
          const result = work(value)
          if (result instanceof Promise) result.then(pass, fail)
          else pass(result)
        } catch (error) {
          fail(error)
        }
      }
      const pass = (result: R) => {
        if (subscriber.closed) return discard(result)
        subscriber.next(result)
        isBusy = false
        if (waiting.length > 0) take(waiting.shift()!)
        else if (isOver) subscriber.complete()
      }
      const fail = (error: unknown) => subscriber.error(error)
      return source.subscribe({
        next: take,
        error: fail,
        complete: () => {
          isOver = true
          if (!isBusy) subscriber.complete()
        },
      })
    })
}
