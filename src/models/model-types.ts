/** The shapes models have towards whoever runs them. */
export type { BuildContext, ConfigCheck, ConfigProblem, Feed, FetchValue } from '../contracts/models.js'

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
