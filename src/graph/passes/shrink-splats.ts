/** Leaves the broadcasting of uniform constants to arithmetic. */
import { splatOf } from '../ir/attributes.js'
import { isBroadcasting } from '../ir/elementwise.js'
import type { Graph, Node } from '../ir/graph.js'
import { rewrite } from '../ir/rewrite.js'
import { sameShape } from '../ir/shapes.js'

/**
 * The graph in which a uniform constant of a full shape is a scalar, wherever the other operand already has the shape of the result: it
 * takes no memory, and equal numbers can be shared.
 *
 * @example
 * shrinkSplats(graph) // Mul(x, all 2 of [8, 8]) is Mul(x, 2)
 */
export function shrinkSplats(graph: Graph): Graph {
  return rewrite(graph, (node, builder) => {
    const position = isBroadcasting(node.op) ? shrinkable(node) : undefined
    if (position === undefined) return undefined
    const splat = splatOf(node.inputs[position]!)!
    const scalar = builder.const({ splat }, [], node.inputs[position]!.dtype)
    return builder.value(node.op, node.attributes, position === 0 ? [scalar, node.inputs[1]!] : [node.inputs[0]!, scalar], node.outputs)
  })
}

/** The operand that may become a scalar. */
function shrinkable({ inputs, outputs }: Node): number | undefined {
  const found = inputs.findIndex(
    (value, i) => value.shape.length > 0 && splatOf(value) !== undefined && sameShape(inputs[1 - i]!.shape, outputs[0]!.shape),
  )
  return found === -1 ? undefined : found
}
