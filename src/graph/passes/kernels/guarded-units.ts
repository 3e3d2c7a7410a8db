/** Rectified units that may stay in one kernel with a product, under a check that no NaN comes about. */
import { arithmeticOf } from '../../ir/arithmetic.js'
import { type } from '../../ir/attributes.js'
import type { Graph, Node, Value } from '../../ir/graph.js'
import { builderOf, rewrite } from '../../ir/rewrite.js'
import { sizeOfShape } from '../../ir/shapes.js'
import { isStateful } from '../../ir/stateful.js'
import { addAll } from '../convolutions/operations.js'
import { fusedNodes } from './fused.js'
import { unfused } from './units.js'

/** What the check says; it is no error of the function's. */
export const GUARD = 'what the graph reads is small enough for fused kernels'

/** Squares of what is read must be this much smaller than the largest number, so that no product overflows. */
const MARGIN = 1e24
/** A check reads all of its values; without it, each unit costs a pass over memory. The check must cost this much less. */
const GAIN = 4

/** Operations whose results are finite for finite inputs that are not very large. */
const finite = new Set(
  (
    'MatMul BatchMatMul BatchMatMulV2 Conv2D DepthwiseConv2dNative Conv3D Add AddV2 AddN BiasAdd Sub Mul Neg Abs Square Maximum Minimum ' +
    'Relu Relu6 LeakyRelu Elu Selu Sigmoid Tanh Softplus Softsign Softmax LogSoftmax MaxPool AvgPool MaxPool3D AvgPool3D Sum Mean Max Min ' +
    'Identity Reshape Squeeze ExpandDims Transpose ReverseV2 Slice StridedSlice Pad PadV2 MirrorPad ConcatV2 Pack Tile BroadcastTo ' +
    'GatherV2 Cast ClipByValue Select SelectV2 SpaceToDepth DepthToSpace SpaceToBatchND BatchToSpaceND ResizeBilinear ResizeNearestNeighbor'
  ).split(' '),
)

/** Which units a check would cover, and the values that it would read: inputs, and what depends on variables only. */
export interface Guarded {
  readonly units: ReadonlySet<Node>
  readonly read: ReadonlySet<Value>
}

/** The units of a graph that are worth a check. */
export function guardedUnits(graph: Graph): Guarded {
  const fused = fusedNodes(graph)
  const [fixed, bounded] = [new Set<Node>(), new Set<Node>()]
  const units = new Set<Node>()
  const isBounded = ({ node, dtype }: Value) => dtype !== 'float32' || bounded.has(node)
  for (const node of graph.nodes) {
    const { op, inputs } = node
    const isOfVariables = inputs.length > 0 && !isStateful(op) && inputs.every(input => fixed.has(input.node))
    if (op === 'Variable' || op === 'Const' || isOfVariables) fixed.add(node)
    if (op === 'Placeholder' || fixed.has(node) || (finite.has(op) && inputs.every(isBounded))) bounded.add(node)
    if ((op === 'Relu' || op === 'Relu6') && fused.has(inputs[0]!.node) && bounded.has(node)) units.add(node)
  }
  const read = readBy(units, fixed)
  const sizeOf = (values: Iterable<Value>) => [...values].reduce((sum, { shape }) => sum + sizeOfShape(shape), 0)
  const isWorthIt = sizeOf([...units].map(({ outputs }) => outputs[0]!)) > GAIN * sizeOf(read)
  return isWorthIt ? { units, read } : { units: new Set(), read: new Set() }
}

function readBy(units: ReadonlySet<Node>, fixed: ReadonlySet<Node>): ReadonlySet<Value> {
  const read = new Set<Value>()
  const seen = new Set<Node>()
  const waiting = [...units].flatMap(({ inputs }) => inputs)
  for (let value = waiting.pop(); value; value = waiting.pop()) {
    const { node, dtype } = value
    if (dtype !== 'float32') continue
    if (node.op === 'Placeholder' || fixed.has(node)) read.add(value)
    else if (!seen.has(node)) waiting.push(...node.inputs)
    seen.add(node)
  }
  return read
}

/** The graph with a check of what its guarded units read. */
export function addGuard(graph: Graph): Graph {
  const { read } = guardedUnits(graph)
  if (read.size === 0) return graph
  const nodes = [...graph.nodes]
  const builder = builderOf(nodes)
  const T = type('float32')
  const squares = [...read].map(value => builder.value('L2Loss', { T }, [value]))
  const shown = arithmeticOf(builder).mul(addAll(builder, squares), MARGIN)
  return { ...graph, nodes, checks: [...graph.checks, { value: builder.value('IsFinite', { T }, [shown]), message: GUARD, shown }] }
}

/** The graph without that check, and without what it allowed. */
export function withoutGuard(graph: Graph): Graph {
  const fused = fusedNodes(graph)
  const unguarded = { ...graph, checks: graph.checks.filter(({ message }) => message !== GUARD) }
  return rewrite(unguarded, (node, builder, original) => (fused.has(original.inputs[0]?.node as Node) ? unfused(node, builder) : undefined))
}
