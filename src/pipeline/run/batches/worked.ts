import type { MonoTypeOperatorFunction } from 'rxjs'
import type { BatchRun } from '../execution/batch-run.js'
import { inOrder } from './in-order.js'
import { discard, freeBatch, type Outcome } from './outcome.js'

/** Works on batches, one after another. A batch that is finished after the stream is unsubscribed is freed. */
export function worked(work: (run: BatchRun) => Promise<void>): MonoTypeOperatorFunction<Outcome> {
  return inOrder(outcome => (outcome.kind === 'N' ? workOn(outcome.value, work) : outcome), discard)
}

/** The processed batch, or the error it failed with. */
export async function workOn(run: BatchRun, work: (run: BatchRun) => Promise<void>): Promise<Outcome> {
  try {
    await work(run)
    return { kind: 'N', value: run }
  } catch (error) {
    freeBatch(run.batch)
    return { kind: 'E', error }
  } finally {
    run.end()
  }
}
