/** The learning-rate schedules a config may name: their options, defaults and formulae. BatchFlow: the `decay` key of its models. */
import { anyOf, live, type ValueOf } from '../options/index.js'
import { named } from './config/named-options.js'
import { endStep, plainSchedules, ratesOf, type ScheduleRow, statesRates } from './schedule-rows.js'
import { plainNames, staged } from './schedule-stages.js'

export type { ScheduleRow }

/** The learning rate of the update number `step`, counted from 0: a pure function. */
export type Schedule = (step: number) => number

/**
 * The schedules by name. In a config: `decay: 'constant'`, `decay: ['exponential', { decaySteps: 1000, decayRate: 0.9 }]` or
 * `decay: { name: 'cosine', decaySteps: 10000, warmupSteps: 500 }`. Formulae are those of TensorFlow's `tf.train` and
 * `tf.keras.optimizers.schedules`; that of the cosine is of Loshchilov and Hutter 2016 (https://arxiv.org/abs/1608.03983), without
 * restarts; `step` is PyTorch's `StepLR` and `MultiStepLR`, `cyclic` its `CyclicLR` (Smith 2015, https://arxiv.org/abs/1506.01186).
 *
 * Each takes `warmupSteps` (default 0), during which the rate rises in a line from `warmupFrom` (a share of the first rate, default 0)
 * to the first rate (Goyal and others 2017, https://arxiv.org/abs/1706.02677); the schedule itself starts after them.
 *
 * @example
 * schedules.cosine.at(5000, 0.1, { decaySteps: 10000, alpha: 0 }) // 0.05
 */
export const schedules = { ...plainSchedules, staged } as const satisfies Record<string, ScheduleRow>

export type ScheduleName = keyof typeof schedules
/** Names of schedules; a config may also write them as TensorFlow does (`exponential_decay`), and BatchFlow's short names. */
export const scheduleNames = Object.keys(schedules) as ScheduleName[]

const byName = named(schedules, plainNames)
type ByName = typeof byName
// Interfaces keep declarations short: they are named there, not written out.
export interface ScheduleByName extends ByName {}

/** A schedule by its name, with its options; a warm-up alone needs no name. */
export const scheduleChoice: ScheduleByName = byName

const either = anyOf(
  scheduleChoice,
  live<Schedule>('a function step => rate', value => typeof value === 'function'),
)
type Either = typeof either
export interface AnySchedule extends Either {}

/** A schedule of a config: by its name, or a function of the step. */
export const anySchedule: AnySchedule = either

/** A schedule as a config resolves to it. */
export type ScheduleChoice = ValueOf<typeof anySchedule>

/**
 * The function of a choice; `rate` is the optimizer's own.
 *
 * @example
 * const rateAt = createSchedule(scheduleChoice.fill({ warmupSteps: 10, warmupFrom: 0.1 }), 0.5)
 * rateAt(0) // 0.05
 */
export function createSchedule(choice: ScheduleChoice, rate: number): Schedule {
  return typeof choice === 'function' ? choice : ratesOf(schedules[choice.name], choice, rate)
}

/** The first step from which the rate of a choice stays as it is; undefined if that is not known. */
export function endOf(choice: ScheduleChoice): number | undefined {
  return typeof choice === 'function' ? undefined : endStep(schedules[choice.name], choice)
}

/** True if the optimizer's rate does nothing to a choice, which states its own. */
export function isAbsolute(choice: ScheduleChoice): boolean {
  return typeof choice === 'function' || statesRates(schedules[choice.name], choice)
}
