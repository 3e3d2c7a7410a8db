/** How models were built, so that they can be rebuilt and restored. */
import type { Model } from '../../../description/contracts.js'

export interface Build {
  /** The name of the class in the spec. */
  readonly modelClass: string
  /** The config with its expressions evaluated, possibly on a batch. */
  readonly config: Readonly<Record<string, unknown>>
  readonly seed: number
}

/** By model. Models loaded from a folder have none: a saved model can be loaded instead. */
export const builds = new WeakMap<Model, Build>()
