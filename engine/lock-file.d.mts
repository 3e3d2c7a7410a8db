/** The process that holds a lock. */
export interface Holder {
  readonly pid: number
  readonly host: string
  /** Names the processes among which its number is unique: a boot of a machine, and a container. */
  readonly space: string
  /** When the process started, in ticks since the boot; empty where that is unknown. */
  readonly start: string
  /** When it took the lock, as ISO 8601. */
  readonly since: string
}

/** A lock that this process holds. */
export interface Lock {
  readonly path: string
  /** Removes it, unless another process has taken it over. Also done when the process exits. */
  release(): void
}

/** What holds a lock, if it cannot be taken. */
export interface Held {
  readonly lock?: undefined
  /** Undefined if the file does not say. */
  readonly holder: Holder | undefined
  /** Milliseconds since its last sign of life. */
  readonly quietForMs: number
  readonly path: string
}

/** A process that cannot be seen from here counts as gone after so long without a sign of life. */
export const usualQuietMs: number

/**
 * Takes a lock, a file that no other process has; one whose holder is gone is replaced. Does not wait.
 *
 * @throws errors of the file system
 */
export function takeLock(path: string, options?: { readonly quietMs?: number }): { readonly lock: Lock } | Held

/** Returns true if a process of that number runs. */
export function isAlive(pid: number): boolean
