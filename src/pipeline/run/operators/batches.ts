/** A run as an RxJS Observable. */
import { from, lastValueFrom, Observable, type ObservableInput, toArray } from 'rxjs'

/**
 * An Observable of a run's items that pulls. An Observable cannot tell its source to wait, so the work on each item is given here: the
 * next item is pulled when the work on all but the last `lookAhead` items is done, and results come in the order of the items.
 * Unsubscribing stops the run after the item in hand.
 */
export function pulled<Item, Result>(
  open: (signal: AbortSignal) => AsyncIterable<Item>,
  work: (item: Item) => ObservableInput<Result>,
  lookAhead: number,
  free: (item: Item) => void = () => undefined,
): Observable<Result> {
  return new Observable(subscriber => {
    const stop = new AbortController()
    const run = async () => {
      const underWay: Promise<readonly Result[]>[] = []
      const emitOldest = async () => {
        for (const result of await underWay.shift()!) if (!subscriber.closed) subscriber.next(result)
      }
      for await (const item of open(stop.signal)) {
        if (subscriber.closed) return
        const result = lastValueFrom(from(work(item)).pipe(toArray())).finally(() => free(item))
        result.catch(() => undefined)
        underWay.push(result)
        if (underWay.length > lookAhead) await emitOldest()
        if (subscriber.closed) return
      }
      while (underWay.length > 0 && !subscriber.closed) await emitOldest()
      subscriber.complete()
    }
    run().catch(error => {
      if (!stop.signal.aborted) subscriber.error(error)
    })
    return () => stop.abort()
  })
}
