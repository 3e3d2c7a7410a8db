/**
 * A lock that one pipeline holds at a time, in the order of requests.
 *
 * @example
 * const files = new Lock()
 * const first = train.initLock('files', files).acquireLock('files').call(write).releaseLock('files')
 *
 * BatchFlow: what `init_lock` makes. There, a lock stays held forever after an action fails; here, a pipeline releases
 * every lock at the end of its batch, even after an error.
 */
export class Lock {
  #holder: object | undefined
  readonly #waiting: { readonly holder: object; readonly enter: () => void }[] = []

  /** True if it is held. */
  get isHeld(): boolean {
    return this.#holder !== undefined
  }

  /** Waits for its turn. A holder that already has the lock does not wait. The signal ends the wait with its reason. */
  async acquire(holder: object, signal?: AbortSignal): Promise<void> {
    signal?.throwIfAborted()
    if (this.#holder === undefined || this.#holder === holder) {
      this.#holder = holder
      return
    }
    await new Promise<void>((resolve, reject) => {
      const leave = () => {
        this.#waiting.splice(this.#waiting.indexOf(entry), 1)
        reject(signal!.reason)
      }
      const entry = {
        holder,
        enter: () => {
          signal?.removeEventListener('abort', leave)
          resolve()
        },
      }
      this.#waiting.push(entry)
      signal?.addEventListener('abort', leave, { once: true })
    })
  }

  /** Passes it to the holder waiting longest. Does nothing if this holder does not have it. */
  release(holder: object): void {
    if (this.#holder !== holder) return
    const next = this.#waiting.shift()
    this.#holder = next?.holder
    next?.enter()
  }
}
