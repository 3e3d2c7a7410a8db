/** The optimizers a config may name: their options, defaults and how each is made. `graph/optimizers` says what each keeps and computes. */
import { type OptimizerName, optimizerClass } from '../graph/optimizers/table.js'
import { boolean, number, type Options, type OptionTable, option, options, type ValuesOf } from '../options/index.js'
import { named, toSnakeCase } from './config/named-options.js'
import type { Optimizer, Tf } from './tf-types.js'

export interface OptimizerRow {
  readonly summary: string
  /** What a config may write of it. */
  readonly takes: Options
  /** The options' defaults. */
  readonly options: Readonly<Record<string, number | boolean>>
  readonly create: (tf: Tf, options: any) => Optimizer
}

interface OptimizerDefinition<O extends OptionTable> extends Omit<OptimizerRow, 'takes' | 'options' | 'create'> {
  readonly options: O
  readonly create: (tf: Tf, options: ValuesOf<O>) => Optimizer
}

function optimizer<const O extends OptionTable>({ options: table, ...row }: OptimizerDefinition<O>) {
  const takes = options(table, { oldSpelling: toSnakeCase })
  // A row that is looked up by a name takes the options of any.
  return { ...row, create: row.create as OptimizerRow['create'], takes, options: takes.fill({}) } satisfies OptimizerRow
}

const atLeast0 = number({ min: 0 })
const learningRate = (value: number) => option('the rate of its updates, unless a schedule sets another', atLeast0, { default: value })
const epsilon = (value: number) => option('added to a denominator', atLeast0, { default: value })
const beta1 = option('how much of the mean of gradients stays at a step', atLeast0, { default: 0.9 })
const beta2 = option('how much of the mean of their squares stays at a step', atLeast0, { default: 0.999 })

/**
 * The optimizers by name. In a config: `'Adam'`, `['Adam', { learningRate: 1e-4 }]` or `{ name: 'Adam', learningRate: 1e-4 }`.
 *
 * @example
 * optimizers.Adam.options // { learningRate: 0.001, beta1: 0.9, beta2: 0.999, epsilon: 1e-8 }
 */
export const optimizers = {
  Adam: optimizer({
    summary: 'Adam (Kingma and Ba, 2014)',
    options: { learningRate: learningRate(1e-3), beta1, beta2, epsilon: epsilon(1e-8) },
    create: (tf, o) => tf.train.adam(o.learningRate, o.beta1, o.beta2, o.epsilon),
  }),
  AdamW: optimizer({
    summary: 'Adam with decoupled weight decay (Loshchilov and Hutter, 2017)',
    options: {
      learningRate: learningRate(1e-3),
      beta1,
      beta2,
      epsilon: epsilon(1e-8),
      weightDecay: option('the share of a weight that an update takes away, times the rate', atLeast0, { default: 1e-2 }),
    },
    create: (tf, o) => new (optimizerClass(tf, 'AdamW'))(o.learningRate, o.beta1, o.beta2, o.epsilon, o.weightDecay),
  }),
  SGD: optimizer({
    summary: 'gradient descent',
    options: { learningRate: learningRate(1e-2) },
    create: (tf, o) => tf.train.sgd(o.learningRate),
  }),
  Momentum: optimizer({
    summary: 'gradient descent with momentum',
    options: {
      learningRate: learningRate(1e-2),
      momentum: option('how much of an update stays in the next', atLeast0, { default: 0.9 }),
      useNesterov: option("true: Nesterov's form of momentum", boolean, { default: false }),
    },
    create: (tf, o) => tf.train.momentum(o.learningRate, o.momentum, o.useNesterov),
  }),
  RMSProp: optimizer({
    summary: 'RMSProp (Hinton)',
    options: {
      learningRate: learningRate(1e-3),
      decay: option('how much of the mean of squared gradients stays at a step', atLeast0, { default: 0.9 }),
      momentum: option('how much of an update stays in the next', atLeast0, { default: 0 }),
      epsilon: epsilon(1e-10),
      centered: option('true: squares are taken about the mean gradient', boolean, { default: false }),
    },
    create: (tf, o) => tf.train.rmsprop(o.learningRate, o.decay, o.momentum, o.epsilon, o.centered),
  }),
  Adagrad: optimizer({
    summary: 'Adagrad (Duchi and others, 2011)',
    options: {
      learningRate: learningRate(1e-2),
      initialAccumulatorValue: option('what the sum of squared gradients starts from', atLeast0, { default: 0.1 }),
    },
    create: (tf, o) => tf.train.adagrad(o.learningRate, o.initialAccumulatorValue),
  }),
  Adadelta: optimizer({
    summary: 'Adadelta (Zeiler, 2012)',
    options: {
      learningRate: learningRate(1e-3),
      rho: option('how much of the means of squares stays at a step', atLeast0, { default: 0.95 }),
      epsilon: epsilon(1e-8),
    },
    create: (tf, o) => tf.train.adadelta(o.learningRate, o.rho, o.epsilon),
  }),
  Adamax: optimizer({
    summary: 'Adamax (Kingma and Ba, 2014)',
    options: {
      learningRate: learningRate(2e-3),
      beta1,
      beta2,
      epsilon: epsilon(1e-8),
      decay: option('how much the rate falls with the number of updates', atLeast0, { default: 0 }),
    },
    create: (tf, o) => tf.train.adamax(o.learningRate, o.beta1, o.beta2, o.epsilon, o.decay),
  }),
} as const satisfies Record<OptimizerName, OptimizerRow>

export type { OptimizerName }
/** The optimizer of a config that names none. */
export const defaultOptimizer = 'Adam' satisfies OptimizerName
/** Names of optimizers; a config may also write them in lower case and with `Optimizer` at the end. */
export const optimizerNames = Object.keys(optimizers) as OptimizerName[]

const byName = named(optimizers, { aliases: {}, ending: 'optimizer', default: defaultOptimizer })
type ByName = typeof byName
// An interface keeps declarations short: it is named there, not written out.
export interface OptimizerByName extends ByName {}

/** An optimizer by its name, with its options. */
export const optimizerChoice: OptimizerByName = byName

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
