import { type MonoTypeOperatorFunction, tap } from 'rxjs'

/** Fails with the signal's reason at the first value after it is aborted. */
export function stoppedBy<T>(signal: AbortSignal | undefined): MonoTypeOperatorFunction<T> {
  return tap(() => signal?.throwIfAborted())
}
