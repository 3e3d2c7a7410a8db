/** Optimizers that TensorFlow has no kernel for, or one that computes something else than tfjs. */
import type { Arithmetic } from '../ir/arithmetic.js'
import { float } from '../ir/attributes.js'
import type { Update, Value } from '../ir/graph.js'
import { adamState, correctedEpsilon } from './kernels.js'
import { floats, numbersIn, type OptimizerRow } from './row.js'

const assign = (variable: string, value: Value): Update => ({ op: 'Assign', variables: [variable], inputs: [value], attributes: {} })

/** `rate * average + (1 - rate) * value`. */
const average = ({ add, mul }: Arithmetic, last: Value, value: Value, rate: number) => add(mul(last, rate), mul(value, 1 - rate))

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
   * TensorFlow's kernel takes `a` after it.
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
  /** Adam's step from a variable that has shrunk to `1 - lr * weightDecay` of itself (decoupled decay, in PyTorch's order). */
  AdamW: {
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
