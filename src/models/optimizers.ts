/** The optimizers a config may name: their options, defaults, how tfjs makes them and where it keeps their state. */
import { describeValue } from '../util/describe-value.js'
import { createAdamW } from './adam-w.js'
import { type OptionProblem, showName, simplifyName, splitNamedOptions } from './config/named-options.js'
import type { Optimizer, Tf } from './tf-types.js'

export interface OptimizerRow {
  readonly summary: string
  /** Options and their defaults. */
  readonly options: Readonly<Record<string, number | boolean>>
  readonly create: (tf: Tf, options: any) => Optimizer
  /** Fields of tfjs's object with a slot for each trained variable. */
  readonly slots: readonly string[]
  /** Fields of tfjs's object that are one scalar variable. */
  readonly scalars: readonly string[]
}

/**
 * The optimizers by name. In a config: `'Adam'`, `['Adam', { learningRate: 1e-4 }]` or `{ name: 'Adam', learningRate: 1e-4 }`.
 *
 * @example
 * optimizers.Adam.options // { learningRate: 0.001, beta1: 0.9, beta2: 0.999, epsilon: 1e-8 }
 */
export const optimizers = {
  Adam: {
    summary: 'Adam (Kingma and Ba, 2014)',
    options: { learningRate: 1e-3, beta1: 0.9, beta2: 0.999, epsilon: 1e-8 },
    create: (tf, o) => tf.train.adam(o.learningRate, o.beta1, o.beta2, o.epsilon),
    slots: ['accumulatedFirstMoment', 'accumulatedSecondMoment'],
    scalars: ['accBeta1', 'accBeta2'],
  },
  AdamW: {
    summary: 'Adam with decoupled weight decay (Loshchilov and Hutter, 2017)',
    options: { learningRate: 1e-3, beta1: 0.9, beta2: 0.999, epsilon: 1e-8, weightDecay: 1e-2 },
    create: (tf, o) => createAdamW(tf, o),
    slots: ['accumulatedFirstMoment', 'accumulatedSecondMoment'],
    scalars: ['accBeta1', 'accBeta2'],
  },
  SGD: {
    summary: 'gradient descent',
    options: { learningRate: 1e-2 },
    create: (tf, o) => tf.train.sgd(o.learningRate),
    slots: [],
    scalars: [],
  },
  Momentum: {
    summary: 'gradient descent with momentum',
    options: { learningRate: 1e-2, momentum: 0.9, useNesterov: false },
    create: (tf, o) => tf.train.momentum(o.learningRate, o.momentum, o.useNesterov),
    slots: ['accumulations'],
    scalars: [],
  },
  RMSProp: {
    summary: 'RMSProp (Hinton)',
    options: { learningRate: 1e-3, decay: 0.9, momentum: 0, epsilon: 1e-10, centered: false },
    create: (tf, o) => tf.train.rmsprop(o.learningRate, o.decay, o.momentum, o.epsilon, o.centered),
    slots: ['accumulatedMeanSquares', 'accumulatedMoments', 'accumulatedMeanGrads'],
    scalars: [],
  },
  Adagrad: {
    summary: 'Adagrad (Duchi and others, 2011)',
    options: { learningRate: 1e-2, initialAccumulatorValue: 0.1 },
    create: (tf, o) => tf.train.adagrad(o.learningRate, o.initialAccumulatorValue),
    slots: ['accumulatedGrads'],
    scalars: [],
  },
  Adadelta: {
    summary: 'Adadelta (Zeiler, 2012)',
    options: { learningRate: 1e-3, rho: 0.95, epsilon: 1e-8 },
    create: (tf, o) => tf.train.adadelta(o.learningRate, o.rho, o.epsilon),
    slots: ['accumulatedGrads', 'accumulatedUpdates'],
    scalars: [],
  },
  Adamax: {
    summary: 'Adamax (Kingma and Ba, 2014)',
    options: { learningRate: 2e-3, beta1: 0.9, beta2: 0.999, epsilon: 1e-8, decay: 0 },
    create: (tf, o) => tf.train.adamax(o.learningRate, o.beta1, o.beta2, o.epsilon, o.decay),
    slots: ['accumulatedFirstMoment', 'accumulatedWeightedInfNorm'],
    scalars: ['iteration', 'accBeta1'],
  },
} as const satisfies Record<string, OptimizerRow>

export type OptimizerName = keyof typeof optimizers
/** Names of optimizers; a config may also write them in lower case and with `Optimizer` behind. */
export const optimizerNames = Object.keys(optimizers) as OptimizerName[]

/** An optimizer as a config resolves to it. */
export interface OptimizerChoice {
  readonly name: OptimizerName
  readonly options: Readonly<Record<string, number | boolean>>
}

/**
 * The row of a name, `{ name, …options }` or `[name, options]`, with defaults filled in. Option names may be written as in BatchFlow
 * (`learning_rate`).
 */
export function inferOptimizer(written: unknown): OptimizerChoice | OptionProblem {
  const { name: given = 'Adam', options: all, namePath } = splitNamedOptions(written)
  const name = optimizerNames.find(known => simplifyName(known) === simplifyName(given, ['optimizer']))
  if (typeof given !== 'string' || name === undefined) return { path: namePath, seen: showName(given), allowed: optimizerNames }
  const row: OptimizerRow = optimizers[name]
  const options: Record<string, number | boolean> = { ...row.options }
  for (const { option, value, path } of all) {
    if (!Object.hasOwn(row.options, option)) return { path, seen: String(path.at(-1)), allowed: Object.keys(row.options) }
    const kind = typeof row.options[option]
    const usable = typeof value === kind && (kind === 'boolean' || (Number.isFinite(value) && (value as number) >= 0))
    if (!usable) return { path, seen: describeValue(value), allowed: kind === 'boolean' ? 'true or false' : 'a number, 0 or more' }
    options[option] = value as number | boolean
  }
  return { name, options }
}

/** The rate of the optimizer's next update. */
export function getLearningRate(optimizer: Optimizer): number {
  return (optimizer as unknown as { readonly learningRate: number }).learningRate
}

/**
 * Sets the rate of the updates to come. tfjs keeps it as a number, gradient descent and momentum also as a tensor.
 *
 * @example
 * setLearningRate(model.network.optimizer, 1e-4)
 */
export function setLearningRate(optimizer: Optimizer, rate: number): void {
  const fields = optimizer as unknown as { learningRate: number; setLearningRate?(rate: number): void }
  if (fields.learningRate === rate) return
  if (fields.setLearningRate) fields.setLearningRate(rate)
  else fields.learningRate = rate
}
