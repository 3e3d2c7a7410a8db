import { firstValueFrom, type Observable, Subject, share, takeUntil, tap } from 'rxjs'
import { type Hold, hold } from './lease.js'

/** Takes the values of a stream one at a time. */
export interface Cursor<T> {
  /** The next value, which is held until the call after it; undefined at the end. After an error the next call subscribes again. */
  next(): Promise<T | undefined>
  /** Lets go of the last value and unsubscribes. */
  close(): void
}

export function cursorOn<T>(source: Observable<T>): Cursor<T> {
  let held: Hold | undefined
  const closed$ = new Subject<void>()
  const values$ = source.pipe(
    tap(() => {
      held = hold()
    }),
    takeUntil(closed$),
    share({ resetOnRefCountZero: false, resetOnComplete: false }),
  )
  return {
    next: () => {
      const last = held
      held = undefined
      const value = firstValueFrom(values$, { defaultValue: undefined })
      last?.unsubscribe()
      return value
    },
    close: () => {
      closed$.next()
      held?.unsubscribe()
      held = undefined
    },
  }
}

/** The values of a stream in a `for await` loop, each held until the next one is asked for. Leaving the loop unsubscribes. */
export async function* iterate<T>(source: Observable<T>): AsyncGenerator<T, void, void> {
  const cursor = cursorOn(source)
  try {
    for (let value = await cursor.next(); value !== undefined; value = await cursor.next()) yield value
  } finally {
    cursor.close()
  }
}
