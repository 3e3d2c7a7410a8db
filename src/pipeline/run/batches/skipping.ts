import { filter, type MonoTypeOperatorFunction, map, pipe } from 'rxjs'
import { SkipBatch, StopPipeline } from '../actions/control.js'
import { END, type Outcome } from './outcome.js'

/** What is done about a batch that failed: true leaves it out, a function is called with the error. */
export type ErrorPolicy = boolean | ((error: unknown) => void)

/**
 * Leaves out batches that were skipped, and those that failed if the policy says so: `ask` asks for another one in their place.
 * `StopPipeline` ends the run. An abort is no failure of a batch.
 */
export function skipping(policy: ErrorPolicy, ask: () => void): MonoTypeOperatorFunction<Outcome> {
  const isSkipped = (error: unknown): boolean => {
    if (error instanceof SkipBatch) return true
    if (policy === false || (error instanceof Error && error.name === 'AbortError')) return false
    if (typeof policy === 'function') policy(error)
    return true
  }
  return pipe(
    map((outcome: Outcome) => (outcome.kind === 'E' && outcome.error instanceof StopPipeline ? END : outcome)),
    filter(outcome => {
      const isKept = outcome.kind !== 'E' || !isSkipped(outcome.error)
      if (!isKept) ask()
      return isKept
    }),
  )
}
