/** Which inputs an operation's attribute `T` is the type of. */

import { isElementwise } from './elementwise.js'
import type { Attributes, Node, Value } from './graph.js'

/** By position, if they are not the first. */
const someOf: Readonly<Record<string, readonly number[]>> = {
  Select: [1, 2],
  SelectV2: [1, 2],
  Fill: [1],
  OneHot: [2, 3],
  PadV2: [0, 2],
  Bincount: [2],
  DenseBincount: [2],
  ScatterNd: [1],
  TensorScatterUpdate: [0, 2],
  SparseToDense: [2, 3],
  SparseFillEmptyRows: [1, 3],
  RaggedTensorToTensor: [1, 2],
  LinSpace: [0, 1],
  Conv2DBackpropInput: [1, 2],
  Conv2DBackpropFilter: [0, 2],
  DepthwiseConv2dNativeBackpropInput: [1, 2],
  DepthwiseConv2dNativeBackpropFilter: [0, 2],
  Conv3DBackpropInputV2: [1, 2],
  Conv3DBackpropFilterV2: [0, 2],
  AvgPoolGrad: [1],
  AvgPool3DGrad: [1],
  MaxPool3DGrad: [2],
  ResizeBilinearGrad: [1],
  StridedSliceGrad: [4],
}

const allOf = new Set(
  (
    'MatMul BatchMatMul BatchMatMulV2 Conv2D Conv3D DepthwiseConv2dNative BiasAdd AddN Pack Einsum MaxPoolGrad LRNGrad FusedBatchNorm ' +
    'ClipByValue SoftmaxCrossEntropyWithLogits Dilation2D Dilation2DBackpropInput Dilation2DBackpropFilter LowerBound UpperBound RaggedRange ' +
    'BitwiseAnd'
  ).split(' '),
)

/** The inputs that `T` is the type of: the first, unless the table says otherwise. */
export function typedInputs({ op, inputs }: Pick<Node, 'op' | 'inputs'>): readonly Value[] {
  if (Object.hasOwn(someOf, op)) return someOf[op]!.flatMap(i => inputs[i] ?? [])
  if (op === 'ConcatV2') return inputs.slice(0, -1)
  return allOf.has(op) || isElementwise(op) ? inputs : inputs.slice(0, 1)
}

/** tfjs's kernels name a type in `T` that need not be the inputs'; TensorFlow's graphs insist on it. */
export function withTypeOf(op: string, inputs: readonly Value[], attributes: Attributes): Attributes {
  const [first] = typedInputs({ op, inputs })
  return attributes.T?.kind !== 'type' || first === undefined ? attributes : { ...attributes, T: { kind: 'type', value: first.dtype } }
}
