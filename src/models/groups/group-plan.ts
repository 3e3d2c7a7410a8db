/** Groups of weights, planned without TensorFlow. */
import type { Schedule } from '../schedules.js'

/** Weights with rates of their own. */
export interface GroupPlan {
  readonly name: string
  /** The paths of its weights. */
  readonly paths: ReadonlySet<string>
  /** Its first rate; undefined for the optimizer's. */
  readonly learningRate: number | undefined
  /** Its rates from the first one on; undefined if they are all the same. */
  readonly schedule: ((rate: number) => Schedule) | undefined
  /** The first step in which it is not trained. */
  readonly frozenFrom: number
  /** Undefined for the optimizer's. */
  readonly weightDecay: number | undefined
}

export interface TrainingPlan {
  /** The paths of the weights that `trainable` excludes. */
  readonly frozen: ReadonlySet<string>
  readonly freezesStatistics: boolean
  readonly groups: readonly GroupPlan[]
}
