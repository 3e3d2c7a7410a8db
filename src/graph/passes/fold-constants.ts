/** Computes beforehand what depends only on constants. */
import type { Tensor } from '../backend.js'
import { evaluate } from '../evaluate.js'
import { splatOf } from '../ir/attributes.js'
import { isElementwise } from '../ir/elementwise.js'
import { createConst, createNode, type Elements, type Graph, type Node, type Value } from '../ir/graph.js'
import { rewrite } from '../ir/rewrite.js'
import { sizeOfShape } from '../ir/shapes.js'
import { isStateful } from '../ir/stateful.js'
import type { Tensorflow } from '../tensorflow.js'

/** The maximum number of elements of a constant that this makes, unless it is uniform. */
const LARGEST = 65_536

/**
 * The graph with constants for nodes that take only constants, computed by TensorFlow's own kernels. Random draws and effects are kept.
 *
 * @example
 * foldConstants(graph, tf) // AddV2(1, Sqrt(4)) is 3
 */
export function foldConstants(graph: Graph, tf: Tensorflow): Graph {
  return rewrite(graph, (node, builder) => {
    if (!isFoldable(node)) return undefined
    const results = node.inputs.every(isSplat) && isElementwise(node.op) ? [uniform(node, tf)] : listed(node, tf)
    return results?.map((elements, i) => builder.const(elements, node.outputs[i]!.shape, node.outputs[i]!.dtype))
  })
}

const isSplat = (value: Value) => splatOf(value) !== undefined
const isNumeric = ({ dtype }: Value) => dtype === 'float32' || dtype === 'int32' || dtype === 'bool'

function isFoldable({ op, inputs, outputs }: Node): boolean {
  const takesConstants = inputs.length > 0 && inputs.every(({ node }) => node.op === 'Const')
  return takesConstants && !isStateful(op) && inputs.every(isNumeric) && outputs.every(isNumeric)
}

/** The one element of an elementwise operation on uniform constants. */
function uniform(node: Node, tf: Tensorflow): Elements {
  const scalars = node.inputs.map(value => createConst({ splat: splatOf(value)! }, { shape: [], dtype: value.dtype }).outputs[0]!)
  const scalar = createNode(node.op, node.attributes, scalars, [{ shape: [], dtype: node.outputs[0]!.dtype }])
  return compute(scalar, tf)[0]!
}

/** Every element of every output; nothing if there are too many. */
function listed(node: Node, tf: Tensorflow): readonly Elements[] | undefined {
  const size = node.outputs.reduce((sum, { shape }) => sum + sizeOfShape(shape), 0)
  return size <= LARGEST ? compute(node, tf) : undefined
}

function compute(node: Node, tf: Tensorflow): readonly Elements[] {
  const tensors = evaluate(tf, node.outputs)
  const results = tensors.map(toElements)
  tf.dispose(tensors)
  return results
}

function toElements(tensor: Tensor): Elements {
  const data = tensor.dataSync().slice()
  return data.length > 0 && data.every(element => Object.is(element, data[0])) ? { splat: data[0]! } : { data }
}
