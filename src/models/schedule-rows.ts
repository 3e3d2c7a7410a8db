/** The rows of schedules: what each takes, and its formula. */
import {
  boolean,
  integer,
  listOf,
  nullable,
  number,
  type Options,
  type OptionTable,
  oneOf,
  option,
  options,
  type Rules,
  type ValuesOf,
} from '../options/index.js'
import { toSnakeCase } from './config/named-options.js'

export interface ScheduleRow {
  readonly summary: string
  /** What a config may write of it. */
  readonly takes: Options
  /** The rate of the update number `step`, counted from 0 and after the warm-up; `rate` is the first one. */
  readonly at: (step: number, rate: number, options: any) => number
  /** The first step, counted likewise, from which the rate stays as it is; undefined if it always changes or never does. */
  readonly end?: ((options: any) => number | undefined) | undefined
  /** True if the options state every rate, so that the first one does nothing. */
  readonly isAbsolute?: boolean | undefined
}

const optional = { optional: true } as const
const count = integer({ min: 1 })
const atLeast0 = number({ min: 0 })
const above0 = number({ above: 0 })

const warmup = {
  warmupSteps: option('steps in which the rate rises to the first one', integer({ min: 0 }), { default: 0 }),
  warmupFrom: option('the share of the first rate that it rises from', number({ min: 0, below: 1 }), { default: 0 }),
}
const until = { until: option('the step that the next stage starts at; the last stage has none', count, optional) }
const first = { learningRate: option('the first rate', nullable(atLeast0, "for the optimizer's"), { default: null }) }
const decaySteps = option('the steps after which it has fallen', above0)
const decaying = {
  ...first,
  decaySteps: option('the steps of one fall', above0),
  decayRate: option('how far it falls', above0),
  staircase: option('true if it falls in steps', boolean, { default: false }),
}

interface ScheduleDefinition<O extends OptionTable> extends Pick<Rules<O>, 'misfit' | 'excludes' | 'atLeastOne'> {
  readonly summary: string
  readonly options: O
  readonly at: (step: number, rate: number, options: ValuesOf<O>) => number
  readonly end?: (options: ValuesOf<O>) => number | undefined
  readonly isAbsolute?: boolean
}

/** A row; `stage` is what it takes as a stage of `staged`. */
export function schedule<const O extends OptionTable>({ summary, options: table, at, end, isAbsolute, ...rules }: ScheduleDefinition<O>) {
  const given = { oldSpelling: toSnakeCase, ...(rules as object) }
  const takes = options({ ...table, ...warmup }, given)
  const stage = options({ ...table, ...warmup, ...until }, given)
  // A row that is looked up by a name takes the options of any.
  return { summary, takes, stage, at: at as ScheduleRow['at'], end: end as ScheduleRow['end'], isAbsolute }
}

/** How many times `decaySteps` have gone by. */
const passed = (step: number, { decaySteps, staircase }: { decaySteps: number; staircase: boolean }) =>
  staircase ? Math.floor(step / decaySteps) : step / decaySteps

const cycleModes = ['triangular', 'triangular2', 'exp_range'] as const

const isGrowing = (steps: readonly number[]) => steps.every((step, i) => i === 0 || step > steps[i - 1]!)

/** The schedules that can be a stage of another one. */
export const plainSchedules = {
  constant: schedule({ summary: 'the same rate, for a warm-up alone', options: first, at: (_, rate) => rate }),
  piecewise: schedule({
    summary: 'a rate for each stretch of steps; a boundary is the last step of its stretch',
    options: {
      boundaries: option('the last step of each stretch but the last one', listOf(integer({ min: 0 }))),
      values: option('the rate of each stretch', listOf(atLeast0)),
    },
    misfit: ({ boundaries, values }) => {
      if (!isGrowing(boundaries)) return { option: 'boundaries' as const, allowed: 'a list of growing numbers' }
      return values.length === boundaries.length + 1
        ? undefined
        : { option: 'values' as const, allowed: `${boundaries.length + 1} rates, one more than boundaries` }
    },
    at: (step, _, { boundaries, values }) => values[boundaries.filter(boundary => step > boundary).length]!,
    end: ({ boundaries }) => boundaries.at(-1)! + 1,
    isAbsolute: true,
  }),
  step: schedule({
    summary: 'multiplied by gamma after every so many steps, or at each milestone',
    options: {
      ...first,
      every: option('steps from one fall to the next', count, optional),
      milestones: option('the first step after each fall', listOf(count), optional),
      gamma: option('what a fall multiplies the rate by', above0, { default: 0.1 }),
    },
    excludes: [['every', 'milestones']],
    atLeastOne: ['every', 'milestones'],
    misfit: ({ milestones = [] }) =>
      isGrowing(milestones) ? undefined : { option: 'milestones' as const, allowed: 'a list of growing numbers' },
    at: (step, rate, { every, milestones = [], gamma }) =>
      rate * gamma ** (every ? Math.floor(step / every) : milestones.filter(milestone => step >= milestone).length),
    end: ({ milestones }) => milestones?.at(-1),
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
    end: ({ decaySteps }) => decaySteps,
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
    end: ({ decaySteps }) => decaySteps,
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
  cyclic: schedule({
    summary: 'up in a line from the first rate to maxLearningRate and down again, over and over',
    options: {
      ...first,
      maxLearningRate: option('the highest rate of the first cycle', atLeast0),
      stepsUp: option('steps from the lowest rate to the highest', count, { default: 2000 }),
      stepsDown: option('steps from the highest rate to the lowest', nullable(count, 'for as many as stepsUp'), { default: null }),
      mode: option('the height of cycles: the same; halved after each; or multiplied by gamma at each step', oneOf(cycleModes), {
        default: 'triangular',
      }),
      gamma: option('what exp_range multiplies the height by at each step', above0, { default: 0.9999 }),
    },
    at: (step, rate, { maxLearningRate, stepsUp, stepsDown, mode, gamma }) => {
      const length = stepsUp + (stepsDown ?? stepsUp)
      const place = step % length
      const share = place <= stepsUp ? place / stepsUp : (length - place) / (length - stepsUp)
      const scale = mode === 'triangular' ? 1 : mode === 'triangular2' ? 2 ** -Math.floor(step / length) : gamma ** step
      return rate + (maxLearningRate - rate) * share * scale
    },
  }),
} as const satisfies Record<string, ScheduleRow>

/** The options of a row as a config resolves to them. */
export interface Chosen {
  readonly warmupSteps: number
  readonly warmupFrom: number
  readonly learningRate?: number | null
}

/** The rates of a row with options; `rate` is the optimizer's own. */
export function ratesOf(row: ScheduleRow, chosen: Chosen, rate: number): (step: number) => number {
  const { warmupSteps, warmupFrom } = chosen
  const first = chosen.learningRate ?? rate
  const at = (step: number) => row.at(step, first, chosen)
  return step => (step < warmupSteps ? at(0) * (warmupFrom + ((1 - warmupFrom) * step) / warmupSteps) : at(step - warmupSteps))
}

/** The first step from which the rate of a row with options stays as it is; undefined if that is not known. */
export function endStep(row: ScheduleRow, chosen: Chosen): number | undefined {
  const end = row.end?.(chosen)
  return end === undefined ? undefined : end + chosen.warmupSteps
}

/** True if the optimizer's rate does nothing to a row with options. */
export const statesRates = (row: ScheduleRow, chosen: Chosen) => row.isAbsolute === true || typeof chosen.learningRate === 'number'
