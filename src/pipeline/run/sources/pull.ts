/** Batches of a dataset, pulled: the next one is loaded only when there is room for it. */
import type { BatchOrder, OrderState, SourceBatch, SourceDataset } from '../../description/contracts.js'
import { BatchRun } from '../execution/batch-run.js'

/** What is done with a batch while it is loaded. Undefined leaves it out. */
export type LoadWork = (run: BatchRun) => Promise<BatchRun | undefined>

interface Loading {
  readonly run: Promise<BatchRun | undefined>
  /** The order as it stands behind this batch. */
  readonly state: OrderState
}

/**
 * The batches of an order, one at a time. With `prefetch` n, up to n batches beyond the one given out are being loaded; never more. A
 * batch that fails to load fails at its own turn, and those behind it can still be had.
 */
export class PulledBatches {
  readonly #loading: Loading[] = []
  #state: OrderState
  #pulled: number
  #ended = false

  constructor(
    readonly dataset: Pick<SourceDataset, 'createBatch'>,
    readonly order: BatchOrder,
    readonly prefetch: number,
    readonly work: LoadWork,
    /** Tells what went wrong with a batch that could not be made. */
    readonly toError: (error: unknown, number: number) => unknown,
  ) {
    this.#state = order.state
    this.#pulled = order.state.produced
  }

  /** The order as it stands behind the last batch given out, whatever was loaded ahead. */
  get state(): OrderState {
    return this.#state
  }

  /** The next batch, or undefined at the end. */
  async next(): Promise<BatchRun | undefined> {
    for (;;) {
      while (!this.#ended && this.#loading.length <= this.prefetch) this.#pull()
      const loading = this.#loading.shift()
      if (loading === undefined) return undefined
      this.#state = loading.state
      const run = await loading.run
      if (run !== undefined) return run
    }
  }

  #pull(): void {
    const positions = this.order.next()
    if (positions === undefined) {
      this.#ended = true
      return
    }
    const run = this.#load(positions, ++this.#pulled)
    // A failure is seen when its turn comes.
    run.catch(() => undefined)
    this.#loading.push({ run, state: this.order.state })
  }

  async #load(positions: Uint32Array, number: number): Promise<BatchRun | undefined> {
    // The caller's own turn ends first: of several batches loaded ahead, none waits for another's synchronous part.
    await undefined
    let batch: SourceBatch
    try {
      batch = await this.dataset.createBatch(positions)
    } catch (error) {
      throw this.toError(error, number)
    }
    return this.work(new BatchRun(batch, number))
  }

  /** Loads no more and frees what was loaded ahead. */
  close(free: (batch: SourceBatch) => void): void {
    this.#ended = true
    for (const { run } of this.#loading.splice(0))
      run.then(
        run => run && free(run.batch),
        () => undefined,
      )
  }
}
