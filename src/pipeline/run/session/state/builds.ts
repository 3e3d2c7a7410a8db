/** How models were built, so that they can be rebuilt and restored. */
import type { Model } from '../../../description/contracts.js'

export interface Build {
  /** The class by its name in the spec or in the zoo; or itself, where its pipeline's values have it. */
  readonly modelClass: string | object
  /** The config with its expressions evaluated, possibly on a batch. */
  readonly config: Readonly<Record<string, unknown>>
  readonly seed: number
}

/** By model. Models loaded from a folder have none: a saved model can be loaded instead. */
export const builds = new WeakMap<Model, Build>()
