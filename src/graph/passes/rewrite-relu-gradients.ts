/** Gradients of rectified units by TensorFlow's own kernels. */
import { attribute, float, splatOf, type } from '../ir/attributes.js'
import type { Graph, Node, Value } from '../ir/graph.js'
import { type Builder, rewrite } from '../ir/rewrite.js'
import { areAlike, eitherWay, isAll, producer } from './match.js'

/** What the unit gives where it is in the graph already, else what it takes: both tell where it is open. */
type Unit = (op: string, x: Value) => Value

/**
 * The graph with `ReluGrad`, `Relu6Grad` and `LeakyReluGrad` for what tfjs composes of comparisons and products: one pass over memory in
 * place of several, and the unit's input need not be kept. They differ where a gradient is a matter of choice: at exactly 6, where tfjs
 * lets it through, and for what is no number, where the kernels give 0.
 *
 * @example
 * rewriteReluGradients(graph) // Mul(dy, Step(x)) is ReluGrad(dy, Relu(x))
 */
export function rewriteReluGradients(graph: Graph): Graph {
  const units = new Map<string, Map<Value, Value>>()
  const unit: Unit = (op, x) => units.get(op)?.get(x) ?? x
  return rewrite(graph, (node, builder) => {
    if (node.op === 'Relu' || node.op === 'Relu6') {
      units.set(node.op, (units.get(node.op) ?? new Map()).set(node.inputs[0]!, node.outputs[0]!))
      return undefined
    }
    if (node.op === 'Mul') return product(node, builder, unit)
    return node.op === 'Select' || node.op === 'SelectV2' ? leaky(node, builder) : undefined
  })
}

function product(node: Node, { value }: Builder, unit: Unit): Value | undefined {
  const attributes = { T: type('float32') }
  const apply = (op: string, gradient: Value, features: Value) =>
    areAlike(gradient, features) ? value(op, attributes, [gradient, features]) : undefined
  return eitherWay(node, (gradient, mask) => {
    // A comparison times a step is half of relu6's mask, which is looked at with its gradient.
    const open = producer(gradient, 'LessEqual') ? undefined : openOf(mask)
    if (open) return apply('ReluGrad', gradient, unit('Relu', open))
    const within = betweenOf(mask)
    return within && apply('Relu6Grad', gradient, unit('Relu6', within))
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

/** `Select(Greater(x, 0), dy, Mul(dy, alpha))`. */
function leaky({ inputs: [condition, open, closed] }: Node, { value }: Builder): Value | undefined {
  const [comparison, scaled] = [producer(condition!, 'Greater'), producer(closed!, 'Mul')]
  if (!comparison || !scaled || !isAll(comparison.inputs[1]!, 0)) return undefined
  const alpha = eitherWay(scaled, (gradient, factor) => (gradient === open ? splatOf(factor) : undefined))
  const [x] = comparison.inputs
  if (alpha === undefined || !areAlike(open!, x!, closed!)) return undefined
  return value('LeakyReluGrad', { T: type('float32'), alpha: float(alpha) }, [open!, x!])
}
