import type { SourceBatch } from '../../description/contracts.js'
import type { Lock } from '../session/lock.js'

/** One batch on its way through the actions: the state they share. */
export class BatchRun {
  readonly #held = new Set<Lock>()
  #joined: readonly SourceBatch[] | undefined

  constructor(
    /** The batch itself; `merge` replaces it. */
    public batch: SourceBatch,
    /** Its number among the batches of its stage, from 1. */
    readonly number: number,
  ) {}

  /** Batches of other pipelines for the next action of a batch class or `call`. */
  join(batches: readonly SourceBatch[]): void {
    this.#joined = [...(this.#joined ?? []), ...batches]
  }

  /** Returns the joined batches once. */
  takeJoined(): readonly SourceBatch[] | undefined {
    const joined = this.#joined
    this.#joined = undefined
    return joined
  }

  async acquire(lock: Lock, signal: AbortSignal | undefined): Promise<void> {
    await lock.acquire(this, signal)
    this.#held.add(lock)
  }

  release(lock: Lock): void {
    lock.release(this)
    this.#held.delete(lock)
  }

  /** Releases every lock that is still held. */
  end(): void {
    for (const lock of this.#held) this.release(lock)
  }
}
