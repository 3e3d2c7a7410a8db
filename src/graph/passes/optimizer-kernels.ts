/** Optimizers that TensorFlow has a kernel for, which changes variables where they are. */
import { attribute, bool, type } from '../ir/attributes.js'
import type { Attributes, Update, Value } from '../ir/graph.js'
import type { Arithmetic } from './arithmetic.js'
import type { Lowering } from './lower-optimizers.js'

const kernel = (op: string, variables: readonly string[], inputs: readonly Value[], attributes: Attributes = {}): readonly Update[] => [
  { op, variables, inputs, attributes: { T: type('float32'), use_locking: bool(false), ...attributes } },
]
const numberOf = (update: Update, name: string) => attribute(update, name, 'float')

/** `var -= lr * g`. */
export const lowerSgd: Lowering = ({ variables, inputs: [gradient, rate] }) =>
  kernel('ResourceApplyGradientDescent', variables, [rate!, gradient!])

/** `a = momentum * a + g`, `var -= lr * a`; Nesterov's `var -= lr * (g + momentum * a)`. */
export const lowerMomentum: Lowering = (update, { scalar }) => {
  const [gradient, rate] = update.inputs
  const inputs = [rate!, gradient!, scalar(numberOf(update, 'momentum'))]
  return kernel('ResourceApplyMomentum', update.variables, inputs, { use_nesterov: bool(attribute(update, 'useNesterov', 'bool')) })
}

/**
 * `m` and `v` as everywhere, `var -= lr * m' / (sqrt(v') + epsilon)` with both of them corrected. The kernel corrects the quotient as a
 * whole, so its epsilon is tfjs's times the root of `1 - beta2Power`.
 */
export const lowerAdam: Lowering = (update, arithmetic) => {
  const [gradient, rate, power1, power2] = update.inputs
  const [beta1, beta2] = ['beta1', 'beta2'].map(name => arithmetic.scalar(numberOf(update, name)))
  const epsilon = correctedEpsilon(arithmetic, power2!, numberOf(update, 'epsilon'))
  const inputs = [power1!, power2!, rate!, beta1!, beta2!, epsilon, gradient!]
  return kernel('ResourceApplyAdam', update.variables, inputs, { use_nesterov: bool(false) })
}

/** `epsilon * sqrt(1 - beta2Power)`. */
export function correctedEpsilon({ sub, mul, sqrt }: Arithmetic, power: Value, epsilon: number): Value {
  return mul(sqrt(sub(1, power)), epsilon)
}

/**
 * `s = decay * s + (1 - decay) * g²`, `m = momentum * m + lr * g / sqrt(s + epsilon)`, `var -= m`. Centered, the root is of
 * `s - mean² - epsilon` in tfjs and of `s - mean² + epsilon` in TensorFlow: the kernel gets the negative.
 */
export const lowerRmsProp: Lowering = (update, { scalar }) => {
  const [gradient, rate] = update.inputs
  const [variable, square, moment, mean] = update.variables as [string, string, string, string]
  const [decay, momentum, epsilon] = ['decay', 'momentum', 'epsilon'].map(name => numberOf(update, name)) as [number, number, number]
  const inputs = (epsilon: number) => [rate!, scalar(decay), scalar(momentum), scalar(epsilon), gradient!]
  return attribute(update, 'centered', 'bool')
    ? kernel('ResourceApplyCenteredRMSProp', [variable, mean, square, moment], inputs(-epsilon))
    : kernel('ResourceApplyRMSProp', [variable, square, moment], inputs(epsilon))
}

/** `m` as in Adam, `u = max(beta2 * u, |g|)`, `var -= lr / (1 + decay * iteration) / (1 - beta1Power) * m / (u + epsilon)`. */
export const lowerAdamax: Lowering = (update, { scalar, add, mul, div }) => {
  const [gradient, rate, power, iteration] = update.inputs
  const decay = numberOf(update, 'decay')
  const decayed = decay === 0 ? rate! : div(rate!, add(mul(iteration!, decay), 1))
  const [beta1, beta2, epsilon] = ['beta1', 'beta2', 'epsilon'].map(name => scalar(numberOf(update, name)))
  return kernel('ResourceApplyAdaMax', update.variables, [power!, decayed, beta1!, beta2!, epsilon!, gradient!])
}
