/** One walk over a pipeline's dataset, a batch at a time. */
import type { SourceBatch } from '../spec/contracts.js'
import { executeBatch, placed, startRun, startSession } from './execute.js'
import { checkRunOptions, type RunOptions } from './run-options.js'
import { Scope } from './scope.js'
import type { Session, Walk } from './session.js'
import { PulledBatches } from './sources/pull.js'
import { giveTurn } from './turn.js'

/** Pulls batches and works on them. An error costs the batch it happened on: the next call goes on with the one behind it. */
export class Steps {
  readonly #walk: Walk
  readonly #batches: PulledBatches
  readonly #signal: AbortSignal | undefined
  #begun = false

  /** @throws MillraceError those of the options and of the dataset's order */
  constructor(
    readonly session: Session,
    options: RunOptions,
  ) {
    const place = { pipeline: session.name }
    try {
      checkRunOptions(options)
      const { seed = 0, prefetch = 0, signal, ...iterate } = options
      const dataset = new Scope(session).requireDataset()
      this.#walk = { order: dataset.openOrder(iterate, seed), seed, current: 0 }
      this.#batches = new PulledBatches(dataset, this.#walk.order, prefetch)
      this.#signal = signal
    } catch (error) {
      throw placed('run-failed', error, place)
    }
  }

  /** The next batch, worked on, or undefined at the end. */
  async next(): Promise<SourceBatch | undefined> {
    await this.#begin()
    await giveTurn()
    this.#signal?.throwIfAborted()
    const batch = await this.#load()
    if (batch === undefined) return undefined
    try {
      await this.session.exclusive(async () => {
        await startSession(this.session)
        await executeBatch(this.session, batch, this.#walk, this.#signal)
      })
    } catch (error) {
      freeBatch(batch)
      throw error
    } finally {
      this.#walk.current++
    }
    return batch
  }

  /** Ends the walk: what was loaded ahead is freed. */
  close(): void {
    this.#batches.close(freeBatch)
  }

  async #begin(): Promise<void> {
    if (this.#begun) return
    const { session } = this
    if (!session.started) session.seed = this.#walk.seed
    await session.exclusive(async () => {
      await startSession(session)
      await startRun(session, this.#walk)
    })
    this.#begun = true
  }

  async #load(): Promise<SourceBatch | undefined> {
    try {
      return await this.#batches.next()
    } catch (error) {
      const batch = ++this.#walk.current
      throw placed('batch-not-loaded', error, { pipeline: this.session.name, batch }, this.#signal)
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
