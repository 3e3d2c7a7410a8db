import { defer, finalize, type OperatorFunction } from 'rxjs'
import { inOrder } from './in-order.js'

/**
 * One value per demand, in order. While one is awaited, at most `count` more are being made; those that are not emitted go to
 * `discard`.
 */
export function prefetched<T>(count: number, start: () => Promise<T>, discard: (value: T) => void): OperatorFunction<unknown, T> {
  return demand$ =>
    defer(() => {
      const started: Promise<T>[] = []
      return demand$.pipe(
        inOrder(() => {
          while (started.length <= count) started.push(start())
          return started.shift()!
        }, discard),
        finalize(() => {
          for (const value of started) value.then(discard, () => undefined)
        }),
      )
    })
}
