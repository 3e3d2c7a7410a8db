/** Removes operations that return their input. */
import { attribute, numbersOf, splatOf, type } from '../ir/attributes.js'
import type { DType, Graph, Node, Value } from '../ir/graph.js'
import { type Builder, type Replacement, rewrite } from '../ir/rewrite.js'
import { sameShape, sizeOfShape } from '../ir/shapes.js'

type Rule = (node: Node, builder: Builder) => Replacement

/**
 * The graph without operations that only pass on a value: casts to the same type, reshapes to the same shape, sums over axes of one
 * element, products with one. What only changes the shape becomes one `Reshape` of the value it comes from. Zero added to −0 counts as
 * −0.
 *
 * @example
 * removeIdentities(graph) // Relu(Reshape(Identity(x), same shape)) is Relu(x)
 */
export function removeIdentities(graph: Graph): Graph {
  return rewrite(graph, (node, builder) => (Object.hasOwn(rules, node.op) ? rules[node.op]!(node, builder) : undefined))
}

/** The value, if it has the shape of the node's output. */
const kept = ({ outputs: [output] }: Node, value: Value) => (sameShape(value.shape, output!.shape) ? value : undefined)

const first = (node: Node) => kept(node, node.inputs[0]!)
/** The input in the shape of the output; of an input that is itself a reshape, its source. */
const reshaped: Rule = ({ inputs: [x], outputs: [output] }, builder) =>
  builder.reshape(x!.node.op === 'Reshape' ? x!.node.inputs[0]! : x!, output!.shape)

/** The first operand if all of the second equals this number; also the reverse if they may be exchanged. */
const neutral =
  (number: number, commutative: boolean): Rule =>
  node => {
    const [a, b] = node.inputs
    const second = splatOf(b!) === number ? kept(node, a!) : undefined
    return second ?? (commutative && splatOf(a!) === number ? kept(node, b!) : undefined)
  }

const reduction: Rule = (node, builder) => {
  const [x, axes] = node.inputs
  return numbersOf(axes!)?.every(axis => x!.shape.at(axis) === 1) ? reshaped(node, builder) : undefined
}

/** Types that hold every number of a type. */
const wider: Partial<Record<DType, readonly DType[]>> = { bool: ['int32', 'float32'], float32: ['complex64'] }

/** A cast of a cast that loses nothing is one cast. */
const cast: Rule = (node, builder) => {
  const [x] = node.inputs
  const target = node.outputs[0]!.dtype
  if (x!.dtype === target) return x
  const source = x!.node.op === 'Cast' ? x!.node.inputs[0]! : undefined
  if (!source || !wider[source.dtype]?.includes(x!.dtype)) return undefined
  if (source.dtype === target) return source
  return builder.value('Cast', { ...node.attributes, SrcT: type(source.dtype), DstT: type(target) }, [source])
}

/** A transposition that moves only axes of one element is a reshape. */
const transpose: Rule = (node, builder) => {
  const [x, order] = node.inputs
  const moved = numbersOf(order!)?.filter(axis => x!.shape[axis] !== 1)
  return moved?.every((axis, i) => i === 0 || moved[i - 1]! < axis) ? reshaped(node, builder) : undefined
}

const negation: Rule = ({ inputs: [x] }) => (x!.node.op === 'Neg' ? x!.node.inputs[0] : undefined)

/** A slice that drops nothing is a reshape. */
const stridedSlice: Rule = (node, builder) => {
  const [x, , , strides] = node.inputs
  const isWhole = sizeOfShape(x!.shape) === sizeOfShape(node.outputs[0]!.shape) && numbersOf(strides!)?.every(step => step === 1)
  return isWhole ? reshaped(node, builder) : undefined
}

const select: Rule = node => {
  const [condition, yes, no] = node.inputs
  if (yes === no) return kept(node, yes!)
  const all = splatOf(condition!)
  return all === undefined ? undefined : kept(node, all ? yes! : no!)
}

const sumOfList: Rule = ({ inputs }, builder) => {
  if (inputs.length > 2) return undefined
  return inputs.length === 1 ? inputs[0] : builder.value('AddV2', { T: type(inputs[0]!.dtype) }, inputs)
}

/** A pooling whose window is one element. */
const pool: Rule = node => (attribute(node, 'ksize', 'ints').every(length => length === 1) ? first(node) : undefined)

const forEach = (rule: Rule, names: string): Record<string, Rule> => Object.fromEntries(names.split(' ').map(name => [name, rule]))

const rules: Readonly<Record<string, Rule>> = {
  ...forEach(first, 'Identity StopGradient Slice BroadcastTo Tile Pad PadV2 MirrorPad ConcatV2'),
  ...forEach(reshaped, 'ExpandDims Squeeze'),
  ...forEach(neutral(1, true), 'Mul'),
  ...forEach(neutral(1, false), 'RealDiv Div Pow'),
  ...forEach(neutral(0, true), 'Add AddV2'),
  ...forEach(neutral(0, false), 'Sub'),
  ...forEach(reduction, 'Sum Mean Prod Max Min All Any'),
  ...forEach(select, 'Select SelectV2'),
  ...forEach(pool, 'MaxPool AvgPool'),
  Cast: cast,
  Reshape: (node, builder) => first(node) ?? (node.inputs[0]!.node.op === 'Reshape' ? reshaped(node, builder) : undefined),
  Transpose: transpose,
  Neg: negation,
  StridedSlice: stridedSlice,
  AddN: sumOfList,
  Pack: (node, builder) => (node.inputs.length === 1 ? reshaped(node, builder) : undefined),
}
