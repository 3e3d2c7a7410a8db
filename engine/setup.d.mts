/** The two builds of TensorFlow: for the processor alone, or for NVIDIA graphics cards as well. */
export type Variant = 'cpu' | 'gpu'

/** Takes a finished line. `moving`, where there is one, takes a line that the next one replaces. */
export type Log = ((line: string) => void) & { moving?: (line: string) => void }

export interface SetupOptions {
  /** true: for NVIDIA cards; false: for the processor; left out: what was asked for before, else what `nvidia-smi` finds. */
  readonly gpu?: boolean
  /** Download and compile again even if everything is there. */
  readonly force?: boolean
  /** Where lines go. Default: stderr, with a moving progress line on a terminal. */
  readonly log?: Log
}

export interface SetupResult {
  readonly origin: 'wheel' | 'own install'
  /** TensorFlow's version. */
  readonly version: string
  readonly variant: Variant
  /** The cache folder of TensorFlow's C library, where it came from the wheel. */
  readonly library?: string | undefined
  /** Whether anything had to be done. */
  readonly changed: boolean
}

/**
 * Provides TensorFlow and tfjs-node's addon for this machine; returns in milliseconds where both are in place.
 * Rejects with a `SetupProblem` where a piece is missing.
 */
export function setup(options?: SetupOptions): Promise<SetupResult>

/** A piece that is missing. `message` is the whole text for a person: what is wrong, seen, needed, to do. */
export class SetupProblem extends Error {
  readonly code: string
  readonly parts: { readonly what: string; readonly seen: string; readonly need: string; readonly fix: string }
  /** The exit code of a program that ends with it. */
  readonly exitCode: 2
}
