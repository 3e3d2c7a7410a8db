/** Computes gradients of rectified units by TensorFlow's own kernels. */
import { attribute, attributeOr, float, splatOf, type } from '../ir/attributes.js'
import type { Graph, Node, Value } from '../ir/graph.js'
import { type Builder, rewrite } from '../ir/rewrite.js'
import { areAlike, eitherWay, isAll, producer } from './match.js'

/** The outputs of units that are already in the graph, by operation and input. */
type Units = Map<string, Map<Value, Value>>

/**
 * The graph with `ReluGrad`, `Relu6Grad` and `LeakyReluGrad` for what tfjs composes from comparisons and products: one pass over memory in
 * place of several, and the unit's input need not be kept. They differ where a gradient is a matter of convention: at exactly 6, where tfjs
 * lets it through, and for what is not a number, where the kernels return 0. The smaller of 6 and `Relu`, as layers write it, is `Relu6`.
 *
 * @example
 * rewriteReluGradients(graph) // Mul(dy, Step(x)) is ReluGrad(dy, Relu(x))
 */
export function rewriteReluGradients(graph: Graph): Graph {
  const units: Units = new Map()
  const seen = (op: string, x: Value, y: Value) => units.set(op, (units.get(op) ?? new Map()).set(x, y))
  return rewrite(graph, (node, builder) => {
    const [x] = node.inputs
    if (node.op === 'Relu' || node.op === 'Relu6') seen(node.op, x!, node.outputs[0]!)
    if (node.op === 'Mul') return product(node, builder, units)
    if (node.op === 'LeakyRelu') seen(leakyKey(attributeOr(node, 'alpha', 'float', 0.2)), x!, node.outputs[0]!)
    if (node.op === 'Select' || node.op === 'SelectV2') return leaky(node, builder, units)
    const limited = node.op === 'Minimum' ? limitedOf(node) : undefined
    if (!limited || !areAlike(limited, node.outputs[0]!)) return undefined
    const y = builder.value('Relu6', { T: type('float32') }, [limited])
    seen('Relu6', limited, y)
    return y
  })
}

/** The gradient by a kernel that takes the unit's output or its input: both show where it is active. */
function product(node: Node, { value }: Builder, units: Units): Value | undefined {
  const apply = (op: string, unit: string, gradient: Value, x: Value) => {
    const features = units.get(unit)?.get(x) ?? x
    return areAlike(gradient, features) ? value(op, { T: type('float32') }, [gradient, features]) : undefined
  }
  return eitherWay(node, (gradient, mask) => {
    // A comparison times a step is half of relu6's mask, which is matched with its gradient.
    const open = producer(gradient, 'LessEqual') ? undefined : openOf(mask)
    const limited = open && limitedGradient(gradient, open)
    if (limited) return apply('Relu6Grad', 'Relu6', limited, open)
    if (open) return apply('ReluGrad', 'Relu', gradient, open)
    const within = betweenOf(mask)
    return within && apply('Relu6Grad', 'Relu6', gradient, within)
  })
}

/** `x` of `Minimum(6, Relu(x))`. */
function limitedOf(node: Node): Value | undefined {
  return eitherWay(node, (six, y) => (isAll(six, 6) && y.node.op === 'Relu' ? y.node.inputs[0] : undefined))
}

/** `dy` of `Mul(dy, Greater(6, Relu(x)))`, the gradient of the minimum; with `LessEqual` if the operands are exchanged. */
function limitedGradient({ node }: Value, x: Value): Value | undefined {
  if (node.op !== 'Mul') return undefined
  return eitherWay(node, (gradient, mask) => {
    const comparison = producer(mask, 'Greater', 'LessEqual')
    const [six, y] = comparison?.op === 'Greater' ? comparison.inputs : (comparison?.inputs.toReversed() ?? [])
    return six && isAll(six, 6) && y!.node.op === 'Relu' && y!.node.inputs[0] === x ? gradient : undefined
  })
}

/** `x` of `Step(x)`. */
function openOf(mask: Value): Value | undefined {
  const step = producer(mask, 'Step')
  return step && attribute(step, 'alpha', 'float') === 0 ? step.inputs[0] : undefined
}

/** `x` of `Mul(LessEqual(x, 6), Step(x))`. */
function betweenOf(mask: Value): Value | undefined {
  const both = producer(mask, 'Mul')
  if (!both) return undefined
  return eitherWay(both, (below, above) => {
    const limit = producer(below, 'LessEqual')
    const x = openOf(above)
    return limit && limit.inputs[0] === x && isAll(limit.inputs[1]!, 6) ? x : undefined
  })
}

/** Units of different slopes are different units. */
const leakyKey = (alpha: number) => `LeakyRelu ${Math.fround(alpha)}`

/** `Select(Greater(x, 0), dy, Mul(dy, alpha))`. The unit's output has the sign of its input unless the slope turns it. */
function leaky({ inputs: [condition, open, closed] }: Node, { value }: Builder, units: Units): Value | undefined {
  const [comparison, scaled] = [producer(condition!, 'Greater'), producer(closed!, 'Mul')]
  if (!comparison || !scaled || !isAll(comparison.inputs[1]!, 0)) return undefined
  const alpha = eitherWay(scaled, (gradient, factor) => (gradient === open ? splatOf(factor) : undefined))
  const [x] = comparison.inputs
  if (alpha === undefined || !areAlike(open!, x!, closed!)) return undefined
  const features = (alpha > 0 ? units.get(leakyKey(alpha))?.get(x!) : undefined) ?? x!
  return value('LeakyReluGrad', { T: type('float32'), alpha: float(alpha) }, [open!, features])
}
