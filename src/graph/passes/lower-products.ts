/** Lowers products of two matrices to the faster of TensorFlow's two operations. */
import { attributeOr, bool, type } from '../ir/attributes.js'
import type { Graph, Node, Shape } from '../ir/graph.js'
import { type Builder, type Replacement, rewrite } from '../ir/rewrite.js'
import { sizeOfShape } from '../ir/shapes.js'
import { flattenRows } from './flatten-rows.js'

/** A call of `BatchMatMulV2` takes 0.1 ms more than one of `MatMul`, which transposes this many elements in that time. */
const LARGE = 1 << 17

/**
 * The graph with `MatMul` for every product of two matrices, and with `BatchMatMulV2` if the second is large and transposed, as in
 * the gradient by a layer's input.
 *
 * `MatMul` copies a transposed second matrix into the other order on every run, oneDNN's product in `BatchMatMulV2` reads it as it is:
 * 0.72 of the time at 300×2048 by 2048×512, a quarter at 32 rows, equal if the matrix is small compared to the work. For small matrices the
 * reverse holds: `BatchMatMulV2`, which tfjs uses for products, takes five times as long at 32×64 by 64×64.
 *
 * @example
 * lowerProducts(graph) // MatMul(dy, w) {transpose_b: true} is BatchMatMulV2(dy, w) {adj_y: true}
 */
export function lowerProducts(graph: Graph): Graph {
  const lowered = rewrite(graph, (node, b) => {
    if (node.outputs[0]?.dtype !== 'float32') return undefined
    if (node.op === 'MatMul') return isSlow(node) ? write(node, b) : undefined
    if (!node.op.startsWith('BatchMatMul') || !node.inputs.every(({ shape }) => isOneMatrix(shape))) return undefined
    return node.inputs.every(({ shape }) => shape.length === 2) && isSlow(node) ? undefined : write(node, b)
  })
  return flattenRows(lowered)
}

const isTransposed = (node: Node, side: 'a' | 'b') =>
  node.op === 'MatMul'
    ? attributeOr(node, `transpose_${side}`, 'bool', false)
    : attributeOr(node, side === 'a' ? 'adj_x' : 'adj_y', 'bool', false)

const isSlow = (node: Node) => isTransposed(node, 'b') && sizeOfShape(node.inputs[1]!.shape) >= LARGE
const isOneMatrix = (shape: Shape) => shape.length >= 2 && shape.slice(0, -2).every(length => length === 1)

function write(node: Node, b: Builder): Replacement {
  const [x, y] = node.inputs.map(value => b.reshape(value, value.shape.slice(-2)))
  const [first, second] = [bool(isTransposed(node, 'a')), bool(isTransposed(node, 'b'))]
  const T = type('float32')
  const product = isSlow(node)
    ? b.value('BatchMatMulV2', { T, adj_x: first, adj_y: second }, [x!, y!])
    : b.value('MatMul', { T, transpose_a: first, transpose_b: second }, [x!, y!])
  return b.reshape(product, node.outputs[0]!.shape)
}
