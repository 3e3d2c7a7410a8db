/** Seconds after which earlier batches weigh a third. */
const MEMORY_S = 10

/** The recent duration of a batch, without the first one, which builds models. */
export class Pace {
  #last: { readonly batch: number; readonly seconds: number } | undefined
  #batches = 0
  #seconds = 0

  /** `batch` was done `seconds` after the start. */
  add(batch: number, seconds: number): void {
    if (this.#last !== undefined) {
      const spent = seconds - this.#last.seconds
      const kept = Math.exp(-spent / MEMORY_S)
      this.#batches = this.#batches * kept + batch - this.#last.batch
      this.#seconds = this.#seconds * kept + spent
    }
    this.#last = { batch, seconds }
  }

  /** Undefined before the second batch. */
  get secondsPerBatch(): number | undefined {
    return this.#batches > 0 && this.#seconds > 0 ? this.#seconds / this.#batches : undefined
  }
}
