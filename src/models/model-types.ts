/** The types of models, as their users see them. */
export type {
  BuildContext,
  ConfigCheck,
  ConfigProblem,
  Feed,
  FeedProblem,
  FetchValue,
  KnownData,
  WeightChange,
  WeightFunction,
  Weights,
  ZeroCount,
  ZeroCounts,
} from '../contracts/models.js'

/** Where a model comes from: enough to build it again. */
export interface ModelOrigin {
  /** Name of its class: a row of the zoo, or that of the user's own model. */
  readonly className: string
  /** The complete config. */
  readonly config: Readonly<Record<string, unknown>>
  readonly seed: number
  /** True if that class is the user's own. */
  readonly isOwn: boolean
  /** True if its layers are disposed with it: false for a user's own `tf.LayersModel`. */
  readonly ownsLayers: boolean
}
