/** What updates weights: an optimizer, with its rates and the variables it keeps. */
import type { OptimizerName } from '../optimizers.js'
import type { Schedule } from '../schedules.js'
import type { Optimizer } from '../tf-types.js'

/** An optimizer, and what belongs to it. */
export interface Updater {
  readonly optimizer: Optimizer
  /** Its name in the table; undefined for a class of the program's own. */
  readonly optimizerName: OptimizerName | undefined
  /** False if the program made it, which disposes it. */
  readonly ownsOptimizer: boolean
  /** Names of the variables that the optimizer keeps state for, in the order of its slots. `applyGradients` adds to it. */
  readonly slotNames: string[]
  /** The rate of each update; undefined if the optimizer keeps its own. */
  readonly schedule: Schedule | undefined
}

/** Variables with an optimizer of their own. */
export interface UpdaterGroup extends Updater {
  readonly name: string
  /** Names of its variables. */
  readonly variables: ReadonlySet<string>
  /** The first step in which they are not trained. */
  readonly frozenFrom: number
}
