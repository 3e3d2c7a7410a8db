import { expect } from 'chai'
import { type Builder, rewrite } from '../../../src/graph/ir/rewrite.js'
import { byPosition } from '../../../src/graph/passes/convolutions/by-position.js'
import { byTap } from '../../../src/graph/passes/convolutions/by-tap.js'
import { operandsOf, readConvolution } from '../../../src/graph/passes/convolutions/convolution.js'
import type { Lowering } from '../../../src/graph/passes/convolutions/lowering.js'
import { pointwise } from '../../../src/graph/passes/convolutions/pointwise.js'
import { winograd } from '../../../src/graph/passes/convolutions/winograd.js'
import { lowerConvolutions } from '../../../src/graph/passes/lower-convolutions.js'
import { loadTensorflow, type Tensorflow } from '../../../src/graph/tensorflow.js'
import { convolutionGraph, kinds, type Shapes } from './convolutions.js'
import { expectSame, expectText } from './support.js'

let tf: Tensorflow
before(async () => {
  tf = await loadTensorflow()
})

const nameOf = ({ images, window, out, strides = [1, 1], padding = 'SAME' }: Shapes) =>
  `${images.join('×')} by ${window.join('×')}→${out} / ${strides.join('×')} ${padding}`

/** Each lowering computes what the convolution computes, whether or not it is the one that would be chosen. */
function expectLowering(
  { applies, build }: Lowering<never> & { build: Partial<Lowering['build']> },
  cases: readonly Shapes[],
  within = 1e-5,
): void {
  for (const shapes of cases) {
    for (const kind of kinds.filter(kind => build[kind])) {
      it(`${kind} of ${nameOf(shapes)}`, () => {
        const graph = convolutionGraph(kind, shapes)
        const lowered = rewrite(graph, (node, b: Builder) => {
          const convolution = readConvolution(node)
          if (!convolution) return undefined
          expect(applies(convolution), 'applies').to.equal(true)
          return build[kind]!(b, convolution, ...operandsOf(node, convolution))
        })
        expect(lowered.nodes.some(({ op }) => op.includes('Conv'))).to.equal(false)
        expectSame(tf, graph, lowered, { within })
      })
    }
  }
}

describe('1×1 convolutions as matrix products', () => {
  expectLowering(pointwise, [
    { images: [3, 5, 4, 6], window: [1, 1], out: 7 },
    { images: [3, 7, 7, 4], window: [1, 1], out: 5, strides: [2, 2] },
    { images: [3, 4, 6, 4], window: [1, 1], out: 5, strides: [2, 3], padding: 'VALID' },
    { images: [3, 2, 2, 4], window: [1, 1], out: 1, strides: [2, 2] },
    { images: [1, 1, 1, 8], window: [1, 1], out: 3 },
  ])
})

describe('convolutions position by position', () => {
  expectLowering(byPosition, [
    { images: [4, 1, 1, 5], window: [3, 3], out: 6 },
    { images: [4, 2, 2, 5], window: [3, 3], out: 6 },
    { images: [4, 2, 2, 5], window: [3, 3], out: 6, strides: [2, 2] },
    { images: [4, 4, 4, 5], window: [3, 3], out: 6, strides: [2, 2] },
    { images: [4, 3, 2, 5], window: [2, 3], out: 6, strides: [1, 2] },
    { images: [4, 5, 5, 3], window: [3, 3], out: 2, padding: 'VALID' },
    { images: [4, 5, 6, 3], window: [2, 2], out: 2, strides: [3, 3], padding: 'VALID' },
    { images: [4, 4, 4, 3], window: [5, 5], out: 2, strides: [2, 2], padding: [2, 1, 1, 2] },
  ])
})

describe('gradients of filters tap by tap', () => {
  expectLowering(byTap, [
    { images: [4, 1, 1, 5], window: [3, 3], out: 6 },
    { images: [4, 2, 2, 5], window: [3, 3], out: 6 },
    { images: [4, 2, 2, 5], window: [3, 3], out: 6, strides: [2, 2] },
    { images: [3, 7, 6, 4], window: [3, 3], out: 6, strides: [2, 2] },
    { images: [3, 4, 4, 4], window: [3, 3], out: 6 },
    { images: [3, 5, 5, 4], window: [2, 3], out: 4, padding: 'VALID' },
    { images: [3, 5, 5, 3], window: [3, 3], out: 4, strides: [2, 1], padding: [0, 2, 1, 1] },
    { images: [3, 5, 5, 3], window: [1, 2], out: 4, strides: [3, 3], padding: [2, 1, 2, 2] },
  ])
})

describe("3×3 convolutions by Winograd's filtering", () => {
  expectLowering(
    winograd,
    [
      { images: [3, 4, 4, 5], window: [3, 3], out: 6 },
      { images: [3, 8, 8, 5], window: [3, 3], out: 6 },
      { images: [3, 7, 5, 5], window: [3, 3], out: 6 },
      { images: [3, 3, 2, 5], window: [3, 3], out: 6 },
      { images: [3, 6, 9, 5], window: [3, 3], out: 6, padding: 'VALID' },
      { images: [3, 5, 6, 5], window: [3, 3], out: 6, padding: [2, 0, 1, 3] },
    ],
    1e-4,
  )
})

describe('lowerConvolutions', () => {
  it('leaves what it does not know', () => {
    const large = convolutionGraph('forward', { images: [2, 14, 14, 8], window: [3, 3], out: 8 })
    expect(lowerConvolutions(large).nodes).to.deep.equal(large.nodes)
  })

  it('a 1×1 convolution with a stride', () => {
    const graph = convolutionGraph('forward', { images: [8, 4, 4, 16], window: [1, 1], out: 32, strides: [2, 2] })
    expectText(
      lowerConvolutions(graph),
      `
      %0 = Placeholder() {dtype: float32, name: 'x'} : float32[8,4,4,16]
      %1 = Placeholder() {dtype: float32, name: 'f'} : float32[1,1,16,32]
      %2 = AvgPool(%0) {T: float32, ksize: [1, 1, 1, 1], padding: 'VALID', strides: [1, 2, 2, 1]} : float32[8,2,2,16]
      %3 = Const() {dtype: int32, value: [32, 16]} : int32[2]
      %4 = Reshape(%2, %3) {T: float32, Tshape: int32} : float32[32,16]
      %5 = Const() {dtype: int32, value: [16, 32]} : int32[2]
      %6 = Reshape(%1, %5) {T: float32, Tshape: int32} : float32[16,32]
      %7 = MatMul(%4, %6) {T: float32, transpose_a: false, transpose_b: false} : float32[32,32]
      %8 = Const() {dtype: int32, value: [8, 2, 2, 32]} : int32[4]
      %9 = Reshape(%7, %8) {T: float32, Tshape: int32} : float32[8,2,2,32]
      output a = %9
    `,
    )
  })

  it('a 3×3 convolution of one pixel is its centre tap', () => {
    const graph = convolutionGraph('forward', { images: [8, 1, 1, 16], window: [3, 3], out: 32 })
    expectText(
      lowerConvolutions(graph),
      `
      %0 = Placeholder() {dtype: float32, name: 'x'} : float32[8,1,1,16]
      %1 = Placeholder() {dtype: float32, name: 'f'} : float32[3,3,16,32]
      %2 = Const() {dtype: int32, value: [8, 16]} : int32[2]
      %3 = Reshape(%0, %2) {T: float32, Tshape: int32} : float32[8,16]
      %4 = Const() {dtype: int32, value: [1, 1, 0, 0]} : int32[4]
      %5 = Const() {dtype: int32, value: [1, 1, 16, 32]} : int32[4]
      %6 = Slice(%1, %4, %5) {Index: int32, T: float32} : float32[1,1,16,32]
      %7 = Const() {dtype: int32, value: [16, 32]} : int32[2]
      %8 = Reshape(%6, %7) {T: float32, Tshape: int32} : float32[16,32]
      %9 = MatMul(%3, %8) {T: float32, transpose_a: false, transpose_b: false} : float32[8,32]
      %10 = Const() {dtype: int32, value: [8, 1, 1, 32]} : int32[4]
      %11 = Reshape(%9, %10) {T: float32, Tshape: int32} : float32[8,1,1,32]
      output a = %11
    `,
    )
  })

  it('the gradient of its filter is padded', () => {
    const graph = convolutionGraph('filter', { images: [8, 1, 1, 16], window: [3, 3], out: 32 })
    expectText(
      lowerConvolutions(graph),
      `
      %0 = Placeholder() {dtype: float32, name: 'x'} : float32[8,1,1,16]
      %1 = Placeholder() {dtype: float32, name: 'y'} : float32[8,1,1,32]
      %2 = Const() {dtype: int32, value: [8, 16]} : int32[2]
      %3 = Reshape(%0, %2) {T: float32, Tshape: int32} : float32[8,16]
      %4 = Const() {dtype: int32, value: [8, 32]} : int32[2]
      %5 = Reshape(%1, %4) {T: float32, Tshape: int32} : float32[8,32]
      %6 = MatMul(%3, %5) {T: float32, transpose_a: true, transpose_b: false} : float32[16,32]
      %7 = Const() {dtype: int32, value: [1, 1, 16, 32]} : int32[4]
      %8 = Reshape(%6, %7) {T: float32, Tshape: int32} : float32[1,1,16,32]
      %9 = Const() {dtype: int32, value: [1, 1, 1, 1, 0, 0, 0, 0]} : int32[4,2]
      %10 = Pad(%8, %9) {T: float32, Tpaddings: int32} : float32[3,3,16,32]
      output a = %10
    `,
    )
  })

  it('the gradient of a filter has a product for each tap', () => {
    const graph = convolutionGraph('filter', { images: [64, 1, 2, 16], window: [1, 2], out: 16 })
    expectText(
      lowerConvolutions(graph),
      `
      %0 = Placeholder() {dtype: float32, name: 'x'} : float32[64,1,2,16]
      %1 = Placeholder() {dtype: float32, name: 'y'} : float32[64,1,2,16]
      %2 = Const() {dtype: int32, value: [128, 16]} : int32[2]
      %3 = Reshape(%0, %2) {T: float32, Tshape: int32} : float32[128,16]
      %4 = Const() {dtype: int32, value: [128, 16]} : int32[2]
      %5 = Reshape(%1, %4) {T: float32, Tshape: int32} : float32[128,16]
      %6 = MatMul(%3, %5) {T: float32, transpose_a: true, transpose_b: false} : float32[16,16]
      %7 = Const() {dtype: int32, value: [64, 2, 16]} : int32[3]
      %8 = Reshape(%0, %7) {T: float32, Tshape: int32} : float32[64,2,16]
      %9 = Const() {dtype: int32, value: [1]} : int32[1]
      %10 = Const() {dtype: int32, value: all 1} : int32[]
      %11 = GatherV2(%8, %9, %10) {Taxis: int32, Tindices: int32, Tparams: float32, batch_dims: 0} : float32[64,1,16]
      %12 = Const() {dtype: int32, value: [64, 16]} : int32[2]
      %13 = Reshape(%11, %12) {T: float32, Tshape: int32} : float32[64,16]
      %14 = Const() {dtype: int32, value: [0, 0, 0, 0]} : int32[4]
      %15 = Const() {dtype: int32, value: [64, 1, 1, 16]} : int32[4]
      %16 = Slice(%1, %14, %15) {Index: int32, T: float32} : float32[64,1,1,16]
      %17 = Const() {dtype: int32, value: [64, 16]} : int32[2]
      %18 = Reshape(%16, %17) {T: float32, Tshape: int32} : float32[64,16]
      %19 = MatMul(%13, %18) {T: float32, transpose_a: true, transpose_b: false} : float32[16,16]
      %20 = Const() {dtype: int32, value: all 0} : int32[]
      %21 = ConcatV2(%6, %19, %20) {N: 2, T: float32, Tidx: int32} : float32[32,16]
      %22 = Const() {dtype: int32, value: [1, 2, 16, 16]} : int32[4]
      %23 = Reshape(%21, %22) {T: float32, Tshape: int32} : float32[1,2,16,16]
      output a = %23
    `,
    )
  })

  it('a 3×3 convolution of many channels is filtered', () => {
    const graph = convolutionGraph('forward', { images: [128, 4, 4, 256], window: [3, 3], out: 512 })
    expectText(
      lowerConvolutions(graph),
      `
      %0 = Placeholder() {dtype: float32, name: 'x'} : float32[128,4,4,256]
      %1 = Placeholder() {dtype: float32, name: 'f'} : float32[3,3,256,512]
      %2 = Const() {dtype: int32, value: [128, 16, 256]} : int32[3]
      %3 = Reshape(%0, %2) {T: float32, Tshape: int32} : float32[128,16,256]
      %4 = Const() {dtype: int32, value: [1, 0, 2]} : int32[3]
      %5 = Transpose(%3, %4) {T: float32, Tperm: int32} : float32[16,128,256]
      %6 = Const() {dtype: int32, value: [16, 32768]} : int32[2]
      %7 = Reshape(%5, %6) {T: float32, Tshape: int32} : float32[16,32768]
      %8 = Const() {dtype: float32, value: [0, 0, 0, 0, 0, 7.91016, 0, -2.8125, … 568 more]} : float32[36,16]
      %9 = MatMul(%8, %7) {T: float32, transpose_a: false, transpose_b: false} : float32[36,32768]
      %10 = Const() {dtype: int32, value: [36, 128, 256]} : int32[3]
      %11 = Reshape(%9, %10) {T: float32, Tshape: int32} : float32[36,128,256]
      %12 = Const() {dtype: int32, value: [9, 131072]} : int32[2]
      %13 = Reshape(%1, %12) {T: float32, Tshape: int32} : float32[9,131072]
      %14 = Const() {dtype: float32, value: [0.624295, 0, 0, 0, 0, 0, 0, 0, … 316 more]} : float32[36,9]
      %15 = MatMul(%14, %13) {T: float32, transpose_a: false, transpose_b: false} : float32[36,131072]
      %16 = Const() {dtype: int32, value: [36, 256, 512]} : int32[3]
      %17 = Reshape(%15, %16) {T: float32, Tshape: int32} : float32[36,256,512]
      %18 = BatchMatMulV2(%11, %17) {T: float32, adj_x: false, adj_y: false} : float32[36,128,512]
      %19 = Const() {dtype: float32, value: [1, 1, 1, 1, 1, 0, 1, 1, … 568 more]} : float32[16,36]
      %20 = Const() {dtype: int32, value: [36, 65536]} : int32[2]
      %21 = Reshape(%18, %20) {T: float32, Tshape: int32} : float32[36,65536]
      %22 = MatMul(%19, %21) {T: float32, transpose_a: false, transpose_b: false} : float32[16,65536]
      %23 = Const() {dtype: int32, value: [16, 128, 512]} : int32[3]
      %24 = Reshape(%22, %23) {T: float32, Tshape: int32} : float32[16,128,512]
      %25 = Const() {dtype: int32, value: [1, 0, 2]} : int32[3]
      %26 = Transpose(%24, %25) {T: float32, Tperm: int32} : float32[128,16,512]
      %27 = Const() {dtype: int32, value: [128, 4, 4, 512]} : int32[4]
      %28 = Reshape(%26, %27) {T: float32, Tshape: int32} : float32[128,4,4,512]
      output a = %28
    `,
    )
  })
})
