/** Lowers the unit step to TensorFlow's operations. */
import { attribute, type } from '../ir/attributes.js'
import type { Graph, Node, Value } from '../ir/graph.js'
import { type Builder, rewrite } from '../ir/rewrite.js'

/**
 * The graph without `Step`, an operation of tfjs only: 1 for what is greater than zero, `alpha` for the rest, and what is not a number
 * stays.
 *
 * @example
 * lowerStep(graph) // Step(x) {alpha: 0} is SelectV2(IsNan(x), x, Cast(Greater(x, 0)))
 */
export function lowerStep(graph: Graph): Graph {
  return rewrite(graph, (node, builder) => (node.op === 'Step' ? lowered(node, builder) : undefined))
}

function lowered(node: Node, builder: Builder): Value {
  const [x] = node.inputs
  const T = type(x!.dtype)
  const number = (splat: number) => builder.const({ splat }, [], x!.dtype)
  const isOpen = builder.value('Greater', { T }, [x!, number(0)])
  const alpha = x!.dtype === 'float32' ? attribute(node, 'alpha', 'float') : Math.trunc(attribute(node, 'alpha', 'float'))
  const step =
    alpha === 0
      ? builder.value('Cast', { SrcT: type('bool'), DstT: T, Truncate: { kind: 'bool', value: false } }, [isOpen])
      : builder.value('SelectV2', { T }, [isOpen, number(1), number(alpha)])
  return x!.dtype === 'float32' ? builder.value('SelectV2', { T }, [builder.value('IsNan', { T }, [x!]), x!, step]) : step
}
