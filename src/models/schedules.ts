/** The learning-rate schedules a config may name: their options, defaults and formulae. BatchFlow: the `decay` key of its models. */
import { describeValue } from '../util/describe-value.js'
import { type OptionProblem, showName, simplifyName, splitNamedOptions } from './config/named-options.js'
import { fraction, listOf, positiveNumber, trueOrFalse, type ValueType } from './config/rules.js'

/** An option: what it may be; without a default it must be given. */
export interface ScheduleOption {
  readonly type: ValueType
  readonly default?: unknown
}

export interface ScheduleRow {
  readonly summary: string
  readonly options: Readonly<Record<string, ScheduleOption>>
  /** The rate of the update number `step`, counted from 0 and after the warm-up; `rate` is the first one. */
  readonly at: (step: number, rate: number, options: any) => number
  /** What does not fit together, and what would. */
  readonly check?: (options: any) => { readonly option: string; readonly allowed: string } | undefined
}

/** A schedule as a config resolves to it. */
export interface ScheduleChoice {
  readonly name: ScheduleName
  readonly options: Readonly<Record<string, unknown>>
}

/** The learning rate of the update number `step`, counted from 0: a pure function. */
export type Schedule = (step: number) => number

const notNegative: ValueType = ['a number, 0 or more', value => Number.isFinite(value) && (value as number) >= 0]
const wholeNumber: ValueType = ['a whole number, 0 or more', value => Number.isSafeInteger(value) && (value as number) >= 0]
const rate: ValueType = ['a number, 0 or more, or null for that of the optimizer', value => value === null || notNegative[1](value)]

const first = { learningRate: { type: rate, default: null } }
const decaying = {
  ...first,
  decaySteps: { type: positiveNumber },
  decayRate: { type: positiveNumber },
  staircase: { type: trueOrFalse, default: false },
}
const warmup = { warmupSteps: { type: wholeNumber, default: 0 }, warmupFrom: { type: fraction, default: 0 } }

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
  constant: { summary: 'the same rate, for a warm-up alone', options: first, at: (_, rate) => rate },
  piecewise: {
    summary: 'a rate for each stretch of steps; a boundary is the last step of its stretch',
    options: { boundaries: { type: listOf(wholeNumber) }, values: { type: listOf(notNegative) } },
    at: (step, _, { boundaries, values }) => values[(boundaries as number[]).filter(boundary => step > boundary).length],
    check: ({ boundaries, values }) => {
      if ((boundaries as number[]).some((boundary, i) => i > 0 && boundary <= boundaries[i - 1]))
        return { option: 'boundaries', allowed: 'a list of growing numbers' }
      return values.length === boundaries.length + 1
        ? undefined
        : { option: 'values', allowed: `${boundaries.length + 1} rates, one more than boundaries` }
    },
  },
  exponential: {
    summary: 'rate · decayRate ^ (step / decaySteps)',
    options: decaying,
    at: (step, rate, o) => rate * o.decayRate ** passed(step, o),
  },
  cosine: {
    summary: 'half a cosine from the first rate to its share alpha, reached after decaySteps',
    options: { ...first, decaySteps: { type: positiveNumber }, alpha: { type: notNegative, default: 0 } },
    at: (step, rate, { decaySteps, alpha }) => {
      const cosine = (1 + Math.cos((Math.PI * Math.min(step, decaySteps)) / decaySteps)) / 2
      return rate * ((1 - alpha) * cosine + alpha)
    },
  },
  polynomial: {
    summary: 'from the first rate to endLearningRate, reached after decaySteps; a line where power is 1',
    options: {
      ...first,
      decaySteps: { type: positiveNumber },
      endLearningRate: { type: notNegative, default: 1e-4 },
      power: { type: positiveNumber, default: 1 },
    },
    at: (step, rate, { decaySteps, endLearningRate, power }) =>
      (rate - endLearningRate) * (1 - Math.min(step, decaySteps) / decaySteps) ** power + endLearningRate,
  },
  inverseTime: {
    summary: 'rate / (1 + decayRate · step / decaySteps)',
    options: decaying,
    at: (step, rate, o) => rate / (1 + o.decayRate * passed(step, o)),
  },
  naturalExponential: {
    summary: 'rate · e ^ (−decayRate · step / decaySteps)',
    options: decaying,
    at: (step, rate, o) => rate * Math.exp(-o.decayRate * passed(step, o)),
  },
} as const satisfies Record<string, ScheduleRow>

export type ScheduleName = keyof typeof schedules
/**
 * Names of schedules; a config may also write BatchFlow's `const` (piecewise), `exp`, `invtime`, `naturalexp`, `poly`, and TensorFlow's
 * names (`exponential_decay`, `piecewise_constant`).
 */
export const scheduleNames = Object.keys(schedules) as ScheduleName[]

const aliases: Readonly<Record<string, ScheduleName>> = {
  const: 'piecewise',
  piecewiseconstant: 'piecewise',
  exp: 'exponential',
  cos: 'cosine',
  poly: 'polynomial',
  invtime: 'inverseTime',
  naturalexp: 'naturalExponential',
}

/** The row of a name, `{ name, …options }` or `[name, options]`, with defaults filled in; a warm-up alone needs no name. */
export function inferSchedule(written: unknown): ScheduleChoice | OptionProblem {
  const { name: given = 'constant', options: all, namePath } = splitNamedOptions(written)
  const simple = simplifyName(given, ['decay'])
  const name = scheduleNames.find(known => simplifyName(known) === simple) ?? (Object.hasOwn(aliases, simple) ? aliases[simple] : undefined)
  if (typeof given !== 'string' || name === undefined) return { path: namePath, seen: showName(given), allowed: scheduleNames }
  const row: ScheduleRow = schedules[name]
  const known: Readonly<Record<string, ScheduleOption>> = { ...row.options, ...warmup }
  const options: Record<string, unknown> = Object.fromEntries(Object.entries(known).map(([key, option]) => [key, option.default]))
  for (const { option, value, path } of all) {
    if (!Object.hasOwn(known, option)) return { path, seen: String(path.at(-1)), allowed: Object.keys(known) }
    const [allowed, test] = known[option]!.type
    if (!test(value)) return { path, seen: describeValue(value), allowed }
    options[option] = value
  }
  const missing = Object.keys(known).find(key => options[key] === undefined)
  if (missing) return { path: [], seen: `${name} without ${missing}`, allowed: `${missing}: ${known[missing]!.type[0]}` }
  const problem = row.check?.(options)
  if (!problem) return { name, options }
  const { path } = all.find(({ option }) => option === problem.option)!
  return { path, seen: describeValue(options[problem.option]), allowed: problem.allowed }
}

/**
 * The function of a choice; `rate` is the optimizer's own.
 *
 * @example
 * const rateAt = createSchedule({ name: 'constant', options: { learningRate: null, warmupSteps: 10, warmupFrom: 0.1 } }, 0.5)
 * rateAt(0) // 0.05
 */
export function createSchedule({ name, options }: ScheduleChoice, rate: number): Schedule {
  const row: ScheduleRow = schedules[name]
  const { warmupSteps, warmupFrom, learningRate } = options as { warmupSteps: number; warmupFrom: number; learningRate?: number | null }
  const at = (step: number) => row.at(step, learningRate ?? rate, options)
  return step => (step < warmupSteps ? at(0) * (warmupFrom + ((1 - warmupFrom) * step) / warmupSteps) : at(step - warmupSteps))
}
