/** What a stream of batches is made of. */
import type { ObservableNotification } from 'rxjs'
import type { SourceBatch } from '../../description/contracts.js'
import type { BatchRun } from '../execution/batch-run.js'

/**
 * The outcome of a batch: the batch with the actions performed so far, the error it failed with, or the end. An error loses only its batch, so
 * it travels as a value, as after RxJS's `materialize`; only what ends the whole run is an error of the stream.
 */
export type Outcome = ObservableNotification<BatchRun>

export const END: Outcome = { kind: 'C' }

/** Frees what a batch holds outside JavaScript's memory: components with a `dispose`, usually tensors. */
export function freeBatch(batch: SourceBatch): void {
  for (const name of batch.componentNames) {
    const value = batch.get(name) as { dispose?: () => void } | undefined
    if (typeof value?.dispose === 'function') value.dispose()
  }
}

/** Frees the batch of an outcome that is not used. */
export function discard(outcome: Outcome): void {
  if (outcome.kind === 'N') freeBatch(outcome.value.batch)
}
