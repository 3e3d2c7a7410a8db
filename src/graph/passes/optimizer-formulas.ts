/** Optimizers that TensorFlow has no kernel for, or one that computes something else than tfjs. */
import { attribute } from '../ir/attributes.js'
import type { Update, Value } from '../ir/graph.js'
import type { Arithmetic } from './arithmetic.js'
import type { Lowering } from './lower-optimizers.js'
import { correctedEpsilon } from './optimizer-kernels.js'

const assign = (variable: string, value: Value): Update => ({ op: 'Assign', variables: [variable], inputs: [value], attributes: {} })

/** `rate * average + (1 - rate) * value`. */
const average = ({ add, mul }: Arithmetic, last: Value, value: Value, rate: number) => add(mul(last, rate), mul(value, 1 - rate))

/** `a += g²`, `var -= lr * g / sqrt(a + epsilon)`. TensorFlow's kernels add epsilon to the root, or not at all. */
export const lowerAdagrad: Lowering = (update, arithmetic, valueOf) => {
  const { add, sub, mul, div, sqrt, square } = arithmetic
  const [variable, accumulator] = update.variables as [string, string]
  const [gradient, rate] = update.inputs
  const sum = add(valueOf(accumulator), square(gradient!))
  const step = div(gradient!, sqrt(add(sum, attribute(update, 'epsilon', 'float'))))
  return [assign(accumulator, sum), assign(variable, sub(valueOf(variable), mul(step, rate!)))]
}

/**
 * `u = sqrt(b + epsilon) / sqrt(a + epsilon) * g` with the averages `a` of g² and `b` of u² before this step, `var -= lr * u`.
 * TensorFlow's kernel takes `a` after it.
 */
export const lowerAdadelta: Lowering = (update, arithmetic, valueOf) => {
  const { add, sub, mul, div, sqrt, square } = arithmetic
  const [variable, gradients, updates] = update.variables as [string, string, string]
  const [gradient, rate] = update.inputs
  const [rho, epsilon] = [attribute(update, 'rho', 'float'), attribute(update, 'epsilon', 'float')]
  const root = (name: string) => sqrt(add(valueOf(name), epsilon))
  const step = mul(div(root(updates), root(gradients)), gradient!)
  return [
    assign(gradients, average(arithmetic, valueOf(gradients), square(gradient!), rho)),
    assign(updates, average(arithmetic, valueOf(updates), square(step), rho)),
    assign(variable, sub(valueOf(variable), mul(step, rate!))),
  ]
}

/** Adam's step from a variable that has shrunk to `1 - lr * weightDecay` of itself (decoupled decay, in PyTorch's order). */
export const lowerAdamW: Lowering = (update, arithmetic, valueOf) => {
  const { add, sub, mul, div, sqrt, square } = arithmetic
  const [variable, first, second] = update.variables as [string, string, string]
  const [gradient, rate, power1, power2] = update.inputs
  const [beta1, beta2, epsilon, decay] = ['beta1', 'beta2', 'epsilon', 'weightDecay'].map(name => attribute(update, name, 'float')) as [
    number,
    number,
    number,
    number,
  ]
  const m = average(arithmetic, valueOf(first), gradient!, beta1)
  const v = average(arithmetic, valueOf(second), square(gradient!), beta2)
  const scale = div(mul(sqrt(sub(1, power2!)), rate!), sub(1, power1!))
  const step = div(mul(m, scale), add(sqrt(v), correctedEpsilon(arithmetic, power2!, epsilon)))
  const shrunk = mul(valueOf(variable), sub(1, mul(rate!, decay)))
  return [assign(first, m), assign(second, v), assign(variable, sub(shrunk, step))]
}
