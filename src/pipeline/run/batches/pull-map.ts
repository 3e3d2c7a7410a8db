import {
  defer,
  EMPTY,
  finalize,
  map,
  mergeMap,
  type Observable,
  type ObservableInput,
  type ObservedValueOf,
  type OperatorFunction,
  Subject,
  Subscription,
} from 'rxjs'
import { fail } from '../../../errors/index.js'
import { heldBackUntil } from './held-back.js'
import { type Hold, hold } from './lease.js'
import { untilReleased } from './until-released.js'

/** How far `pullMap` may run ahead. */
export interface PullMapOptions {
  /** Values whose work starts while the work on an earlier one is unfinished. Default 0: one at a time. */
  readonly ahead?: number
}

/**
 * `concatMap` that makes its source wait. A pipeline makes the next batch when the work on all but the last `ahead` batches is finished, so
 * at most `ahead + 1` batches are in memory. Results are emitted as they come, in the order of the batches. A batch is freed when the work
 * on it is finished and no later `pullMap` is still working on its results.
 *
 * Operators that pass each value on at once (`map`, `filter`, `tap`) may stand between the pipeline and `pullMap`. After an operator that
 * passes it on later (`delay`, `concatMap`, `bufferCount`) the source no longer waits: use one `pullMap` per asynchronous step. Values of a
 * source that cannot wait are queued, as by `concatMap`.
 *
 * @example
 * import { from } from 'rxjs'
 * from(pipeline.runLater(300, { epochs: 2 }))
 *   .pipe(pullMap(async batch => save(batch), { ahead: 1 }))
 *   .subscribe({ complete: () => console.log('saved') })
 *
 * @param work returns a promise, an iterable, an Observable or a pipeline. Unsubscribing from the result unsubscribes from it
 *
 * @throws MillraceError `wrong-value` if `ahead` is not an integer from 0
 */
export function pullMap<T, O extends ObservableInput<any>>(
  work: (value: T, index: number) => O,
  { ahead = 0 }: PullMapOptions = {},
): OperatorFunction<T, ObservedValueOf<O>> {
  if (!Number.isInteger(ahead) || ahead < 0) fail('wrong-value', { name: 'ahead', seen: String(ahead), allowed: 'an integer from 0' })
  return source =>
    defer(() => {
      const holds = new Subscription()
      const waiting: Hold[] = []
      let unfinished = 0
      let last$: Observable<unknown> = EMPTY

      const take = (value: T) => {
        const held = hold()
        holds.add(held)
        if (++unfinished <= ahead) held?.ready()
        else if (held) waiting.push(held)
        return { value, held }
      }
      const letGo = (held: Hold | undefined) => {
        unfinished--
        if (held) holds.remove(held)
        held?.unsubscribe()
        waiting.shift()?.ready()
      }

      return source.pipe(
        map(take),
        mergeMap(({ value, held }, index) => {
          const turn$ = last$
          const done$ = new Subject<never>()
          last$ = done$
          return defer(() => work(value, index)).pipe(
            heldBackUntil(turn$),
            untilReleased(),
            finalize(() => {
              letGo(held)
              done$.complete()
            }),
          )
        }, ahead + 1),
        finalize(() => holds.unsubscribe()),
      )
    })
}
