/** Optimizers for which TensorFlow has no kernel, or one that computes something other than tfjs. */
import { float } from '../ir/attributes.js'
import type { Update, Value } from '../ir/graph.js'
import type { Tensorflow } from '../tensorflow.js'
import { adamState, average, correctedEpsilon } from './kernels.js'
import { floats, numbersIn, type OptimizerClass, type OptimizerRow } from './row.js'

const assign = (variable: string, value: Value): Update => ({ op: 'Assign', variables: [variable], inputs: [value], attributes: {} })

function defineAdamW(tf: Tensorflow): OptimizerClass {
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

    override applyGradients(gradients: Parameters<InstanceType<Tensorflow['AdamOptimizer']>['applyGradients']>[0]): void {
      const named = Array.isArray(gradients) ? gradients : Object.entries(gradients).map(([name, tensor]) => ({ name, tensor }))
      const left = 1 - this.learningRate * this.weightDecay
      for (const { name, tensor } of named) {
        const variable = tf.engine().registeredVariables[name]
        if (variable && tensor) tf.tidy(() => variable.assign(tf.mul(variable, left)))
      }
      super.applyGradients(gradients)
    }

    override getConfig() {
      return { ...super.getConfig(), weightDecay: this.weightDecay }
    }
  }
}

export const formulaRows = {
  /** `a += g²`, `var -= lr * g / sqrt(a + epsilon)`. TensorFlow's kernels add epsilon to the root, or not at all. */
  Adagrad: {
    slots: [{ field: 'accumulatedGrads', suffix: 'accumulator', first: 'initialAccumulatorValue' }],
    scalars: [],
    attributes: (_, epsilon) => ({ epsilon: float(epsilon) }),
    lower: (update, { add, sub, mul, div, sqrt, square }, valueOf) => {
      const [variable, accumulator] = update.variables as [string, string]
      const [gradient, rate] = update.inputs
      const [epsilon] = numbersIn(update, 'epsilon')
      const sum = add(valueOf(accumulator), square(gradient!))
      const step = div(gradient!, sqrt(add(sum, epsilon)))
      return [assign(accumulator, sum), assign(variable, sub(valueOf(variable), mul(step, rate!)))]
    },
  },
  /**
   * `u = sqrt(b + epsilon) / sqrt(a + epsilon) * g` with the averages `a` of g² and `b` of u² before this step, `var -= lr * u`.
   * TensorFlow's kernel uses `a` after it.
   */
  Adadelta: {
    slots: [
      { field: 'accumulatedGrads', suffix: 'accum_grad' },
      { field: 'accumulatedUpdates', suffix: 'accum_var' },
    ],
    scalars: [],
    attributes: o => floats(o, 'rho', 'epsilon'),
    lower: (update, arithmetic, valueOf) => {
      const { add, sub, mul, div, sqrt, square } = arithmetic
      const [variable, gradients, updates] = update.variables as [string, string, string]
      const [gradient, rate] = update.inputs
      const [rho, epsilon] = numbersIn(update, 'rho', 'epsilon')
      const root = (name: string) => sqrt(add(valueOf(name), epsilon))
      const step = mul(div(root(updates), root(gradients)), gradient!)
      return [
        assign(gradients, average(arithmetic, valueOf(gradients), square(gradient!), rho)),
        assign(updates, average(arithmetic, valueOf(updates), square(step), rho)),
        assign(variable, sub(valueOf(variable), mul(step, rate!))),
      ]
    },
  },
  /**
   * Adam with decoupled weight decay (Loshchilov and Hutter 2017, https://arxiv.org/abs/1711.05101), in PyTorch's order: each variable that
   * has a gradient is multiplied by `1 - learningRate * weightDecay`, then Adam's update is applied. All trained variables decay, biases and
   * normalisation included.
   */
  AdamW: {
    define: defineAdamW,
    ...adamState,
    attributes: o => floats(o, 'beta1', 'beta2', 'epsilon', 'weightDecay'),
    lower: (update, arithmetic, valueOf) => {
      const { add, sub, mul, div, sqrt, square } = arithmetic
      const [variable, first, second] = update.variables as [string, string, string]
      const [gradient, rate, power1, power2] = update.inputs
      const [beta1, beta2, epsilon, decay] = numbersIn(update, 'beta1', 'beta2', 'epsilon', 'weightDecay')
      const m = average(arithmetic, valueOf(first), gradient!, beta1)
      const v = average(arithmetic, valueOf(second), square(gradient!), beta2)
      const scale = div(mul(sqrt(sub(1, power2!)), rate!), sub(1, power1!))
      const step = div(mul(m, scale), add(sqrt(v), correctedEpsilon(arithmetic, power2!, epsilon)))
      const shrunk = mul(valueOf(variable), sub(1, mul(rate!, decay)))
      return [assign(first, m), assign(second, v), assign(variable, sub(shrunk, step))]
    },
  },
} as const satisfies Record<string, OptimizerRow>
