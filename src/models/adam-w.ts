/** AdamW, which tfjs does not have: tfjs's Adam whose variables shrink first. */
import { registerOptimizer } from '../graph/record/optimizer-rows.js'
import type { Optimizer, Tf } from './tf-types.js'

export interface AdamWOptions {
  readonly learningRate: number
  readonly beta1: number
  readonly beta2: number
  readonly epsilon: number
  readonly weightDecay: number
}

/**
 * Adam with decoupled weight decay (Loshchilov and Hutter 2017, https://arxiv.org/abs/1711.05101), in PyTorch's order: each variable that
 * has a gradient is multiplied by `1 - learningRate * weightDecay`, then Adam's update is made. All trained variables decay, biases and
 * normalisation too.
 *
 * @example
 * const optimizer = createAdamW(tf, { learningRate: 1e-3, beta1: 0.9, beta2: 0.999, epsilon: 1e-8, weightDecay: 1e-2 })
 * optimizer.minimize(() => loss())
 */
export function createAdamW(tf: Tf, { learningRate, beta1, beta2, epsilon, weightDecay }: AdamWOptions): Optimizer {
  const known = classes.get(tf) ?? createClass(tf)
  classes.set(tf, known)
  return new known(learningRate, beta1, beta2, epsilon, weightDecay)
}

type Gradients = Parameters<Optimizer['applyGradients']>[0]
type AdamWClass = new (learningRate: number, beta1: number, beta2: number, epsilon: number, weightDecay: number) => Optimizer
const classes = new WeakMap<Tf, AdamWClass>()

function createClass(tf: Tf): AdamWClass {
  class AdamW extends tf.AdamOptimizer {
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
  // A traced step has it as one operation.
  registerOptimizer(AdamW.prototype, 'AdamW')
  return AdamW
}
