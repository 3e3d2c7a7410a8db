/** AdamW, which tfjs does not have. */
import { type OptimizerName, registerOptimizer } from '../graph/optimizers/table.js'
import type { Optimizer, Tf } from './tf-types.js'

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

/** AdamW with its options. */
export function createAdamW(tf: Tf, o: Record<'learningRate' | 'beta1' | 'beta2' | 'epsilon' | 'weightDecay', number>): Optimizer {
  return new (classOf(tf, 'AdamW', defineAdamW))(o.learningRate, o.beta1, o.beta2, o.epsilon, o.weightDecay)
}
