import { type MonoTypeOperatorFunction, Observable } from 'rxjs'
import { type Hold, hold } from './lease.js'

/** Passes values on once `turn$` completes; earlier values, an error and the end wait for it. */
export function heldBackUntil<T>(turn$: Observable<unknown>): MonoTypeOperatorFunction<T> {
  return source =>
    new Observable(subscriber => {
      let isOpen = false
      const early: { readonly held: Hold | undefined; readonly emit: () => void }[] = []
      const pass = (emit: () => void) => {
        if (isOpen) emit()
        else early.push({ held: hold(), emit })
      }
      const open = () => {
        isOpen = true
        for (const { held, emit } of early.splice(0)) held ? held.pass(emit) : emit()
      }
      subscriber.add(() => {
        for (const { held } of early.splice(0)) held?.unsubscribe()
      })
      subscriber.add(turn$.subscribe({ complete: open }))
      subscriber.add(
        source.subscribe({
          next: value => pass(() => subscriber.next(value)),
          error: error => pass(() => subscriber.error(error)),
          complete: () => pass(() => subscriber.complete()),
        }),
      )
    })
}
