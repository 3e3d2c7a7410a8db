/** One entry of `parameter_groups`: its rates, and what is wrong with it besides its patterns. */
import type { ValueOf } from '../../options/index.js'
import type { ConfigProblem } from '../model-types.js'
import { createSchedule, endOf, isAbsolute, type ScheduleChoice } from '../schedules.js'
import type { GroupPlan } from './group-plan.js'
import type { groupOptions } from './keys.js'

/** An entry as a config resolves to it. */
export type ParameterGroup = ValueOf<typeof groupOptions>

/** What an entry shares with the rest of the config. */
export interface Shared {
  readonly decay: ScheduleChoice | null
  readonly decaysWeights: boolean
}

/** The name of an entry: its own, or its pattern. */
export const groupName = ({ name, match }: ParameterGroup, i: number): string =>
  name ?? (typeof match === 'string' ? match.replace(/\/\*\*$/, '') : `group-${i}`)

const decayOf = ({ decay }: ParameterGroup, shared: Shared) => (decay === undefined ? shared.decay : decay)

/** The step that ends the schedule of an entry; undefined if it has no end. */
function endOfGroup(group: ParameterGroup, shared: Shared): number | undefined {
  const decay = decayOf(group, shared)
  return group.until ?? (decay ? endOf(decay) : undefined)
}

/** The plan of an entry that has these weights. */
export function planGroup(group: ParameterGroup, name: string, paths: readonly string[], shared: Shared): GroupPlan {
  const { learningRate, after, weightDecay } = group
  const end = after === undefined ? undefined : endOfGroup(group, shared)
  return {
    name,
    paths: new Set(paths),
    learningRate,
    schedule: planRates(decayOf(group, shared), after, end),
    frozenFrom: after === 'freeze' && end !== undefined ? end : Number.POSITIVE_INFINITY,
    weightDecay,
  }
}

function planRates(decay: ScheduleChoice | null, after: ParameterGroup['after'], end: number | undefined): GroupPlan['schedule'] {
  if (!decay && typeof after !== 'number') return undefined
  return first => {
    const at = decay ? createSchedule(decay, first) : () => first
    if (end === undefined || after === undefined || after === 'freeze') return at
    return step => (step < end ? at(step) : after === 'hold' ? at(end) : after)
  }
}

/** What is wrong with an entry: keys that would do nothing. */
export function groupProblems(group: ParameterGroup, shared: Shared): readonly ConfigProblem[] {
  const decay = decayOf(group, shared)
  const problems: (ConfigProblem | false)[] = [
    group.after !== undefined &&
      endOfGroup(group, shared) === undefined && {
        path: ['after'],
        what: 'the schedule of the group has no end',
        allowed: 'after with `until`, or with a schedule that ends, such as cosine',
      },
    group.learningRate !== undefined &&
      decay !== null &&
      isAbsolute(decay) && {
        path: ['learningRate'],
        what: 'the schedule of the group states its rates itself',
        allowed: 'learningRate with a `decay` that starts from it, or with `decay: null` for a constant rate',
      },
    group.weightDecay !== undefined &&
      !shared.decaysWeights && { path: ['weightDecay'], what: 'the optimizer has no weight decay', allowed: 'weightDecay with AdamW' },
  ]
  return problems.filter(problem => problem !== false)
}
