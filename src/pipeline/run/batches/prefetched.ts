import { bufferCount, concatMap, defer, finalize, from, map, type Observable, type OperatorFunction, range, tap } from 'rxjs'

/**
 * A value per demand, in order, while `count` more are being made: never more. The first demand starts them, each further one starts one.
 * What was started and not emitted goes to `discard`.
 */
export function prefetched<T>(count: number, start: () => Promise<T>, discard: (value: T) => void): OperatorFunction<unknown, T> {
  return (demand$: Observable<unknown>) =>
    defer(() => {
      const started = new Set<Promise<T>>()
      return demand$.pipe(
        concatMap((_, i) => (i === 0 ? range(0, count + 1) : [i])),
        map(() => {
          const value = start()
          started.add(value)
          return value
        }),
        bufferCount(count + 1, 1),
        concatMap(([oldest]) => from(oldest!).pipe(tap(() => started.delete(oldest!)))),
        finalize(() => {
          for (const value of started) value.then(discard, () => undefined)
        }),
      )
    })
}
