/** A dataset without a batch size: its items one by one. */
import type { Observable } from 'rxjs'
import { readAs } from '../pipeline/observable-input.js'

/** What a dataset's own pipeline is asked for. */
interface Batches<Batch> {
  genBatch(size: number): AsyncGenerator<Batch, void, void>
  batches$(options: { readonly batchSize: number }): Observable<unknown>
}

export abstract class ItemStream<Batch> implements AsyncIterable<Batch> {
  /** A new pipeline over the items, without actions. */
  abstract readonly p: Batches<Batch>;

  /**
   * The items in the order of the index, each as a batch of one; `genBatch` takes larger ones. A dataset is an input of RxJS, too:
   * `from(data)`, `zip(data.train, pipeline)`.
   *
   * @example
   * for await (const batch of data.test) console.log(batch.indices[0], batch.images.shape)
   */
  [Symbol.asyncIterator](): AsyncGenerator<Batch, void, void> {
    return this.p.genBatch(1)
  }

  static {
    readAs(ItemStream.prototype, dataset => dataset.p.batches$({ batchSize: 1 }))
  }
}
