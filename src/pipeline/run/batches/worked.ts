import { concatMap, type MonoTypeOperatorFunction } from 'rxjs'
import type { BatchRun } from '../batch-run.js'
import { discard, freeBatch, type Outcome } from './outcome.js'
import { settled } from './settled.js'

/** Works on batches, one after another. A batch that is finished after the stream was unsubscribed from is freed. */
export function worked(work: (run: BatchRun) => Promise<void>): MonoTypeOperatorFunction<Outcome> {
  return concatMap(outcome => (outcome.kind === 'N' ? settled(workOn(outcome.value, work), discard) : [outcome]))
}

/** The batch with the work done, or the error that it failed with. */
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
