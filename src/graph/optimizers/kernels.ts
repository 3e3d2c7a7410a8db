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

/** True if a quotient with this added to its denominator is bounded, and averages with these shares are. */
const isBounded = (epsilon: number, ...shares: readonly number[]) => epsilon >= 1e-12 && shares.every(share => share <= 1)

/** `rate * average + (1 - rate) * value`. */
export const average = ({ add, mul }: Arithmetic, last: Value, value: Value, rate: number) => add(mul(last, rate), mul(value, 1 - rate))

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
    risks: () => [],
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
    risks: (update, { add, mul }, valueOf) => {
      const [momentum] = numbersIn(update, 'momentum')
      return momentum <= 1 ? [] : [mul(add(mul(valueOf(update.variables[1]!), momentum), update.inputs[0]!), update.inputs[1]!)]
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
    risks: (update, arithmetic, valueOf) => {
      const { add, sub, mul, div, sqrt, square } = arithmetic
      const [, first, second] = update.variables as [string, string, string]
      const [gradient, rate, power1, power2] = update.inputs
      const [beta1, beta2, epsilon] = numbersIn(update, 'beta1', 'beta2', 'epsilon')
      const scale = div(mul(sqrt(sub(1, power2!)), rate!), sub(1, power1!))
      if (isBounded(epsilon, beta1, beta2)) return [scale]
      const m = average(arithmetic, valueOf(first), gradient!, beta1)
      const v = average(arithmetic, valueOf(second), square(gradient!), beta2)
      return [v, div(mul(m, scale), add(sqrt(v), correctedEpsilon(arithmetic, power2!, epsilon)))]
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
    risks: (update, arithmetic, valueOf) => {
      const { add, sub, mul, div, sqrt, square, scalar } = arithmetic
      const [gradient, rate] = update.inputs
      const [, squares, moment, means] = update.variables as [string, string, string, string]
      const [decay, momentum, epsilon] = numbersIn(update, 'decay', 'momentum', 'epsilon')
      const isCentered = attribute(update, 'centered', 'bool')
      if (!isCentered && isBounded(epsilon, decay, momentum)) return []
      const s = average(arithmetic, valueOf(squares), square(gradient!), decay)
      const spread = isCentered ? sub(s, square(average(arithmetic, valueOf(means), gradient!, decay))) : s
      const root = sqrt(isCentered ? sub(spread, scalar(epsilon)) : add(spread, epsilon))
      return [s, add(mul(valueOf(moment), momentum), div(mul(gradient!, rate!), root))]
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
    risks: (update, arithmetic, valueOf) => {
      const { add, sub, mul, div, abs, max } = arithmetic
      const [, first, second] = update.variables as [string, string, string]
      const [gradient, rate, power, iteration] = update.inputs
      const [beta1, beta2, epsilon, decay] = numbersIn(update, 'beta1', 'beta2', 'epsilon', 'decay')
      const scale = div(div(rate!, add(mul(iteration!, decay), 1)), sub(1, power!))
      if (isBounded(epsilon, beta1, beta2)) return [scale]
      const largest = max(mul(valueOf(second), beta2), abs(gradient!))
      return [largest, mul(div(average(arithmetic, valueOf(first), gradient!, beta1), add(largest, epsilon)), scale)]
    },
  },
} as const satisfies Record<string, OptimizerRow>
