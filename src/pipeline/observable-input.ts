/** Inputs that RxJS can subscribe to besides Observables. */
import { type Observable, observable } from 'rxjs'

/**
 * Makes instances of a class inputs of RxJS: `from(p)`, `mergeMap(() => p)`, `zip(p, q)`. RxJS looks for a method whose name it
 * computes, which a TypeScript class cannot declare; its types require only `Symbol.asyncIterator`.
 */
export function readAs<T extends object>(prototype: T, read: (instance: T) => Observable<unknown>): void {
  Object.defineProperty(prototype, observable, {
    value(this: T) {
      return read(this)
    },
  })
}
