import { concatMap, type MonoTypeOperatorFunction } from 'rxjs'
import type { Outcome } from './outcome.js'

/** Does what has to be done at the end of a run before it passes the end on. Its failure is the stream's. */
export function ended(end: () => Promise<void>): MonoTypeOperatorFunction<Outcome> {
  return concatMap(outcome => (outcome.kind === 'C' ? end().then(() => outcome) : [outcome]))
}
