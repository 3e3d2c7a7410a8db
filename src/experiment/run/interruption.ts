/** How a signal stops a run: after the batch in hand, which has a while to finish. */

/** Milliseconds until actions of the batch in hand receive the signal; and until the batch is no longer waited for. */
const graceMs = 200
const lastMs = 1000

export class Interruption {
  readonly #late = new AbortController()
  readonly #timers: NodeJS.Timeout[] = []
  /** Not a race with one promise, which would keep every result in memory. */
  readonly #waiting = new Set<(reason: unknown) => void>()

  constructor(readonly signal: AbortSignal | undefined) {
    if (this.requested) this.#start()
    else signal?.addEventListener('abort', this.#start, { once: true })
  }

  /** True once the run is to stop: no further batch begins. */
  get requested(): boolean {
    return this.signal?.aborted ?? false
  }

  /** The signal for a batch under way, aborted later than the run's own. */
  get late(): AbortSignal {
    return this.#late.signal
  }

  /** True for the error of a batch that was abandoned. */
  isReason(error: unknown): boolean {
    return this.requested && error === this.signal!.reason
  }

  /** Waits for work on a batch; rejects if it does not end although it was asked to. */
  wait<T>(work: Promise<T>): Promise<T> {
    return new Promise((resolve, reject) => {
      this.#waiting.add(reject)
      work.then(resolve, reject).finally(() => this.#waiting.delete(reject))
    })
  }

  close(): void {
    this.signal?.removeEventListener('abort', this.#start)
    for (const timer of this.#timers) clearTimeout(timer)
  }

  readonly #start = (): void => {
    const { reason } = this.signal!
    this.#timers.push(
      setTimeout(() => this.#late.abort(reason), graceMs),
      setTimeout(() => {
        for (const reject of this.#waiting) reject(reason)
      }, lastMs),
    )
  }
}
