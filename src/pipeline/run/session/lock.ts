/**
 * A lock that pipelines hold one at a time, in the order they asked.
 *
 * @example
 * const files = new Lock()
 * const first = train.initLock('files', files).acquireLock('files').call(write).releaseLock('files')
 *
 * BatchFlow: what `init_lock` makes. There a lock that an action left behind with an error is held for ever; here a pipeline gives up
 * every lock at the end of its batch, however it ended.
 */
export class Lock {
  #holder: object | undefined
  readonly #waiting: { readonly holder: object; readonly enter: () => void }[] = []

  /** Whether somebody holds it. */
  get isHeld(): boolean {
    return this.#holder !== undefined
  }

  /** Waits for its turn. Who holds the lock already has it at once. The signal ends the waiting with its reason. */
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

  /** Gives it to whoever waits longest. Nothing happens if this holder does not have it. */
  release(holder: object): void {
    if (this.#holder !== holder) return
    const next = this.#waiting.shift()
    this.#holder = next?.holder
    next?.enter()
  }
}
