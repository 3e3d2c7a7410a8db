import { concatMap, type MonoTypeOperatorFunction } from 'rxjs'

/** Does what has to be done before a batch is made, where `isDone` finds that it is not. Its failure is the stream's. */
export function started(isDone: () => boolean, start: () => Promise<void>): MonoTypeOperatorFunction<void> {
  return concatMap(() => (isDone() ? [undefined] : start()))
}
