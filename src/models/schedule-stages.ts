/** Schedules one after the other. */
import { listOf, option, type ValueOf } from '../options/index.js'
import { named } from './config/named-options.js'
import { endStep, plainSchedules, ratesOf, type ScheduleRow, schedule } from './schedule-rows.js'

type Plain = typeof plainSchedules

/** Other names of schedules. */
export const plainNames = {
  aliases: {
    const: 'piecewise',
    piecewise_constant: 'piecewise',
    step_lr: 'step',
    multi_step_lr: 'step',
    exp: 'exponential',
    cos: 'cosine',
    poly: 'polynomial',
    invtime: 'inverseTime',
    naturalexp: 'naturalExponential',
    cyclic_lr: 'cyclic',
  },
  ending: 'decay',
  default: 'constant',
} as const

const stageRows = Object.fromEntries(
  Object.entries(plainSchedules).map(([name, { summary, stage }]) => [name, { summary, takes: stage }]),
) as unknown as { readonly [N in keyof Plain]: { readonly summary: string; readonly takes: Plain[N]['stage'] } }

const stage = named(stageRows, plainNames)
type Stage = ValueOf<typeof stage>

const rowOf = ({ name }: Stage): ScheduleRow => plainSchedules[name]

/** True if each stage ends after the one before, and the last one does not. */
function haveEnds(stages: readonly Stage[]): boolean {
  const ends = stages.map(({ until }) => until)
  const areGrowing = ends.slice(0, -1).every((end, i) => end !== undefined && end > (ends[i - 1] ?? 0))
  return areGrowing && ends.at(-1) === undefined
}

/** Where a stage starts. */
const startOf = (stages: readonly Stage[], i: number): number => stages[i - 1]?.until ?? 0

export const staged = schedule({
  summary: 'schedules one after the other, each of which counts its own steps',
  options: {
    stages: option('the schedules in order; `until` of each is the step that the next one starts at', listOf(stage, { min: 2 })),
  },
  misfit: ({ stages }) =>
    haveEnds(stages) ? undefined : { option: 'stages' as const, allowed: 'stages with growing numbers in `until`, the last one without' },
  at: (step, rate, { stages }) => {
    const i = stages.findIndex(({ until = Number.POSITIVE_INFINITY }) => step < until)
    return ratesOf(rowOf(stages[i]!), stages[i]!, rate)(step - startOf(stages, i))
  },
  end: ({ stages }) => {
    const last = stages.at(-1)!
    const end = endStep(rowOf(last), last)
    return end === undefined ? undefined : end + startOf(stages, stages.length - 1)
  },
})
