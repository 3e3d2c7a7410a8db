/** The optimizers a config may name: their options, defaults and how each is made. `graph/optimizers` says what each keeps and computes. */
import { type OptimizerName, registerOptimizer } from '../graph/optimizers/table.js'
import { type OptionProblem, showValue, simplifyName, splitNamedOptions } from './config/named-options.js'
import type { Optimizer, Tf } from './tf-types.js'

export interface OptimizerRow {
  readonly summary: string
  /** Options and their defaults. */
  readonly options: Readonly<Record<string, number | boolean>>
  readonly create: (tf: Tf, options: any) => Optimizer
}

type AdamWClass = new (learningRate: number, beta1: number, beta2: number, epsilon: number, weightDecay: number) => Optimizer

/**
 * Adam with decoupled weight decay (Loshchilov and Hutter 2017, https://arxiv.org/abs/1711.05101), in PyTorch's order: each variable that
 * has a gradient is multiplied by `1 - learningRate * weightDecay`, then Adam's update is made. All trained variables decay, biases and
 * normalisation too.
 */
function defineAdamW(tf: Tf): AdamWClass {
  type Gradients = Parameters<Optimizer['applyGradients']>[0]
  return class AdamW extends tf.AdamOptimizer {
    static override get className() {
      return 'AdamW'
    }

    constructor(
      learningRate: number,
      beta1: number,
      beta2: number,
      epsilon: number,
      readonly weightDecay: number,
    ) {
      super(learningRate, beta1, beta2, epsilon)
    }

    override applyGradients(gradients: Gradients): void {
      const named = Array.isArray(gradients) ? gradients : Object.entries(gradients).map(([name, tensor]) => ({ name, tensor }))
      const left = 1 - this.learningRate * this.weightDecay
      for (const { name, tensor } of named) {
        const variable = tf.engine().registeredVariables[name]
        if (variable && tensor) tf.tidy(() => variable.assign(tf.mul(variable, left)))
      }
      super.applyGradients(gradients as Parameters<InstanceType<Tf['AdamOptimizer']>['applyGradients']>[0])
    }

    override getConfig() {
      return { ...super.getConfig(), weightDecay: this.weightDecay }
    }
  }
}

const classes = new WeakMap<Tf, Map<OptimizerName, unknown>>()

/** The class of an optimizer that tfjs does not have, defined once for each TensorFlow.js and known to the compiler by its row. */
function classOf<C extends { readonly prototype: object }>(tf: Tf, name: OptimizerName, define: (tf: Tf) => C): C {
  const known = classes.get(tf) ?? new Map<OptimizerName, unknown>()
  classes.set(tf, known)
  if (!known.has(name)) {
    const made = define(tf)
    registerOptimizer(made.prototype, name)
    known.set(name, made)
  }
  return known.get(name) as C
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
  },
  AdamW: {
    summary: 'Adam with decoupled weight decay (Loshchilov and Hutter, 2017)',
    options: { learningRate: 1e-3, beta1: 0.9, beta2: 0.999, epsilon: 1e-8, weightDecay: 1e-2 },
    create: (tf, o) => new (classOf(tf, 'AdamW', defineAdamW))(o.learningRate, o.beta1, o.beta2, o.epsilon, o.weightDecay),
  },
  SGD: {
    summary: 'gradient descent',
    options: { learningRate: 1e-2 },
    create: (tf, o) => tf.train.sgd(o.learningRate),
  },
  Momentum: {
    summary: 'gradient descent with momentum',
    options: { learningRate: 1e-2, momentum: 0.9, useNesterov: false },
    create: (tf, o) => tf.train.momentum(o.learningRate, o.momentum, o.useNesterov),
  },
  RMSProp: {
    summary: 'RMSProp (Hinton)',
    options: { learningRate: 1e-3, decay: 0.9, momentum: 0, epsilon: 1e-10, centered: false },
    create: (tf, o) => tf.train.rmsprop(o.learningRate, o.decay, o.momentum, o.epsilon, o.centered),
  },
  Adagrad: {
    summary: 'Adagrad (Duchi and others, 2011)',
    options: { learningRate: 1e-2, initialAccumulatorValue: 0.1 },
    create: (tf, o) => tf.train.adagrad(o.learningRate, o.initialAccumulatorValue),
  },
  Adadelta: {
    summary: 'Adadelta (Zeiler, 2012)',
    options: { learningRate: 1e-3, rho: 0.95, epsilon: 1e-8 },
    create: (tf, o) => tf.train.adadelta(o.learningRate, o.rho, o.epsilon),
  },
  Adamax: {
    summary: 'Adamax (Kingma and Ba, 2014)',
    options: { learningRate: 2e-3, beta1: 0.9, beta2: 0.999, epsilon: 1e-8, decay: 0 },
    create: (tf, o) => tf.train.adamax(o.learningRate, o.beta1, o.beta2, o.epsilon, o.decay),
  },
} as const satisfies Record<OptimizerName, OptimizerRow>

export type { OptimizerName }
/** The optimizer of a config that names none. */
export const defaultOptimizer: OptimizerName = 'Adam'
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
  const { name: named, options: all, namePath } = splitNamedOptions(written)
  const given = named ?? defaultOptimizer
  const name = optimizerNames.find(known => simplifyName(known) === simplifyName(given, ['optimizer']))
  if (typeof given !== 'string' || name === undefined) return { path: namePath, seen: showValue(given), allowed: optimizerNames }
  const row: OptimizerRow = optimizers[name]
  const options: Record<string, number | boolean> = { ...row.options }
  for (const { option, value, path } of all) {
    if (!Object.hasOwn(row.options, option)) return { path, seen: String(path.at(-1)), allowed: Object.keys(row.options) }
    const kind = typeof row.options[option]
    const usable = typeof value === kind && (kind === 'boolean' || (Number.isFinite(value) && (value as number) >= 0))
    if (!usable)
      return { path, seen: JSON.stringify(value) ?? String(value), allowed: kind === 'boolean' ? 'true or false' : 'a number, 0 or more' }
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
