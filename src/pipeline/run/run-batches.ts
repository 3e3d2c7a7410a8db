/** One walk over a pipeline's dataset: each batch is pulled, worked on, given out, and freed when the next is asked for (or by the caller). */
import type { SourceBatch } from '../spec/contracts.js'
import { executeBatch, startRun, startSession } from './execute.js'
import { checkRunOptions, type RunOptions } from './run-options.js'
import { Scope } from './scope.js'
import type { Session, Walk } from './session.js'
import { pullBatches } from './sources/pull.js'

export async function* runBatches(
  session: Session,
  options: RunOptions,
  free: (batch: SourceBatch) => void = freeBatch,
): AsyncGenerator<SourceBatch, void> {
  checkRunOptions(options)
  const { seed = 0, prefetch = 0, signal, ...iterate } = options
  const dataset = new Scope(session).requireDataset()
  const walk: Walk = { order: dataset.openOrder(iterate, seed), seed, current: 0 }
  if (!session.started) session.seed = seed
  await session.exclusive(async () => {
    await startSession(session)
    await startRun(session, walk)
  })
  for await (const batch of pullBatches(dataset, walk.order, prefetch, signal)) {
    await session.exclusive(async () => {
      await startSession(session)
      await executeBatch(session, batch, walk, signal)
    })
    walk.current++
    try {
      yield batch
    } finally {
      free(batch)
    }
  }
}

/** Frees what a batch holds outside JavaScript's memory: components with a `dispose`, tensors as a rule. */
export function freeBatch(batch: SourceBatch): void {
  for (const name of batch.componentNames) {
    const value = batch.get(name) as { dispose?: () => void } | undefined
    if (typeof value?.dispose === 'function') value.dispose()
  }
}
