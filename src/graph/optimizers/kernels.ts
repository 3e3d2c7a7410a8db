/** Optimizers for which TensorFlow has a kernel, which changes variables in place. */
import type { Arithmetic } from '../ir/arithmetic.js'
import { attribute, bool, float, type } from '../ir/attributes.js'
import type { Attributes, Update, Value } from '../ir/graph.js'
import { floats, numbersIn, type OptimizerRow, powerOf } from './row.js'

const kernel = (op: string, variables: readonly string[], inputs: readonly Value[], attributes: Attributes = {}): readonly Update[] => [
  { op, variables, inputs, attributes: { T: type('float32'), use_locking: bool(false), ...attributes } },
]

/** `epsilon * sqrt(1 - beta2Power)`. */
export function correctedEpsilon({ sub, mul, sqrt }: Arithmetic, power: Value, epsilon: number): Value {
  return mul(sqrt(sub(1, power)), epsilon)
}

/** Adam's slots and scalars. */
export const adamState = {
  slots: [
    { field: 'accumulatedFirstMoment', suffix: 'm' },
    { field: 'accumulatedSecondMoment', suffix: 'v' },
  ],
  scalars: [powerOf('beta1', 'accBeta1'), powerOf('beta2', 'accBeta2')],
} as const

export const kernelRows = {
  /** `var -= lr * g`. */
  SGD: {
    slots: [],
    scalars: [],
    attributes: () => ({}),
    lower: ({ variables, inputs: [gradient, rate] }) => kernel('ResourceApplyGradientDescent', variables, [rate!, gradient!]),
  },
  /** `a = momentum * a + g`, `var -= lr * a`; Nesterov's `var -= lr * (g + momentum * a)`. */
  Momentum: {
    slots: [{ field: 'accumulations', suffix: 'momentum' }],
    scalars: [],
    // tfjs computes with the tensor it made from the number at first.
    attributes: o => ({ momentum: float(o.m.dataSync()[0]), useNesterov: bool(o.useNesterov) }),
    lower: (update, { scalar }) => {
      const [gradient, rate] = update.inputs
      const [momentum] = numbersIn(update, 'momentum')
      const nesterov = { use_nesterov: bool(attribute(update, 'useNesterov', 'bool')) }
      return kernel('ResourceApplyMomentum', update.variables, [rate!, gradient!, scalar(momentum)], nesterov)
    },
  },
  /**
   * `m` and `v` as everywhere, `var -= lr * m' / (sqrt(v') + epsilon)` with both of them corrected. The kernel corrects the quotient as a
   * whole, so its epsilon is tfjs's times the root of `1 - beta2Power`.
   */
  Adam: {
    ...adamState,
    attributes: o => floats(o, 'beta1', 'beta2', 'epsilon'),
    lower: (update, arithmetic) => {
      const [gradient, rate, power1, power2] = update.inputs
      const [beta1, beta2, epsilon] = numbersIn(update, 'beta1', 'beta2', 'epsilon')
      const betas = [beta1, beta2].map(arithmetic.scalar)
      const corrected = correctedEpsilon(arithmetic, power2!, epsilon)
      const inputs = [power1!, power2!, rate!, ...betas, corrected, gradient!]
      return kernel('ResourceApplyAdam', update.variables, inputs, { use_nesterov: bool(false) })
    },
  },
  /**
   * `s = decay * s + (1 - decay) * g²`, `m = momentum * m + lr * g / sqrt(s + epsilon)`, `var -= m`. Centered, the root is of
   * `s - mean² - epsilon` in tfjs and of `s - mean² + epsilon` in TensorFlow: the kernel takes the negative.
   */
  RMSProp: {
    slots: [
      { field: 'accumulatedMeanSquares', suffix: 'rms' },
      { field: 'accumulatedMoments', suffix: 'momentum' },
      { field: 'accumulatedMeanGrads', suffix: 'mg', onlyIf: 'centered' },
    ],
    scalars: [],
    attributes: o => ({ ...floats(o, 'decay', 'momentum', 'epsilon'), centered: bool(o.centered) }),
    lower: (update, { scalar }) => {
      const [gradient, rate] = update.inputs
      const [variable, square, moment, mean] = update.variables as [string, string, string, string]
      const [decay, momentum, epsilon] = numbersIn(update, 'decay', 'momentum', 'epsilon')
      const inputs = (epsilon: number) => [rate!, scalar(decay), scalar(momentum), scalar(epsilon), gradient!]
      return attribute(update, 'centered', 'bool')
        ? kernel('ResourceApplyCenteredRMSProp', [variable, mean, square, moment], inputs(-epsilon))
        : kernel('ResourceApplyRMSProp', [variable, square, moment], inputs(epsilon))
    },
  },
  /** `m` as in Adam, `u = max(beta2 * u, |g|)`, `var -= lr / (1 + decay * iteration) / (1 - beta1Power) * m / (u + epsilon)`. */
  Adamax: {
    slots: [
      { field: 'accumulatedFirstMoment', suffix: 'm' },
      { field: 'accumulatedWeightedInfNorm', suffix: 'v' },
    ],
    scalars: [powerOf('beta1', 'accBeta1'), { field: 'iteration', next: (value, _, tf) => tf.add(value, 1) }],
    attributes: o => floats(o, 'beta1', 'beta2', 'epsilon', 'decay'),
    lower: (update, { scalar, add, mul, div }) => {
      const [gradient, rate, power, iteration] = update.inputs
      const [beta1, beta2, epsilon, decay] = numbersIn(update, 'beta1', 'beta2', 'epsilon', 'decay')
      const decayed = decay === 0 ? rate! : div(rate!, add(mul(iteration!, decay), 1))
      return kernel('ResourceApplyAdaMax', update.variables, [power!, decayed, ...[beta1, beta2, epsilon].map(scalar), gradient!])
    },
  },
} as const satisfies Record<string, OptimizerRow>
