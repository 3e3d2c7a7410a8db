/** How models were built, so that the same can be built again and take back what was saved. */
import type { Model } from '../../../description/contracts.js'

export interface Build {
  /** How the spec calls the class. */
  readonly modelClass: string
  /** The config with its expressions evaluated: a batch may have been read for it. */
  readonly config: Readonly<Record<string, unknown>>
  readonly seed: number
}

/** By model. Models that were loaded from a folder have none: a saved one can be loaded in their place. */
export const builds = new WeakMap<Model, Build>()
