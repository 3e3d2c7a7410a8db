/** Keeps TensorFlow from taking a row that is added to a product for a bias: its fused kernel fails for shapes like [1, 3]. */
import type { Graph, Node, Value } from '../ir/graph.js'
import { rewrite } from '../ir/rewrite.js'

/**
 * The graph with a vector for each row that is added to a product of as many columns. The sum is the same.
 *
 * @example
 * flattenRows(graph) // Add(row, MatMul(a, b)) is Add(Reshape(row, [3]), MatMul(a, b)) where the row is [1, 3]
 */
export function flattenRows(graph: Graph): Graph {
  return rewrite(graph, (node, b) => {
    const at = rowAt(node)
    if (at === undefined) return undefined
    const inputs = node.inputs.map((input, i) => (i === at ? b.reshape(input, input.shape.slice(-1)) : input))
    return b.value(node.op, node.attributes, inputs)
  })
}

/** Which input of a sum is the row; the other is a product. */
function rowAt({ op, inputs }: Node): number | undefined {
  if (op !== 'Add' && op !== 'AddV2') return undefined
  const [a, b] = inputs
  if (a!.shape.at(-1) !== b!.shape.at(-1)) return undefined
  return [1, 0].find(i => isRow(inputs[i]!) && isProduct(inputs[1 - i]!))
}

const isRow = ({ shape }: Value) => shape.length === 2 && shape[0] === 1

/** A matrix product, perhaps in another shape: a reshape may go later. */
function isProduct({ node }: Value): boolean {
  return node.op === 'Reshape' ? isProduct(node.inputs[0]!) : node.op === 'MatMul'
}
