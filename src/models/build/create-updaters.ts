/** The optimizers of a config: one for the network, and one for each group of weights. */
import { fail } from '../../errors/index.js'
import { optimizerPrototypes } from '../../graph/optimizers/table.js'
import type { ValueOf } from '../../options/index.js'
import type { ownKeys } from '../config/keys.js'
import type { GroupPlan } from '../groups/group-plan.js'
import { getLearningRate, type OptimizerName, optimizers, setLearningRate } from '../optimizers.js'
import { classOf, isOwnOptimizer, takeOptimizer } from '../own-optimizer.js'
import { createSchedule, type Schedule } from '../schedules.js'
import type { Optimizer, Tf } from '../tf-types.js'
import type { Updater, UpdaterGroup } from '../train/updater.js'

type Choice = ValueOf<(typeof ownKeys)['optimizer']['type']>
type Decay = ValueOf<(typeof ownKeys)['decay']['type']>

/** What an optimizer is made with in place of the options of its choice. */
interface Changes {
  readonly learningRate?: number | undefined
  readonly weightDecay?: number | undefined
}

/** The network's own optimizer. */
export function createUpdater(tf: Tf, model: string, choice: Choice, decay: Decay): Updater {
  return create(tf, model, choice, {}, decay ? rate => createSchedule(decay, rate) : undefined)
}

/** The optimizer of a group of variables. */
export function createGroup(tf: Tf, model: string, choice: Choice, plan: GroupPlan, variables: ReadonlySet<string>): UpdaterGroup {
  const { name, frozenFrom, learningRate, weightDecay, schedule } = plan
  return { ...create(tf, model, choice, { learningRate, weightDecay }, schedule), name, variables, frozenFrom }
}

function create(tf: Tf, model: string, choice: Choice, changes: Changes, toSchedule: ((rate: number) => Schedule) | undefined): Updater {
  const made = isOwnOptimizer(choice)
    ? { optimizer: takeOptimizer(tf, model, choice), ownsOptimizer: typeof choice === 'function' }
    : { optimizer: optimizers[choice.name].create(tf, withChanges(choice, changes)), ownsOptimizer: true }
  const { optimizer } = made
  const own: number | undefined = getLearningRate(optimizer)
  const setsRate = toSchedule !== undefined || changes.learningRate !== undefined
  if (setsRate && own === undefined) fail('wrong-optimizer', { model, why: `${classOf(optimizer)} has no learningRate that could be set` })
  const rate = changes.learningRate ?? own
  if (isOwnOptimizer(choice) && changes.learningRate !== undefined) setLearningRate(optimizer, changes.learningRate)
  return { ...made, optimizerName: nameOf(tf, optimizer), slotNames: [], schedule: rate === undefined ? undefined : toSchedule?.(rate) }
}

const withChanges = (choice: object, changes: Changes) => ({
  ...choice,
  ...Object.fromEntries(Object.entries(changes).filter(([, value]) => value !== undefined)),
})

/** The row of an optimizer of exactly this class. */
function nameOf(tf: Tf, optimizer: Optimizer): OptimizerName | undefined {
  return optimizerPrototypes(tf).find(([prototype]) => Object.getPrototypeOf(optimizer) === prototype)?.[1]
}
