/** The shapes models have towards whoever runs them. */
import type { NdArray } from '../util/nd-array.js'

/** What is fed: input name → an array whose first axis counts the items, or a list with one entry an item. */
export type Feed = Readonly<Record<string, NdArray | readonly unknown[] | number>>

/** What is fetched: a number for a scalar, an array otherwise. */
export type FetchValue = number | NdArray

/** A problem of a config: the keys to it as the user wrote them, and what is wrong. */
export interface ConfigProblem {
  readonly path: readonly (string | number)[]
  readonly what: string
  readonly allowed?: string
  readonly fix?: string
}

export interface ConfigCheck {
  readonly errors: readonly ConfigProblem[]
  /** Remarks without effect, e.g. about old names of keys. */
  readonly notes: readonly ConfigProblem[]
}

export interface BuildContext {
  /** The model's name in its pipeline. */
  readonly name: string
  /** The seed of weights and dropout. */
  readonly seed: number
}

/** Where a model comes from: enough to build it again. */
export interface ModelOrigin {
  /** Name of its class: a row of the zoo, or that of the user's own model. */
  readonly className: string
  /** The complete config. */
  readonly config: Readonly<Record<string, unknown>>
  readonly seed: number
  /** Whether that class is the user's own. */
  readonly isOwn: boolean
  /** Whether its layers are to be disposed with it: not so for a `tf.LayersModel` of the user's own. */
  readonly ownsLayers: boolean
}
