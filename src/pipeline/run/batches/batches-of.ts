/** The stream of an iteration: its operators, stage by stage. A `rebatch` starts a new stage. */
import { setMaxListeners } from 'node:events'
import { defer, EMPTY, finalize, identity, map, type Observable, pipe, Subject, takeWhile } from 'rxjs'
import type { BatchRun } from '../execution/batch-run.js'
import { doActions, withLocation } from '../execution/execute.js'
import { inTurnFrom, type PreparedAction, preparePipeline } from '../execution/prepare.js'
import type { Iteration } from '../iteration.js'
import { merger, rebatchSize } from '../merger.js'
import { ended } from './ended.js'
import { inTurns } from './in-turns.js'
import { leased } from './leased.js'
import { discardLoaded, loader } from './load.js'
import { notified } from './notified.js'
import { discard, type Outcome } from './outcome.js'
import { prefetched } from './prefetched.js'
import { rebatched } from './rebatched.js'
import { skipping } from './skipping.js'
import { started } from './started.js'
import { stoppedBy } from './stopped-by.js'
import { worked } from './worked.js'

/**
 * The outcome of each batch. The next is made when the last is released: each stage is pulled by the one after it. After an error, a
 * new subscription continues with the batch after the last.
 */
export function batchesOf(iteration: Iteration): Observable<Outcome> {
  return defer(() => {
    if (iteration.at.ended) return EMPTY
    const closed = new AbortController()
    const { signal } = iteration.options
    const either = AbortSignal.any([closed.signal, iteration.halt(), ...(signal ? [signal] : [])])
    // Each batch under way may listen, and each of its items in a thread.
    setMaxListeners(0, either)
    return compose(iteration, either).pipe(finalize(() => closed.abort()))
  })
}

function compose(iteration: Iteration, signal: AbortSignal): Observable<Outcome> {
  const { session, walk, at } = iteration
  const { prefetch, ignoreErrors } = iteration.options
  const stages = preparePipeline(session.spec).stages.map(stage => inTurnFrom(stage, walk.dataset.batchClass))
  const demands = stages.map(() => new Subject<void>())
  const demand$ = demands.at(-1)!
  const begun$ = demand$.pipe(
    started(
      () => iteration.isReady,
      () => iteration.begin(signal),
    ),
  )
  const paced = pipe(inTurns<void>(), stoppedBy(signal))
  const act = (actions: readonly PreparedAction[]) => (run: BatchRun) =>
    doActions(actions, { session, walk, signal, profile: iteration.profile, phase: 'batch', run })

  const loaded$ = (asked$: Observable<void>, ahead: readonly PreparedAction[]) => {
    const load = loader({
      order: iteration.takeOrder(),
      batchByPos: positions => walk.dataset.batchByPos(positions),
      work: ahead.length > 0 ? act(ahead) : undefined,
      toError: (error, batch) => withLocation('batch-not-loaded', error, { pipeline: session.name, batch }, signal),
      profile: () => iteration.profile,
    })
    return asked$.pipe(
      prefetched(prefetch, load, discardLoaded),
      map(({ outcome, state }) => {
        at.order = state
        return outcome
      }),
    )
  }

  const batches$ = stages.reduce<Observable<Outcome>>((below$, { divider, ahead, rest }, i) => {
    const asked$ = (i === stages.length - 1 ? begun$ : demands[i]!).pipe(paced)
    const made$ = divider
      ? below$.pipe(
          rebatched({
            demand$: asked$,
            ask: () => demands[i - 1]!.next(),
            size: () => rebatchSize(divider.args, iteration),
            merge: (...args) => merger(iteration)(...args),
            state: at.rebatches[i - 1]!,
          }),
        )
      : loaded$(asked$, ahead)
    const work = act(rest)
    return made$.pipe(
      rest.length > 0 ? worked(run => session.exclusive(() => work(run))) : identity,
      skipping(
        ignoreErrors,
        () => demands[i]!.next(),
        () => iteration.stop(),
      ),
    )
  }, EMPTY)

  return batches$.pipe(
    ended(() => iteration.end(signal)),
    notified(() => iteration.notifier),
    takeWhile(({ kind }) => kind !== 'C'),
    leased(demand$, discard),
  )
}
