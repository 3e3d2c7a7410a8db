/** Shapes and types of outputs by the rules of TensorFlow's operations, worked out by hand. */
import { expect } from 'chai'
import { bool, int, ints, string, type } from '../../../src/graph/ir/attributes.js'
import { type Attributes, createConst, createNode, type DType, type TensorType, type Value } from '../../../src/graph/ir/graph.js'
import { inferOutputs } from '../../../src/graph/ir/infer.js'

const of = (shape: readonly number[], dtype: DType = 'float32'): TensorType => ({ shape, dtype })
const x = (...shape: readonly number[]) => createNode('Input', {}, [], [of(shape)]).outputs[0]!
const i = (...shape: readonly number[]) => createNode('Input', {}, [], [of(shape, 'int32')]).outputs[0]!
const b = (...shape: readonly number[]) => createNode('Input', {}, [], [of(shape, 'bool')]).outputs[0]!
const list = (...numbers: readonly number[]) =>
  createConst({ data: Int32Array.from(numbers) }, { shape: [numbers.length], dtype: 'int32' }).outputs[0]!
const scalar = (splat: number) => createConst({ splat }, { shape: [], dtype: 'int32' }).outputs[0]!

type Row = readonly [op: string, inputs: readonly Value[], attributes: Attributes, outputs: readonly TensorType[] | undefined]

const windows = (padding: string, strides: readonly number[] = [1, 1, 1, 1]) => ({ padding: string(padding), strides: ints(strides) })
const image = x(2, 7, 9, 3)

const rows: readonly Row[] = [
  // One input, the same shape.
  ...['Identity', 'Relu', 'Softmax', 'Neg', 'Erf', 'AddN', 'Cumsum', 'CheckNumerics', 'LRN'].map(
    (op): Row => [op, [x(2, 3)], {}, [of([2, 3])]],
  ),
  ['Identity', [i(4)], {}, [of([4], 'int32')]],
  ...['ReluGrad', 'TanhGrad', 'SqrtGrad', 'ReciprocalGrad'].map((op): Row => [op, [x(2, 3), x(2, 3)], {}, [of([2, 3])]]),
  ...['IsNan', 'IsInf', 'IsFinite'].map((op): Row => [op, [x(2, 3)], {}, [of([2, 3], 'bool')]]),
  ['Cast', [x(2)], { DstT: type('int32') }, [of([2], 'int32')]],
  ['L2Loss', [x(4, 5)], {}, [of([])]],
  // Broadcasting.
  ...['AddV2', 'RealDiv', 'Maximum', 'Xlogy', 'Atan2'].map((op): Row => [op, [x(2, 1, 4), x(3, 1)], {}, [of([2, 3, 4])]]),
  ['Mul', [i(3), i()], {}, [of([3], 'int32')]],
  ...['Equal', 'LessEqual', 'LogicalOr'].map((op): Row => [op, [x(2, 1), x(3)], {}, [of([2, 3], 'bool')]]),
  ['Select', [b(2), i(2), i(2)], {}, [of([2], 'int32')]],
  ['SelectV2', [b(4, 1, 1), x(3, 1), x(2)], {}, [of([4, 3, 2])]],
  ['SelectV2', [b(), i(3), i(3)], {}, [of([3], 'int32')]],
  ['BroadcastTo', [x(1, 3), list(5, 2, 3)], {}, [of([5, 2, 3])]],
  // Reductions.
  ...['Sum', 'Mean', 'Prod', 'Max', 'Min'].map((op): Row => [op, [x(2, 3, 4), list(1, -1)], {}, [of([2])]]),
  ['Sum', [i(2, 3), list(0)], { keep_dims: bool(true) }, [of([1, 3], 'int32')]],
  ['Sum', [x(2, 3), i(1)], {}, undefined],
  ...['All', 'Any'].map((op): Row => [op, [b(2, 3), list(1)], {}, [of([2], 'bool')]]),
  ['Any', [b(2, 3), i(1)], {}, undefined],
  ...['ArgMax', 'ArgMin'].map((op): Row => [op, [x(2, 3, 4), scalar(1)], { keep_dims: bool(true) }, [of([2, 4], 'int32')]]),
  ['ArgMax', [x(2, 3), scalar(-1)], { output_type: type('float32') }, [of([2])]],
  ['ArgMax', [x(2, 3), i()], {}, undefined],
  ['UnsortedSegmentSum', [x(6, 5), i(6), scalar(3)], {}, [of([3, 5])]],
  ['UnsortedSegmentSum', [x(2, 3, 5), i(2, 3), scalar(4)], {}, [of([4, 5])]],
  ['UnsortedSegmentSum', [x(6), i(6), i()], {}, undefined],
  ['SoftmaxCrossEntropyWithLogits', [x(8, 10), x(8, 10)], {}, [of([8]), of([8, 10])]],
  ['BiasAddGrad', [x(2, 5, 5, 7)], {}, [of([7])]],
  // Products.
  ['MatMul', [x(2, 3), x(3, 5)], {}, [of([2, 5])]],
  ['MatMul', [x(3, 2), x(5, 3)], { transpose_a: bool(true), transpose_b: bool(true) }, [of([2, 5])]],
  ['MatMul', [x(3, 2), x(3, 5)], { transpose_a: bool(true) }, [of([2, 5])]],
  ['BatchMatMulV2', [x(4, 1, 2, 3), x(6, 3, 5)], {}, [of([4, 6, 2, 5])]],
  ['BatchMatMul', [x(4, 3, 2), x(4, 5, 3)], { adj_x: bool(true), adj_y: bool(true) }, [of([4, 2, 5])]],
  // Convolutions and pooling, NHWC.
  ['Conv2D', [image, x(3, 3, 3, 16)], windows('SAME'), [of([2, 7, 9, 16])]],
  ['Conv2D', [image, x(3, 5, 3, 16)], windows('VALID', [1, 2, 1, 1]), [of([2, 3, 5, 16])]],
  ['Conv2D', [image, x(3, 2, 3, 4)], { ...windows('VALID'), dilations: ints([1, 2, 3, 1]) }, [of([2, 3, 6, 4])]],
  ['Conv2D', [image, x(3, 3, 3, 4)], { ...windows('EXPLICIT'), explicit_paddings: ints([0, 0, 1, 2, 3, 0, 0, 0]) }, [of([2, 8, 10, 4])]],
  ['DepthwiseConv2dNative', [image, x(3, 3, 3, 2)], windows('SAME', [1, 2, 2, 1]), [of([2, 4, 5, 6])]],
  ...['MaxPool', 'AvgPool'].map(
    (op): Row => [op, [image], { ...windows('VALID', [1, 2, 2, 1]), ksize: ints([1, 2, 3, 1]) }, [of([2, 3, 4, 3])]],
  ),
  ['Conv2D', [image, x(3, 3, 1, 6)], windows('SAME'), [of([2, 7, 9, 6])]],
  ['Conv3D', [x(2, 7, 9, 5, 3), x(3, 3, 2, 3, 4)], windows('VALID', [1, 1, 2, 1, 1]), [of([2, 5, 4, 4, 4])]],
  ['Conv3DBackpropInputV2', [list(2, 7, 9, 5, 3), x(3, 3, 3, 3, 4), x(2, 7, 9, 5, 4)], {}, [of([2, 7, 9, 5, 3])]],
  ['Conv3DBackpropFilterV2', [x(2, 7, 9, 5, 3), list(3, 3, 3, 3, 4), x(2, 7, 9, 5, 4)], {}, [of([3, 3, 3, 3, 4])]],
  ...['MaxPool3D', 'AvgPool3D'].map(
    (op): Row => [op, [x(2, 7, 9, 5, 3)], { ...windows('SAME', [1, 2, 2, 2, 1]), ksize: ints([1, 3, 3, 3, 1]) }, [of([2, 4, 5, 3, 3])]],
  ),
  ['MaxPool3DGrad', [x(2, 4, 4, 4, 3), x(2, 2, 2, 2, 3), x(2, 2, 2, 2, 3)], {}, [of([2, 4, 4, 4, 3])]],
  ['AvgPool3DGrad', [list(2, 4, 4, 4, 3), x(2, 2, 2, 2, 3)], {}, [of([2, 4, 4, 4, 3])]],
  ...['ResizeBilinear', 'ResizeNearestNeighbor', 'ResizeNearestNeighborGrad'].map(
    (op): Row => [op, [image, list(4, 5)], {}, [of([2, 4, 5, 3])]],
  ),
  ['ResizeBilinear', [image, i(2)], {}, undefined],
  ['ResizeBilinearGrad', [x(2, 4, 5, 3), image], {}, [of([2, 7, 9, 3])]],
  ['MaxPoolGrad', [image, x(2, 3, 4, 3), x(2, 3, 4, 3)], {}, [of([2, 7, 9, 3])]],
  ['AvgPoolGrad', [list(2, 7, 9, 3), x(2, 3, 4, 3)], {}, [of([2, 7, 9, 3])]],
  ...['Conv2DBackpropInput', 'DepthwiseConv2dNativeBackpropInput'].map(
    (op): Row => [op, [list(2, 7, 9, 3), x(3, 3, 3, 4), x(2, 7, 9, 4)], {}, [of([2, 7, 9, 3])]],
  ),
  ...['Conv2DBackpropFilter', 'DepthwiseConv2dNativeBackpropFilter'].map(
    (op): Row => [op, [image, list(3, 3, 3, 4), x(2, 7, 9, 4)], {}, [of([3, 3, 3, 4])]],
  ),
  ['Conv2DBackpropInput', [i(4), x(3, 3, 3, 4), x(2, 7, 9, 4)], {}, undefined],
  // Normalisation.
  ['FusedBatchNorm', [image, x(3), x(3), x(3), x(3)], {}, [of([2, 7, 9, 3]), ...Array(4).fill(of([3]))]],
  ['FusedBatchNormV3', [image, x(3), x(3), x(3), x(3)], {}, [of([2, 7, 9, 3]), ...Array(5).fill(of([3]))]],
  ['FusedBatchNormGradV3', [image, x(2, 7, 9, 3), x(3), x(3), x(3), x(3)], {}, [of([2, 7, 9, 3]), of([3]), of([3]), of([0]), of([0])]],
  // Shapes from constants.
  ['Fill', [list(2, 3), scalar(7)], {}, [of([2, 3], 'int32')]],
  ['Fill', [i(2), scalar(7)], {}, undefined],
  ['Reshape', [x(2, 3, 4), list(4, -1)], {}, [of([4, 6])]],
  ['Reshape', [x(2, 3), i(2)], {}, undefined],
  ['ExpandDims', [x(2, 3), scalar(1)], {}, [of([2, 1, 3])]],
  ['ExpandDims', [x(2, 3), scalar(-1)], {}, [of([2, 3, 1])]],
  ['ExpandDims', [x(2, 3), scalar(0)], {}, [of([1, 2, 3])]],
  ['ExpandDims', [x(2, 3), i()], {}, undefined],
  ['Squeeze', [x(1, 2, 1, 3)], {}, [of([2, 3])]],
  ['Squeeze', [x(1, 2, 1, 3)], { squeeze_dims: ints([0]) }, [of([2, 1, 3])]],
  ['Squeeze', [x(1, 2, 1)], { squeeze_dims: ints([-1]) }, [of([1, 2])]],
  ['Transpose', [x(2, 3, 4), list(2, 0, 1)], {}, [of([4, 2, 3])]],
  ['Tile', [x(2, 3), list(1, 4)], {}, [of([2, 12])]],
  ['Pad', [x(2, 3), list(1, 2, 0, 4)], {}, [of([5, 7])]],
  ['PadV2', [x(2, 3), list(0, 2, 3, 0), scalar(0)], {}, [of([4, 6])]],
  ['MirrorPad', [x(4, 3), list(1, 2, 2, 1)], {}, [of([7, 6])]],
  ['Slice', [x(5, 6), list(1, 2), list(3, -1)], {}, [of([3, 4])]],
  ['Slice', [x(5, 6), list(1, 2), i(2)], {}, undefined],
  ['StridedSlice', [x(8, 6), list(1, -1), list(7, 0), list(2, -2)], {}, [of([3, 3])]],
  [
    'StridedSlice',
    [x(8, 6), list(1, 2), list(7, 3), list(1, 1)],
    { begin_mask: int(1), end_mask: int(2), shrink_axis_mask: int(0) },
    [of([7, 4])],
  ],
  ['StridedSlice', [x(8, 6), list(1, 2), list(7, 3), list(1, 1)], { shrink_axis_mask: int(2) }, [of([6])]],
  ['StridedSlice', [x(8, 6), list(5), list(2), list(1)], {}, [of([0, 6])]],
  ['StridedSliceGrad', [list(8, 6), list(1, 2), list(7, 3), list(1, 1), x(6, 1)], {}, [of([8, 6])]],
  ['StridedSliceGrad', [i(2), list(1, 2), list(7, 3), list(1, 1), x(6, 1)], {}, undefined],
  ['ConcatV2', [x(2, 3), x(4, 3), x(1, 3), scalar(0)], {}, [of([7, 3])]],
  ['ConcatV2', [i(2, 3), i(2, 5), scalar(-1)], {}, [of([2, 8], 'int32')]],
  ['ConcatV2', [x(2), x(3), i()], {}, undefined],
  ['Pack', [x(2, 3), x(2, 3), x(2, 3), x(2, 3)], {}, [of([4, 2, 3])]],
  ['Pack', [x(2, 3), x(2, 3)], { axis: int(-1) }, [of([2, 3, 2])]],
  ['Pack', [x(2, 3), x(2, 3)], { axis: int(1) }, [of([2, 2, 3])]],
  ['SplitV', [x(2, 5), list(2, 3), scalar(-1)], {}, [of([2, 2]), of([2, 3])]],
  ['SplitV', [x(4, 3), list(1, 3), scalar(0)], {}, [of([1, 3]), of([3, 3])]],
  ['SplitV', [x(4, 3), i(2), scalar(0)], {}, undefined],
  ['Unpack', [x(2, 3)], {}, [of([3]), of([3])]],
  ['Unpack', [x(2, 3)], { axis: int(-1) }, [of([2]), of([2]), of([2])]],
  ['OneHot', [i(4), scalar(10), x(), x()], {}, [of([4, 10])]],
  ['OneHot', [i(4, 5), scalar(10), x(), x()], { axis: int(0) }, [of([10, 4, 5])]],
  ['OneHot', [i(4), i(), x(), x()], {}, undefined],
  ['GatherV2', [x(5, 6, 7), i(2, 3), scalar(1)], {}, [of([5, 2, 3, 7])]],
  ['GatherV2', [x(5, 6, 7), i(5, 3), scalar(1)], { batch_dims: int(1) }, [of([5, 3, 7])]],
  ['GatherV2', [x(5, 6), i(2), i()], {}, undefined],
  ...['StatelessRandomUniform', 'StatelessRandomNormal', 'StatelessTruncatedNormal'].map(
    (op): Row => [op, [list(2, 3), list(1, 2)], {}, [of([2, 3])]],
  ),
  ['StatelessRandomUniform', [list(2, 3), list(1, 2)], { dtype: type('int32') }, [of([2, 3], 'int32')]],
  ['StatelessRandomUniform', [i(2), list(1, 2)], {}, undefined],
  // No rule: the outputs are found by running the kernel.
  ['NoSuchOperation', [x(2)], {}, undefined],
  ['toString', [x(2)], {}, undefined],
]

describe('outputs are inferred', () => {
  for (const [op, inputs, attributes, outputs] of rows) {
    const shown = inputs.map(({ shape }) => `[${shape}]`).join(' ')
    const result = outputs ? outputs.map(({ shape, dtype }) => `${dtype}[${shape}]`).join(' ') : 'unknown'
    it(`${op} of ${shown} ${Object.keys(attributes).join(' ')}: ${result}`, () => {
      expect(inferOutputs(op, attributes, inputs)).to.deep.equal(outputs)
    })
  }
})
