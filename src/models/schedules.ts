/** The learning-rate schedules a config may name: their options, defaults and formulae. BatchFlow: the `decay` key of its models. */
import {
  boolean,
  integer,
  listOf,
  nullable,
  number,
  type Options,
  type OptionTable,
  option,
  options,
  type Rules,
  type ValueOf,
  type ValuesOf,
} from '../options/index.js'
import { named, toSnakeCase } from './config/named-options.js'

export interface ScheduleRow {
  readonly summary: string
  /** What a config may write of it. */
  readonly takes: Options
  /** The rate of the update number `step`, counted from 0 and after the warm-up; `rate` is the first one. */
  readonly at: (step: number, rate: number, options: any) => number
}

/** The learning rate of the update number `step`, counted from 0: a pure function. */
export type Schedule = (step: number) => number

const atLeast0 = number({ min: 0 })
const above0 = number({ above: 0 })

const warmup = {
  warmupSteps: option('steps in which the rate rises to the first one', integer({ min: 0 }), { default: 0 }),
  warmupFrom: option('the share of the first rate that it rises from', number({ min: 0, below: 1 }), { default: 0 }),
}
const first = { learningRate: option('the first rate', nullable(atLeast0, "for the optimizer's"), { default: null }) }
const decaySteps = option('the steps after which it has fallen', above0)
const decaying = {
  ...first,
  decaySteps: option('the steps of one fall', above0),
  decayRate: option('how far it falls', above0),
  staircase: option('true if it falls in steps', boolean, { default: false }),
}

interface ScheduleDefinition<O extends OptionTable> extends Pick<Rules<O>, 'misfit'> {
  readonly summary: string
  readonly options: O
  readonly at: (step: number, rate: number, options: ValuesOf<O>) => number
}

function schedule<const O extends OptionTable>({ summary, options: table, misfit, at }: ScheduleDefinition<O>) {
  const takes = options({ ...table, ...warmup }, { oldSpelling: toSnakeCase, ...(misfit && { misfit: misfit as never }) })
  // A row that is looked up by a name takes the options of any.
  return { summary, takes, at: at as ScheduleRow['at'] } satisfies ScheduleRow
}

/** How many times `decaySteps` have gone by. */
const passed = (step: number, { decaySteps, staircase }: { decaySteps: number; staircase: boolean }) =>
  staircase ? Math.floor(step / decaySteps) : step / decaySteps

/**
 * The schedules by name. In a config: `decay: 'constant'`, `decay: ['exponential', { decaySteps: 1000, decayRate: 0.9 }]` or
 * `decay: { name: 'cosine', decaySteps: 10000, warmupSteps: 500 }`. Formulae are those of TensorFlow's `tf.train` and
 * `tf.keras.optimizers.schedules`; that of the cosine is of Loshchilov and Hutter 2016 (https://arxiv.org/abs/1608.03983), without
 * restarts.
 *
 * Each takes `warmupSteps` (default 0), during which the rate rises in a line from `warmupFrom` (a share of the first rate, default 0)
 * to the first rate (Goyal and others 2017, https://arxiv.org/abs/1706.02677); the schedule itself starts after them.
 *
 * @example
 * schedules.cosine.at(5000, 0.1, { decaySteps: 10000, alpha: 0 }) // 0.05
 */
export const schedules = {
  constant: schedule({ summary: 'the same rate, for a warm-up alone', options: first, at: (_, rate) => rate }),
  piecewise: schedule({
    summary: 'a rate for each stretch of steps; a boundary is the last step of its stretch',
    options: {
      boundaries: option('the last step of each stretch but the last one', listOf(integer({ min: 0 }))),
      values: option('the rate of each stretch', listOf(atLeast0)),
    },
    misfit: ({ boundaries, values }) => {
      if (boundaries.some((boundary, i) => i > 0 && boundary <= boundaries[i - 1]!))
        return { option: 'boundaries' as const, allowed: 'a list of growing numbers' }
      return values.length === boundaries.length + 1
        ? undefined
        : { option: 'values' as const, allowed: `${boundaries.length + 1} rates, one more than boundaries` }
    },
    at: (step, _, { boundaries, values }) => values[boundaries.filter(boundary => step > boundary).length]!,
  }),
  exponential: schedule({
    summary: 'rate · decayRate ^ (step / decaySteps)',
    options: decaying,
    at: (step, rate, o) => rate * o.decayRate ** passed(step, o),
  }),
  cosine: schedule({
    summary: 'half a cosine from the first rate to its share alpha, reached after decaySteps',
    options: { ...first, decaySteps, alpha: option('the share of the first rate that stays', atLeast0, { default: 0 }) },
    at: (step, rate, { decaySteps, alpha }) => {
      const cosine = (1 + Math.cos((Math.PI * Math.min(step, decaySteps)) / decaySteps)) / 2
      return rate * ((1 - alpha) * cosine + alpha)
    },
  }),
  polynomial: schedule({
    summary: 'from the first rate to endLearningRate, reached after decaySteps; a line where power is 1',
    options: {
      ...first,
      decaySteps,
      endLearningRate: option('the last rate', atLeast0, { default: 1e-4 }),
      power: option('the power of the share of steps that are left', above0, { default: 1 }),
    },
    at: (step, rate, { decaySteps, endLearningRate, power }) =>
      (rate - endLearningRate) * (1 - Math.min(step, decaySteps) / decaySteps) ** power + endLearningRate,
  }),
  inverseTime: schedule({
    summary: 'rate / (1 + decayRate · step / decaySteps)',
    options: decaying,
    at: (step, rate, o) => rate / (1 + o.decayRate * passed(step, o)),
  }),
  naturalExponential: schedule({
    summary: 'rate · e ^ (−decayRate · step / decaySteps)',
    options: decaying,
    at: (step, rate, o) => rate * Math.exp(-o.decayRate * passed(step, o)),
  }),
} as const satisfies Record<string, ScheduleRow>

export type ScheduleName = keyof typeof schedules
/** Names of schedules; a config may also write them as TensorFlow does (`exponential_decay`), and BatchFlow's short names. */
export const scheduleNames = Object.keys(schedules) as ScheduleName[]

/** A schedule by its name, with its options; a warm-up alone needs no name. */
export const scheduleChoice = named(schedules, {
  aliases: {
    const: 'piecewise',
    piecewise_constant: 'piecewise',
    exp: 'exponential',
    cos: 'cosine',
    poly: 'polynomial',
    invtime: 'inverseTime',
    naturalexp: 'naturalExponential',
  },
  ending: 'decay',
  default: 'constant',
})

/** A schedule as a config resolves to it. */
export type ScheduleChoice = ValueOf<typeof scheduleChoice>

/**
 * The function of a choice; `rate` is the optimizer's own.
 *
 * @example
 * const rateAt = createSchedule(scheduleChoice.fill({ warmupSteps: 10, warmupFrom: 0.1 }), 0.5)
 * rateAt(0) // 0.05
 */
export function createSchedule(choice: ScheduleChoice, rate: number): Schedule {
  const row: ScheduleRow = schedules[choice.name]
  const { warmupSteps, warmupFrom } = choice
  const first = ('learningRate' in choice ? choice.learningRate : null) ?? rate
  const at = (step: number) => row.at(step, first, choice)
  return step => (step < warmupSteps ? at(0) * (warmupFrom + ((1 - warmupFrom) * step) / warmupSteps) : at(step - warmupSteps))
}
