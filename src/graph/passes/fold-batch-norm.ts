/** Folds batch normalisation of inference into the product before it. */

import { type Arithmetic, arithmeticOf } from '../ir/arithmetic.js'
import { attribute, attributeOr, string, type } from '../ir/attributes.js'
import type { Graph, Node, Value } from '../ir/graph.js'
import { type Builder, countUses, rewrite } from '../ir/rewrite.js'
import { sameShape, sizeOfShape } from '../ir/shapes.js'

/** A product of weights, and how to scale and shift its channels. */
interface Product {
  /** What is already added to the channels. */
  readonly bias?: Value
  scaled(scale: Value, shift: Value): Value
}

type Find = (value: Value, original: Value) => Product | undefined

/**
 * The graph with the normalisations by moving averages folded away: the weights of the convolution or matrix product before it are scaled
 * per output channel, and one bias remains. After anything else they become a product and a sum. Normalisations in training are kept.
 *
 * TensorFlow's own optimizer would fuse convolution, normalisation and activation, for some activations into a kernel that it does not
 * have; this pass leaves it nothing to fuse.
 *
 * @example
 * foldBatchNorm(graph) // FusedBatchNormV3(Conv2D(x, w), gamma, …) is BiasAdd(Conv2D(x, Mul(w, scale)), shift)
 */
export function foldBatchNorm(graph: Graph): Graph {
  const uses = countUses(graph)
  const isUsedOnce = (value: Value) => uses.get(value) === 1
  return rewrite(graph, (node, builder, original) => {
    if (!isFoldable(node) || original.outputs.some((output, i) => i > 0 && uses.has(output))) return undefined
    const arithmetic = arithmeticOf(builder)
    const product = findProduct(builder, isUsedOnce)(node.inputs[0]!, original.inputs[0]!)
    const { scale, shift } = scaling(node, arithmetic, builder, product?.bias)
    return product ? product.scaled(scale, shift) : arithmetic.add(arithmetic.mul(node.inputs[0]!, scale), shift)
  })
}

function isFoldable(node: Node): boolean {
  if (node.op !== 'FusedBatchNorm' && node.op !== 'FusedBatchNormV3') return false
  const isOfInference = !attributeOr(node, 'is_training', 'bool', true)
  return isOfInference && attributeOr(node, 'data_format', 'string', 'NHWC') === 'NHWC' && node.inputs[0]!.dtype === 'float32'
}

/** `scale = gamma / sqrt(variance + epsilon)` and `shift = beta + (bias - mean) * scale`. */
function scaling(node: Node, { add, sub, mul }: Arithmetic, { value }: Builder, bias: Value | undefined) {
  const [, gamma, beta, mean, variance] = node.inputs
  const deviation = add(variance!, attribute(node, 'epsilon', 'float'))
  const scale = mul(value('Rsqrt', { T: type('float32') }, [deviation]), gamma!)
  const shift = bias ? add(mul(sub(bias, mean!), scale), beta!) : sub(beta!, mul(mean!, scale))
  return { scale, shift }
}

/** Looks from a value back to the product that it comes from, through nodes that nothing else uses. */
function findProduct(builder: Builder, isUsedOnce: (original: Value) => boolean): Find {
  const find: Find = (value, original) => {
    if (!isUsedOnce(original)) return undefined
    const { op, inputs } = value.node
    const back = (i: number) => find(inputs[i]!, original.node.inputs[i]!)
    if (Object.hasOwn(weighed, op)) return { scaled: (scale, shift) => addBias(builder, weigh(value.node, builder, scale), shift) }
    if (op === 'Reshape') return reshaped(builder, value, back)
    return op === 'BiasAdd' || op === 'Add' || op === 'AddV2' ? biased(builder, value, back) : undefined
  }
  return find
}

function addBias({ value }: Builder, x: Value, bias: Value): Value {
  return value('BiasAdd', { T: type('float32'), data_format: string('NHWC') }, [x, bias])
}

/** A reshape that keeps the channels in place. */
function reshaped(builder: Builder, value: Value, back: (input: number) => Product | undefined): Product | undefined {
  const [x] = value.node.inputs
  const product = x!.shape.at(-1) === value.shape.at(-1) ? back(0) : undefined
  return product && { ...product, scaled: (...channels) => builder.reshape(product.scaled(...channels), value.shape) }
}

/** A sum with one number per channel. */
function biased(builder: Builder, value: Value, back: (input: number) => Product | undefined): Product | undefined {
  const channels = value.shape.at(-1)!
  const isBias = ({ shape }: Value) => shape.at(-1) === channels && sizeOfShape(shape) === channels
  const { inputs } = value.node
  const at = inputs.findLastIndex((input, i) => isBias(input) && sameShape(inputs[1 - i]!.shape, value.shape))
  const product = at === -1 ? undefined : back(1 - at)
  return product && !product.bias ? { ...product, bias: builder.reshape(inputs[at]!, [channels]) } : undefined
}

/** The shape in which one number per output channel multiplies the weights of a product. */
const weighed: Readonly<Record<string, (node: Node) => readonly number[]>> = {
  Conv2D: ({ inputs: [, filter] }) => filter!.shape.slice(3),
  DepthwiseConv2dNative: ({ inputs: [, filter] }) => filter!.shape.slice(2),
  MatMul: node => columns(node, 'transpose_b'),
  BatchMatMul: node => columns(node, 'adj_y'),
  BatchMatMulV2: node => columns(node, 'adj_y'),
}

function columns(node: Node, transposed: string): readonly number[] {
  const channels = node.outputs[0]!.shape.at(-1)!
  return attributeOr(node, transposed, 'bool', false) ? [channels, 1] : [channels]
}

/** The product with its weights scaled. */
function weigh(node: Node, builder: Builder, scale: Value): Value {
  const [x, weights] = node.inputs
  const factor = builder.reshape(scale, weighed[node.op]!(node))
  return builder.value(node.op, node.attributes, [x!, arithmeticOf(builder).mul(weights!, factor)], node.outputs)
}
