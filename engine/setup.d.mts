/** The two builds of TensorFlow: for the processor only, or also for NVIDIA graphics cards. */
export type Variant = 'cpu' | 'gpu'

/** Receives a finished line. `moving`, if present, receives a line that the next one replaces. */
export type Log = ((line: string) => void) & { moving?: (line: string) => void }

export interface SetupOptions {
  /** true: for NVIDIA cards; false: for the processor. Default: the earlier choice, else what `nvidia-smi` finds. */
  readonly gpu?: boolean
  /** Download and compile again even if everything exists. */
  readonly force?: boolean
  /** Receives log lines. Default: stderr, with a moving progress line on a terminal. */
  readonly log?: Log
}

export interface SetupResult {
  readonly origin: 'wheel' | 'own install'
  /** TensorFlow's version. */
  readonly version: string
  readonly variant: Variant
  /** The cache folder of TensorFlow's C library, if it came from the wheel. */
  readonly library?: string | undefined
  /** True if anything had to be done. */
  readonly changed: boolean
}

/**
 * Provides TensorFlow and tfjs-node's addon for this machine; returns in milliseconds if both are in place.
 * Rejects with a `SetupProblem` if a piece is missing.
 */
export function setup(options?: SetupOptions): Promise<SetupResult>

/** A missing piece. `message` says what is wrong, what was seen, what is needed and what to do. */
export class SetupProblem extends Error {
  readonly code: string
  readonly parts: { readonly what: string; readonly seen: string; readonly need: string; readonly fix: string }
  /** The exit code of a program that fails with it. */
  readonly exitCode: 2
}
