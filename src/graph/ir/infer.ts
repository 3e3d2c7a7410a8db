/** Shapes and types of an operation's outputs, from its inputs and attributes. */
import { attribute, attributeOr, numbersOf } from './attributes.js'
import type { Attributes, DType, Shape, TensorType, Value } from './graph.js'
import { broadcast, concatenated, convolved, pooled, reduced, reshaped, strided } from './shapes.js'

type Op = { readonly op: string; readonly attributes: Attributes }
type Rule = (inputs: readonly Value[], op: Op) => readonly TensorType[] | undefined

/**
 * The outputs of an operation; undefined if there is no rule for it, or if a shape depends on unknown values.
 *
 * @example
 * inferOutputs('Relu', { T: { kind: 'type', value: 'float32' } }, [x]) // [{ shape: x.shape, dtype: x.dtype }]
 */
export function inferOutputs(op: string, attributes: Attributes, inputs: readonly Value[]): readonly TensorType[] | undefined {
  return Object.hasOwn(rules, op) ? rules[op]!(inputs, { op, attributes }) : undefined
}

const one = (shape: Shape, dtype: DType): readonly TensorType[] => [{ shape, dtype }]
const same: Rule = ([x]) => one(x!.shape, x!.dtype)
const elementwise: Rule = ([a, b]) => one(broadcast(a!.shape, b!.shape), a!.dtype)
const comparison: Rule = ([a, b]) => one(broadcast(a!.shape, b!.shape), 'bool')
const reduction =
  (dtype?: DType): Rule =>
  ([x, axes], op) => {
    const list = numbersOf(axes!)
    return list && one(reduced(x!.shape, list, attributeOr(op, 'keep_dims', 'bool', false)), dtype ?? x!.dtype)
  }
const argument: Rule = ([x, axis], op) => {
  const list = numbersOf(axis!)
  return list && one(reduced(x!.shape, list, false), attributeOr(op, 'output_type', 'type', 'int32'))
}
const ofSizes =
  (sizes: number, dtype: number): Rule =>
  inputs => {
    const shape = numbersOf(inputs[sizes]!)
    return shape && one(shape, inputs[dtype]!.dtype)
  }
const convolution =
  (depthwise: boolean): Rule =>
  ([x, filter], op) => {
    const [from, to] = filter!.shape.slice(-2) as [number, number]
    const channels = depthwise ? from * to : to
    const dilations = attributeOr(op, 'dilations', 'ints', [])
    const window = filter!.shape.slice(0, -2).map((length, i) => (length - 1) * (dilations[i + 1] ?? 1) + 1)
    return one([...convolved(x!.shape, window, op), channels], x!.dtype)
  }
const matMul =
  (transposeA: string, transposeB: string): Rule =>
  ([a, b], op) => {
    const rows = a!.shape.at(attributeOr(op, transposeA, 'bool', false) ? -1 : -2)!
    const columns = b!.shape.at(attributeOr(op, transposeB, 'bool', false) ? -2 : -1)!
    return one([...broadcast(a!.shape.slice(0, -2), b!.shape.slice(0, -2)), rows, columns], a!.dtype)
  }
const normalization: Rule = ([x, scale], { op }) => {
  const channel = { shape: scale!.shape, dtype: scale!.dtype }
  const [shape, dtype] = [x!.shape, x!.dtype]
  return [{ shape, dtype }, channel, channel, channel, channel, ...(op === 'FusedBatchNormV3' ? [channel] : [])]
}
const normalizationGradient: Rule = ([, x, scale]) => {
  const channel = { shape: scale!.shape, dtype: scale!.dtype }
  // The last two are unused outputs without elements.
  return [{ shape: x!.shape, dtype: x!.dtype }, channel, channel, { shape: [0], dtype: scale!.dtype }, { shape: [0], dtype: scale!.dtype }]
}
const expandedAt: Rule = ([x, axis]) => {
  const [position] = numbersOf(axis!) ?? []
  if (position === undefined) return undefined
  const shape = [...x!.shape]
  shape.splice(position < 0 ? position + shape.length + 1 : position, 0, 1)
  return one(shape, x!.dtype)
}
const shapeWith =
  (change: (x: Shape, numbers: readonly number[][], op: Op) => Shape, ...from: readonly number[]): Rule =>
  (inputs, op) => {
    const numbers = from.map(i => numbersOf(inputs[i]!))
    return numbers.every(list => list !== undefined)
      ? one(change(inputs[0]!.shape, numbers as number[][], op), inputs[0]!.dtype)
      : undefined
  }
const random: Rule = ([sizes], op) => {
  const shape = numbersOf(sizes!)
  return shape && one(shape, attributeOr(op, 'dtype', 'type', 'float32'))
}
/** Images at another height and width. */
/** `type` is that of the result where it is not that of the images. */
const resized =
  (type?: 'float32'): Rule =>
  ([images, size]) => {
    const lengths = numbersOf(size!)
    const { shape, dtype } = images!
    return lengths && one([shape[0]!, ...lengths, shape.at(-1)!], type ?? dtype)
  }
const pairs = (list: readonly number[]) => Array.from({ length: list.length / 2 }, (_, i) => list.slice(2 * i, 2 * i + 2))
const table = (rule: Rule, names: string): Record<string, Rule> => Object.fromEntries(names.split(' ').map(name => [name, rule]))

const rules: Readonly<Record<string, Rule>> = {
  ...table(
    same,
    'Identity Relu Relu6 LeakyRelu Elu Selu Sigmoid Tanh Softplus Softmax LogSoftmax Softsign Exp Expm1 Log Log1p Sqrt Rsqrt Square Neg Abs Sign Floor Ceil Round Rint ' +
      'Sin Cos Tan Asin Acos Atan Sinh Cosh Asinh Acosh Atanh Erf Reciprocal Inv ZerosLike OnesLike BiasAdd AddN ClipByValue StopGradient Cumsum Cumprod ' +
      'LogicalNot ReverseV2 Step LRN CheckNumerics',
  ),
  ...table(
    elementwise,
    'Add AddV2 Sub Mul Div RealDiv DivNoNan MulNoNan FloorDiv FloorMod Mod Pow Maximum Minimum SquaredDifference Atan2 Xdivy Xlogy',
  ),
  ...table(comparison, 'Equal NotEqual Greater GreaterEqual Less LessEqual LogicalAnd LogicalOr'),
  ...table(
    same,
    'ReluGrad Relu6Grad LeakyReluGrad EluGrad SeluGrad SigmoidGrad TanhGrad SqrtGrad RsqrtGrad SoftplusGrad SoftsignGrad ReciprocalGrad',
  ),
  ...table(([x]) => one(x!.shape, 'bool'), 'IsNan IsInf IsFinite'),
  ...table(reduction(), 'Sum Mean Prod Max Min'),
  ...table(reduction('bool'), 'All Any'),
  ...table(argument, 'ArgMax ArgMin'),
  ...table(random, 'StatelessRandomUniform StatelessRandomNormal StatelessTruncatedNormal'),
  Cast: ([x], op) => one(x!.shape, attribute(op, 'DstT', 'type')),
  Select: ([, x]) => one(x!.shape, x!.dtype),
  SelectV2: ([c, a, b]) => one(broadcast(c!.shape, broadcast(a!.shape, b!.shape)), a!.dtype),
  Conv2D: convolution(false),
  Conv3D: convolution(false),
  DepthwiseConv2dNative: convolution(true),
  Conv2DBackpropInput: ofSizes(0, 2),
  Conv2DBackpropFilter: ofSizes(1, 2),
  DepthwiseConv2dNativeBackpropInput: ofSizes(0, 2),
  DepthwiseConv2dNativeBackpropFilter: ofSizes(1, 2),
  Conv3DBackpropInputV2: ofSizes(0, 2),
  Conv3DBackpropFilterV2: ofSizes(1, 2),
  MatMul: matMul('transpose_a', 'transpose_b'),
  BatchMatMul: matMul('adj_x', 'adj_y'),
  BatchMatMulV2: matMul('adj_x', 'adj_y'),
  MaxPool: ([x], op) => one(pooled(x!.shape, op), x!.dtype),
  AvgPool: ([x], op) => one(pooled(x!.shape, op), x!.dtype),
  MaxPool3D: ([x], op) => one(pooled(x!.shape, op), x!.dtype),
  AvgPool3D: ([x], op) => one(pooled(x!.shape, op), x!.dtype),
  MaxPoolGrad: same,
  MaxPool3DGrad: same,
  AvgPoolGrad: ofSizes(0, 1),
  AvgPool3DGrad: ofSizes(0, 1),
  ResizeBilinear: resized('float32'),
  ResizeNearestNeighbor: resized(),
  ResizeBilinearGrad: ([, original]) => one(original!.shape, original!.dtype),
  ResizeNearestNeighborGrad: resized(),
  FusedBatchNorm: normalization,
  FusedBatchNormV3: normalization,
  FusedBatchNormGradV3: normalizationGradient,
  BiasAddGrad: ([x]) => one([x!.shape.at(-1)!], x!.dtype),
  Fill: ([dims, value]) => {
    const shape = numbersOf(dims!)
    return shape && one(shape, value!.dtype)
  },
  Reshape: shapeWith((x, [target]) => reshaped(x, target!), 1),
  ExpandDims: expandedAt,
  Squeeze: ([x], op) => {
    const dims = attributeOr(op, 'squeeze_dims', 'ints', []).map(axis => (axis < 0 ? axis + x!.shape.length : axis))
    return one(
      x!.shape.filter((length, i) => (dims.length > 0 ? !dims.includes(i) : length !== 1)),
      x!.dtype,
    )
  },
  Transpose: shapeWith((x, [axes]) => axes!.map(axis => x[axis]!), 1),
  Tile: shapeWith((x, [times]) => x.map((length, i) => length * times![i]!), 1),
  PadV2: shapeWith((x, [margins]) => x.map((length, i) => length + margins![2 * i]! + margins![2 * i + 1]!), 1),
  Pad: shapeWith((x, [margins]) => x.map((length, i) => length + margins![2 * i]! + margins![2 * i + 1]!), 1),
  MirrorPad: shapeWith((x, [margins]) => x.map((length, i) => length + pairs(margins!)[i]!.reduce((a, b) => a + b, 0)), 1),
  Slice: shapeWith((x, [begin, size]) => size!.map((length, i) => (length === -1 ? x[i]! - begin![i]! : length)), 1, 2),
  StridedSlice: shapeWith((x, numbers, op) => strided(x, numbers, op), 1, 2, 3),
  StridedSliceGrad: ([sizes, , , , dy]) => {
    const shape = numbersOf(sizes!)
    return shape && one(shape, dy!.dtype)
  },
  BroadcastTo: shapeWith((_, [target]) => target!, 1),
  ConcatV2: inputs => {
    const axis = numbersOf(inputs.at(-1)!)?.[0]
    const parts = inputs.slice(0, -1)
    return axis === undefined
      ? undefined
      : one(
          concatenated(
            parts.map(({ shape }) => shape),
            axis,
          ),
          parts[0]!.dtype,
        )
  },
  Pack: (inputs, op) => {
    const shape = [...inputs[0]!.shape]
    const axis = attributeOr(op, 'axis', 'int', 0)
    shape.splice(axis < 0 ? axis + shape.length + 1 : axis, 0, inputs.length)
    return one(shape, inputs[0]!.dtype)
  },
  Unpack: ([x], op) => {
    const axis = attributeOr(op, 'axis', 'int', 0)
    const at = axis < 0 ? axis + x!.shape.length : axis
    const shape = x!.shape.filter((_, i) => i !== at)
    return Array.from({ length: x!.shape[at]! }, () => ({ shape, dtype: x!.dtype }))
  },
  SplitV: ([x, sizes, axis]) => {
    const [lengths, at] = [numbersOf(sizes!), numbersOf(axis!)?.[0]]
    if (!lengths || at === undefined) return undefined
    const index = at < 0 ? at + x!.shape.length : at
    return lengths.map(length => ({ shape: x!.shape.map((n, i) => (i === index ? length : n)), dtype: x!.dtype }))
  },
  OneHot: ([indices, depth, on], op) => {
    const [length] = numbersOf(depth!) ?? []
    if (length === undefined) return undefined
    const axis = attributeOr(op, 'axis', 'int', -1)
    const shape = [...indices!.shape]
    shape.splice(axis < 0 ? shape.length : axis, 0, length)
    return one(shape, on!.dtype)
  },
  GatherV2: ([x, indices, axis], op) => {
    const [at] = numbersOf(axis!) ?? []
    if (at === undefined) return undefined
    const batch = attributeOr(op, 'batch_dims', 'int', 0)
    return one([...x!.shape.slice(0, at), ...indices!.shape.slice(batch), ...x!.shape.slice(at + 1)], x!.dtype)
  },
  UnsortedSegmentSum: ([x, ids, count]) => {
    const [segments] = numbersOf(count!) ?? []
    return segments === undefined ? undefined : one([segments, ...x!.shape.slice(ids!.shape.length)], x!.dtype)
  },
  SoftmaxCrossEntropyWithLogits: ([logits]) => [
    { shape: logits!.shape.slice(0, 1), dtype: logits!.dtype },
    { shape: logits!.shape, dtype: logits!.dtype },
  ],
  L2Loss: ([x]) => one([], x!.dtype),
}
