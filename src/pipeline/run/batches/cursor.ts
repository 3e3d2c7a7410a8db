import type { Observable, Subscription } from 'rxjs'
import { type Hold, hold } from './lease.js'

/** Takes the values of a stream one at a time. */
export interface Cursor<T> {
  /** The next value, which is held until the following call; undefined at the end. After an error the next call subscribes again. */
  next(): Promise<T | undefined>
  /** Unsubscribes and releases the last value; the next call subscribes again. */
  restart(): void
  /** Releases the last value and unsubscribes. */
  close(): void
}

/** A cursor on a stream; each call of `next` must wait for the previous one. */
export function cursorOn<T>(source: Observable<T>): Cursor<T> {
  let subscription: Subscription | undefined
  let held: Hold | undefined
  let isOver = false
  let call: { readonly resolve: (value: T | undefined) => void; readonly reject: (error: unknown) => void }

  const letGo = () => {
    const last = held
    held = undefined
    last?.unsubscribe()
  }
  const end = () => {
    isOver = true
    call?.resolve(undefined)
  }
  const subscribe = () =>
    source.subscribe({
      next: value => {
        held = hold()
        call.resolve(value)
      },
      error: error => call.reject(error),
      complete: end,
    })
  return {
    next: () =>
      new Promise((resolve, reject) => {
        if (isOver) return resolve(undefined)
        call = { resolve, reject }
        if (subscription && !subscription.closed) letGo()
        else subscription = subscribe()
      }),
    restart: () => {
      subscription?.unsubscribe()
      subscription = undefined
      letGo()
    },
    close: () => {
      subscription?.unsubscribe()
      letGo()
      end()
    },
  }
}

/** The values of a stream in a `for await` loop, each held until the next is requested. Leaving the loop unsubscribes. */
export async function* iterate<T>(source: Observable<T>): AsyncGenerator<T, void, void> {
  const cursor = cursorOn(source)
  try {
    for (let value = await cursor.next(); value !== undefined; value = await cursor.next()) yield value
  } finally {
    cursor.close()
  }
}
