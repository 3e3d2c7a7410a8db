/** What each kind of metrics takes: a row per kind. Actions and files know kinds by this table, without loading how they are computed. */
import {
  anything,
  boolean,
  integer,
  nullable,
  number,
  type OptionType,
  oneOf,
  option,
  options,
  plainType,
  type WrittenOf,
} from '../options/index.js'
import type { Numbers } from './to-numbers.js'

const names = plainType<readonly string[]>({
  allowed: 'a list of names',
  schema: { type: 'array' },
  test: Array.isArray,
})

/** How to read targets and predictions. */
const labelTable = {
  fmt: option('what targets and predictions hold: probabilities, logits, or labels from 0', oneOf(['proba', 'logits', 'labels']), {
    default: 'proba',
  }),
  numClasses: option(
    'the number of classes (default: the length of axis, or 2). It cannot be inferred from labels: a batch need not contain every class',
    nullable(integer({ min: 2 })),
    { optional: true },
  ),
  axis: option(
    "the axis of predictions with the classes' probabilities or logits, e.g. -1; without it they are those of the positive class of two",
    nullable(integer()),
    { optional: true },
  ),
  threshold: option('of two classes: the minimal probability of a positive element', number(), { default: 0.5 }),
}
export const labelOptions = options(labelTable)
export interface LabelOptions extends WrittenOf<typeof labelOptions> {}
export type Format = NonNullable<LabelOptions['fmt']>

const labels = option('the names of the classes, background included, for tables', names, { optional: true })

export const classificationOptions = options({
  ...labelTable,
  skipBg: option('true: class 0 is background, which metrics ignore', boolean, { default: false }),
  ignore: option('elements whose target is this value count nowhere', nullable(number(), 'for none'), { default: null }),
  labels,
})
export interface ClassificationOptions extends WrittenOf<typeof classificationOptions> {}

export const instancesOptions = options({
  ...labelTable,
  iot: option('the share of a target instance that must be predicted for it to count as found', number({ above: 0, max: 1 }), {
    default: 0.5,
  }),
  labels,
})
export interface InstancesOptions extends WrittenOf<typeof instancesOptions> {}

export const regressionOptions = options({
  weights: option(
    'a weight per sample (default: equal weights). The median, the largest error and the accuracy ignore weights',
    anything as OptionType<Numbers, Numbers>,
    { optional: true },
  ),
  multi: option('true: samples have several outputs, along the last axis; false: all numbers are samples, at any depth', boolean, {
    default: false,
  }),
})
export interface RegressionOptions extends WrittenOf<typeof regressionOptions> {}

const lossOptions = options({
  batchLen: option('the weight of the loss in the mean (default: the items of the batch)', number({ above: 0 }), { optional: true }),
})

const value = (summary: string) => option(summary, anything)
const compared = { targets: value('what is right'), predictions: value('what was predicted') }

/** Each kind of metrics: what it is made of, and its options. */
export const kindOptions = {
  classification: { of: compared, takes: classificationOptions },
  segmentation: { of: compared, takes: classificationOptions },
  instances: { of: compared, takes: instancesOptions },
  regression: { of: compared, takes: regressionOptions },
  loss: { of: { loss: value('the loss of the batch') }, takes: lossOptions },
} as const

/** The name of a kind of metrics. */
export type MetricsKind = keyof typeof kindOptions
