/** Batches of a dataset, pulled: the next one is loaded only when there is room for it. */
import type { BatchOrder, SourceBatch, SourceDataset } from '../../spec/contracts.js'

/**
 * The batches of an order, one at a time. With `prefetch` n, up to n batches beyond the one given out are being loaded; never more. A
 * batch that fails to load fails at its own turn.
 */
export async function* pullBatches(
  dataset: SourceDataset,
  order: BatchOrder,
  prefetch: number,
  signal?: AbortSignal,
): AsyncGenerator<SourceBatch, void> {
  const loading: Promise<SourceBatch>[] = []
  let ended = false
  while (true) {
    signal?.throwIfAborted()
    while (!ended && loading.length <= prefetch) {
      const positions = order.next()
      if (positions === undefined) ended = true
      else {
        const batch = Promise.resolve(positions).then(positions => dataset.createBatch(positions))
        batch.catch(() => undefined)
        loading.push(batch)
      }
    }
    const next = loading.shift()
    if (next === undefined) return
    yield await next
  }
}
