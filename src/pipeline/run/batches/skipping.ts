import { filter, type MonoTypeOperatorFunction, map, pipe } from 'rxjs'
import { SkipBatch, StopPipeline } from '../actions/control.js'
import { END, type Outcome } from './outcome.js'

/** What happens to a failed batch: true skips it, a function is also called with the error. */
export type ErrorPolicy = boolean | ((error: unknown) => void)

/**
 * Drops skipped batches, and failed ones if the policy says so: `ask` requests another batch instead.
 * `StopPipeline` ends the run, after `onStop`. An abort is not a failure of a batch.
 */
export function skipping(policy: ErrorPolicy, ask: () => void, onStop: () => void = () => undefined): MonoTypeOperatorFunction<Outcome> {
  const isSkipped = (error: unknown): boolean => {
    if (error instanceof SkipBatch) return true
    if (policy === false || (error instanceof Error && error.name === 'AbortError')) return false
    if (typeof policy === 'function') policy(error)
    return true
  }
  return pipe(
    map((outcome: Outcome) => {
      if (outcome.kind !== 'E' || !(outcome.error instanceof StopPipeline)) return outcome
      onStop()
      return END
    }),
    filter(outcome => {
      const isKept = outcome.kind !== 'E' || !isSkipped(outcome.error)
      if (!isKept) ask()
      return isKept
    }),
  )
}
