/** Keeps TensorFlow from kernels and fusions that compute something other than tfjs, or complain on stderr. */
import { bool, type } from '../../ir/attributes.js'
import type { DType, Graph, Node, Value } from '../../ir/graph.js'
import { type Builder, countUses, rewrite } from '../../ir/rewrite.js'
import { integers } from '../convolutions/operations.js'
import { fusedNodes } from './fused.js'
import { addGuard, guardedUnits } from './guarded-units.js'
import { unfused, unfusedLeaky } from './units.js'

/**
 * The graph with other operations, equal to the bit for finite numbers, in these places:
 *
 * - `Relu` and `Relu6` of a product or convolution plus a bias: TensorFlow fuses the three, and the fused kernel returns 0 for NaN. A
 *   `Maximum` is not fused and propagates NaN. It costs a pass over memory, 5 % of a 3×3 convolution of 32 channels; where a check that no
 *   NaN comes about costs much less, units stay fused under that check, and a run that fails it is repeated without them.
 * - `Softmax`: its kernel returns a NaN in one place of a row and 0 elsewhere. tfjs's whole row is NaN.
 * - `LeakyRelu` of such a sum that is also used elsewhere: TensorFlow's fusion fails, reports it, and is lost for the whole graph.
 * - `Transpose` of integers and booleans: oneDNN reports that it has no kernel. Where TensorFlow would exchange a `Transpose` and a
 *   conversion from or to booleans, a `Maximum` with −Infinity keeps them apart.
 *
 * @example
 * guardKernels(graph) // Relu(AddV2(MatMul(x, w), b)) is Maximum(AddV2(MatMul(x, w), b), 0)
 */
export function guardKernels(graph: Graph): Graph {
  const uses = countUses(graph)
  const fused = fusedNodes(graph)
  const guarded = guardedUnits(graph).units
  const rewritten = rewrite(graph, (node, builder, original) => {
    const [x] = node.inputs
    const isFused = x !== undefined && fused.has(original.inputs[0]!.node)
    switch (node.op) {
      case 'Relu':
      case 'Relu6':
        return isFused && !guarded.has(original) ? unfused(node, builder) : undefined
      case 'LeakyRelu':
        return isFused && uses.get(original.inputs[0]!)! > 1 ? unfusedLeaky(node, builder) : undefined
      case 'Softmax':
        return wholeRows(node, builder)
      case 'Transpose':
        if (x!.dtype === 'int32' || x!.dtype === 'bool') return transposed(node, builder)
        return comesFrom(x!, isFromBool) ? withInput(node, builder, apart(builder, x!)) : undefined
      case 'Cast':
      case 'IsNan':
      case 'IsInf':
      case 'IsFinite':
        return node.outputs[0]!.dtype === 'bool' && comesFrom(x!, isTranspose) ? withInput(node, builder, apart(builder, x!)) : undefined
      default:
        return undefined
    }
  })
  return guarded.size > 0 ? addGuard(rewritten) : rewritten
}

/** Operations that only move elements. */
const moving = new Set('Reshape Squeeze ExpandDims Identity ReverseV2 Transpose DepthToSpace SpaceToDepth'.split(' '))

function comesFrom({ node }: Value, test: (node: Node) => boolean): boolean {
  return test(node) || (moving.has(node.op) && comesFrom(node.inputs[0]!, test))
}

const isFromBool = ({ op, inputs }: Node) => op === 'Cast' && inputs[0]!.dtype === 'bool'
const isTranspose = ({ op, inputs }: Node) => op === 'Transpose' && inputs[0]!.dtype === 'float32'

const apart = (builder: Builder, x: Value) =>
  builder.value('Maximum', { T: type(x.dtype) }, [x, builder.const({ splat: -Infinity }, [], x.dtype)])

const withInput = ({ op, attributes, inputs, outputs }: Node, builder: Builder, x: Value) =>
  builder.value(op, attributes, [x, ...inputs.slice(1)], outputs)

/** `y * (sum / sum)`: a sum that is not NaN, divided by itself, is 1. */
function wholeRows(node: Node, builder: Builder): Value {
  const T = type(node.outputs[0]!.dtype)
  const y = builder.value('Softmax', node.attributes, node.inputs)
  const sum = builder.value('Sum', { T, Tidx: type('int32'), keep_dims: bool(true) }, [y, integers(builder, [y.shape.length - 1])])
  return builder.value('Mul', { T }, [y, builder.value('RealDiv', { T }, [sum, sum])])
}

/** Transposed as float32: the bits of integers as they are, booleans as 0 and 1. TensorFlow would move a `Cast` to the other side. */
function transposed(node: Node, builder: Builder): Value {
  const [x, axes] = node.inputs as [Value, Value]
  const T = type('float32')
  const { shape } = node.outputs[0]!
  const bits = (value: Value, to: DType) =>
    builder.value('Bitcast', { T: type(value.dtype), type: type(to) }, [value], [{ shape: value.shape, dtype: to }])
  const isBool = x.dtype === 'bool'
  const scalar = (splat: number) => builder.const({ splat }, [], 'float32')
  const floats = isBool ? builder.value('SelectV2', { T }, [x, scalar(1), scalar(0)]) : bits(x, 'float32')
  const moved = builder.value('Transpose', { ...node.attributes, T }, [floats, axes], [{ shape, dtype: 'float32' }])
  return isBool ? builder.value('Greater', { T }, [moved, scalar(0)]) : bits(moved, 'int32')
}
