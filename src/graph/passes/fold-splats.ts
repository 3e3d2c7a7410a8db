/** Folds what is inherently uniform, without computing it. */
import { elementsOf, splatOf } from '../ir/attributes.js'
import type { Elements, Graph, Node } from '../ir/graph.js'
import { rewrite } from '../ir/rewrite.js'
import { sizeOfShape } from '../ir/shapes.js'

/** Operations that only move, repeat or drop elements of their first input. */
const moving = new Set('Identity Reshape BroadcastTo Tile Transpose ExpandDims Squeeze Slice StridedSlice ReverseV2'.split(' '))

/**
 * The graph in which zeros, ones, fills and rearranged uniform constants are one number and a shape: they take no memory, however large.
 *
 * @example
 * foldSplats(graph) // Tile(ZerosLike(x), times) is a constant 'all 0'
 */
export function foldSplats(graph: Graph): Graph {
  return rewrite(graph, (node, builder) => {
    const [output] = node.outputs
    const splat = splatFor(node)
    return splat === undefined ? undefined : builder.const({ splat }, output!.shape, output!.dtype)
  })
}

function splatFor(node: Node): number | undefined {
  const [x, value] = node.inputs
  if (node.op === 'Const') return isSpelledOut(node, elementsOf(node.outputs[0]!)!) ? splatOf(node.outputs[0]!) : undefined
  if (node.op === 'ZerosLike' || node.op === 'OnesLike') return node.op === 'ZerosLike' ? 0 : 1
  if (node.op === 'Fill') return splatOf(value!)
  return moving.has(node.op) ? splatOf(x!) : undefined
}

/** True if a constant lists elements that are all equal. */
const isSpelledOut = ({ outputs }: Node, elements: Elements) => 'data' in elements && sizeOfShape(outputs[0]!.shape) > 1
