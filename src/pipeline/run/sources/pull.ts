/** Batches of a dataset, pulled: the next one is loaded only when there is room for it. */
import type { BatchOrder, SourceBatch, SourceDataset } from '../../spec/contracts.js'

/**
 * The batches of an order, one at a time. With `prefetch` n, up to n batches beyond the one given out are being loaded; never more. A
 * batch that fails to load fails at its own turn, and those behind it can still be had.
 */
export class PulledBatches {
  readonly #loading: Promise<SourceBatch>[] = []
  #ended = false

  constructor(
    readonly dataset: SourceDataset,
    readonly order: BatchOrder,
    readonly prefetch: number,
  ) {}

  /** The next batch, or undefined at the end. */
  async next(): Promise<SourceBatch | undefined> {
    while (!this.#ended && this.#loading.length <= this.prefetch) {
      const positions = this.order.next()
      if (positions === undefined) this.#ended = true
      else {
        const batch = Promise.resolve(positions).then(positions => this.dataset.createBatch(positions))
        batch.catch(() => undefined)
        this.#loading.push(batch)
      }
    }
    return this.#loading.shift()
  }

  /** Loads no more and frees what was loaded ahead. */
  close(free: (batch: SourceBatch) => void): void {
    this.#ended = true
    for (const batch of this.#loading.splice(0)) batch.then(free, () => undefined)
  }
}
