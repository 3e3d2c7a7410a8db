/** What TensorFlow may compute in one kernel with a product or convolution. */
import { attributeOr } from '../../ir/attributes.js'
import type { Graph, Node } from '../../ir/graph.js'

const products = new Set('MatMul BatchMatMul BatchMatMulV2 Einsum Conv2D Conv3D DepthwiseConv2dNative'.split(' '))
const sums = new Set('Add AddV2 AddN BiasAdd'.split(' '))
const views = new Set('Reshape Squeeze ExpandDims Identity'.split(' '))

/** The nodes whose activation TensorFlow may fuse with them: products, and what biases, sums and normalisations make of them. */
export function fusedNodes({ nodes }: Graph): ReadonlySet<Node> {
  const fused = new Set<Node>()
  for (const node of nodes) {
    const { op, inputs } = node
    const isNormalization = op.startsWith('FusedBatchNorm') && !attributeOr(node, 'is_training', 'bool', true)
    const passed = sums.has(op) ? inputs : views.has(op) || isNormalization ? inputs.slice(0, 1) : []
    if (products.has(op) || passed.some(({ node }) => fused.has(node))) fused.add(node)
  }
  return fused
}
