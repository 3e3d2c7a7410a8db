import { filter, type MonoTypeOperatorFunction, map, merge, type Observable, observeOn, queueScheduler } from 'rxjs'
import type { BatchClass } from '../../description/contracts.js'
import { BatchRun } from '../execution/batch-run.js'
import type { RebatchSize } from '../merger.js'
import type { RebatchState } from '../session/stepping.js'
import { END, type Outcome } from './outcome.js'

export interface RebatchOptions {
  /** One value per batch to be made. */
  readonly demand$: Observable<unknown>
  /** Requests a batch from the source. */
  readonly ask: () => void
  /** Evaluated per batch. */
  readonly size: () => RebatchSize
  readonly merge: NonNullable<BatchClass['merge']>
  /** Where it continues; kept up to date. */
  readonly state: RebatchState
}

/**
 * Batches of another size: collects items until there are enough, and keeps the remainder for the next batch. The last batch has the
 * remaining items. A failed batch of the source is passed on, and collected items are kept.
 */
export function rebatched({ demand$, ask, size, merge: mergeBatches, state }: RebatchOptions): MonoTypeOperatorFunction<Outcome> {
  return source => {
    let isOver = false
    let wanted: RebatchSize

    const make = (): Outcome | undefined => {
      const length = state.rest.reduce((sum, batch) => sum + batch.length, 0)
      if (length < wanted.batchSize && !isOver) return void ask()
      if (length === 0) return END
      const { merged, rest } = mergeBatches(state.rest, wanted.batchSize, wanted.components)
      state.rest = rest ? [rest] : []
      return { kind: 'N', value: new BatchRun(merged, ++state.produced) }
    }
    const start = () => {
      wanted = size()
      return make()
    }
    const collect = (outcome: Outcome) => {
      if (outcome.kind === 'E') return outcome
      if (outcome.kind === 'C') isOver = true
      else state.rest = [...state.rest, outcome.value.batch]
      return make()
    }
    // A demand caused by a batch being emitted waits until the emission returns: many small batches of a large one would overflow the stack.
    const demanded$ = demand$.pipe(observeOn(queueScheduler))
    return merge(demanded$.pipe(map(() => attempt(start))), source.pipe(map(outcome => attempt(() => collect(outcome))))).pipe(
      filter(outcome => outcome !== undefined),
    )
  }
}

function attempt(step: () => Outcome | undefined): Outcome | undefined {
  try {
    return step()
  } catch (error) {
    return { kind: 'E', error }
  }
}
