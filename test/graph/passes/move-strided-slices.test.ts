import { expect } from 'chai'
import { int, ints, string, type } from '../../../src/graph/ir/attributes.js'
import type { Attributes, DType, Graph, Value } from '../../../src/graph/ir/graph.js'
import { moveStridedSlices } from '../../../src/graph/passes/move-strided-slices.js'
import { splitStrides, spreadFrom, subsampledFrom } from '../../../src/graph/passes/split-strides.js'
import { loadTensorflow, type Tensorflow } from '../../../src/graph/tensorflow.js'
import { convolutionGraph, kinds } from './convolutions.js'
import { expectKept, expectSame, expectText, opsOf, type Sketch, sketch } from './support.js'

let tf: Tensorflow
before(async () => {
  tf = await loadTensorflow()
})

const T = type('float32')
const NHWC = string('NHWC')
const conv = (stride: number) => ({ T, strides: ints([1, stride, stride, 1]), padding: string('SAME'), data_format: NHWC })
const pool = (stride: number) => ({ T, ksize: ints([1, 1, 1, 1]), strides: ints([1, stride, stride, 1]), padding: string('VALID') })
const pointwise = (s: Sketch, x: Value, name: string, out: number, stride = 1) =>
  s.value('Conv2D', conv(stride), [x, s.input(name, [1, 1, x.shape[3]!, out])])
const sampled = (s: Sketch, x: Value) => s.value('AvgPool', pool(2), [x])
const spread = (s: Sketch, x: Value, shape: readonly number[]) => s.value('AvgPoolGrad', pool(2), [s.list(...shape), x])
const biased = (s: Sketch, x: Value) => s.value('BiasAdd', { T, data_format: NHWC }, [x, s.input('bias', [x.shape[3]!])])
const sizesOf = (graph: Graph) =>
  graph.nodes.filter(({ op }) => !['Placeholder', 'Const'].includes(op)).map(node => `${node.op} ${node.outputs[0]!.shape.join('×')}`)

describe('strides', () => {
  it('of slices are poolings', () => {
    const graph = sketch(s => {
      const attributes = { T, Index: type('int32'), end_mask: int(6) }
      return s.value('StridedSlice', attributes, [s.input('x', [2, 5, 4, 3]), s.list(0, 0, 0, 0), s.list(2, 0, 0, 3), s.list(1, 2, 2, 1)])
    })
    const moved = moveStridedSlices(graph)
    expectText(
      moved,
      `%0 = Placeholder() {dtype: float32, name: 'x'} : float32[2,5,4,3]
      %1 = AvgPool(%0) {T: float32, ksize: [1, 1, 1, 1], padding: 'VALID', strides: [1, 2, 2, 1]} : float32[2,3,2,3]
      output a = %1`,
    )
    expectSame(tf, graph, moved)
  })

  it('of gradients of slices are gradients of poolings', () => {
    const graph = sketch(s => {
      const attributes = { T, Index: type('int32') }
      const ranges = [s.list(0, 0, 0, 0), s.list(2, 5, 4, 3), s.list(1, 3, 2, 1)]
      return s.value('StridedSliceGrad', attributes, [s.list(2, 5, 4, 3), ...ranges, s.input('y', [2, 2, 2, 3])])
    })
    const moved = moveStridedSlices(graph)
    expect(opsOf(moved)).to.deep.equal(['AvgPoolGrad'])
    expectSame(tf, graph, moved)
  })

  interface Slice {
    readonly begin?: readonly number[]
    readonly end?: readonly number[]
    readonly strides?: readonly number[]
    readonly masks?: Attributes
    readonly images?: readonly number[]
    readonly dtype?: DType
    readonly isUnknown?: boolean
  }
  const slice = (s: Sketch, given: Slice) => {
    const { begin = [0, 0, 0, 0], end = [2, 4, 4, 4], strides = [1, 2, 2, 1], masks = {}, images = [2, 4, 4, 4], dtype = 'float32' } = given
    const ranges = [s.list(...begin), given.isUnknown ? s.input('end', [4], 'int32') : s.list(...end), s.list(...strides)]
    const outputs = given.isUnknown ? [{ shape: [2, 2, 2, 4], dtype }] : undefined
    return s.value('StridedSlice', { T: type(dtype), Index: type('int32'), ...masks }, [s.input('x', images, dtype), ...ranges], outputs)
  }
  const pooled: Readonly<Record<string, Slice>> = {
    'that end after the last position that they take': { end: [2, 3, 3, 4] },
    'that begin anywhere, by a mask': { begin: [1, 2, 3, 1], masks: { begin_mask: int(15) } },
    'that end anywhere, by a mask': { end: [1, 1, 1, 1], masks: { end_mask: int(15) } },
    'with a stride along the rows': { strides: [1, 2, 1, 1] },
    'with a stride along the columns': { strides: [1, 1, 3, 1] },
  }
  for (const [what, given] of Object.entries(pooled)) {
    it(`of slices ${what} are poolings`, () => {
      const graph = sketch(s => slice(s, given))
      const moved = moveStridedSlices(graph)
      expect(opsOf(moved)).to.deep.equal(['AvgPool'])
      expectSame(tf, graph, moved)
    })
  }

  const others: Readonly<Record<string, Slice>> = {
    'that begin later': { begin: [0, 1, 0, 0] },
    'that end earlier': { end: [2, 2, 4, 4] },
    'that leave out channels': { end: [2, 4, 4, 3] },
    'whose mask is of other axes': { begin: [0, 1, 0, 0], masks: { begin_mask: int(4) } },
    'whose end is masked along other axes': { end: [2, 2, 4, 4], masks: { end_mask: int(4) } },
    'over channels': { strides: [1, 2, 2, 2] },
    'over images': { strides: [2, 2, 2, 1] },
    backwards: { begin: [0, 3, 3, 0], end: [2, 0, 0, 4], strides: [1, -1, -1, 1], masks: { end_mask: int(6) } },
    'backwards along one axis': { strides: [1, 2, -1, 1], begin: [0, 0, 3, 0], masks: { end_mask: int(4), begin_mask: int(4) } },
    'without a stride': { strides: [1, 1, 1, 1], end: [2, 3, 3, 4] },
    'that drop an axis': { masks: { shrink_axis_mask: int(1) } },
    'of integers': { dtype: 'int32' },
    'of what is no image': { images: [2, 4, 4], begin: [0, 0, 0], end: [2, 4, 4], strides: [1, 2, 1] },
    'whose end is not known': { isUnknown: true },
  }
  for (const [what, given] of Object.entries(others)) {
    it(`of slices ${what} stay`, () => expectKept(moveStridedSlices, s => slice(s, given)))
  }

  for (const mask of ['ellipsis_mask', 'new_axis_mask']) {
    it(`of slices with ${mask} stay`, () =>
      expectKept(moveStridedSlices, s => {
        const ranges = [s.list(0, 0, 0, 0), s.list(2, 4, 4, 4), s.list(1, 2, 2, 1)]
        const attributes = { T, Index: type('int32'), [mask]: int(1) }
        return s.value('StridedSlice', attributes, [s.input('x', [2, 4, 4, 4]), ...ranges], [{ shape: [2, 2, 2, 4], dtype: 'float32' }])
      }))
  }

  for (const kind of kinds) {
    it(`of a 1×1 convolution are those of poolings: ${kind}`, () => {
      const graph = convolutionGraph(kind, { images: [2, 5, 4, 3], window: [1, 1], out: 4, strides: [2, 3] })
      const split = splitStrides(graph)
      const wanted = {
        forward: ['AvgPool', 'Conv2D'],
        input: ['Conv2DBackpropInput', 'AvgPoolGrad'],
        filter: ['AvgPool', 'Conv2DBackpropFilter'],
      }
      expect(opsOf(split)).to.deep.equal(wanted[kind])
      expectSame(tf, graph, split)
    })
  }

  it('of larger convolutions stay, and so do 1×1 convolutions without any', () => {
    for (const [window, stride] of [
      [3, 2],
      [1, 1],
    ] as const) {
      const graph = convolutionGraph('forward', { images: [2, 4, 4, 3], window: [window, window], out: 4, strides: [stride, stride] })
      expect(splitStrides(graph).nodes).to.deep.equal(graph.nodes)
    }
  })

  const poolings: Readonly<Record<string, readonly [attributes: Attributes, isStrided: boolean]>> = {
    'of one position': [{}, true],
    'of one position of NHWC images': [{ data_format: NHWC }, true],
    'of one position of NCHW images': [{ data_format: string('NCHW') }, false],
    'of two columns': [{ ksize: ints([1, 1, 2, 1]) }, false],
  }
  for (const [what, [attributes, isStrided]] of Object.entries(poolings)) {
    it(`${isStrided ? 'are read from' : 'are not those of'} a pooling ${what}`, () => {
      const graph = sketch(s =>
        s.value('AvgPool', { ...pool(2), ...attributes }, [s.input('x', [2, 4, 4, 3])], [{ shape: [2, 2, 2, 3], dtype: 'float32' }]),
      )
      const [x, pooling] = graph.nodes
      expect(subsampledFrom(pooling!.outputs[0]!)).to.deep.equal(isStrided ? { x: x!.outputs[0], strides: [2, 2] } : undefined)
      expect(spreadFrom(pooling!.outputs[0]!)).to.equal(undefined)
    })
  }
})

describe('strides moved up', () => {
  it('through a residual block', () => {
    const graph = sketch(s => {
      const x = s.input('x', [2, 4, 4, 3])
      const sum = s.op('Relu', s.op('AddV2', biased(s, pointwise(s, x, 'f', 5)), pointwise(s, x, 'g', 5)))
      return [pointwise(s, sum, 'h', 2, 2), pointwise(s, sum, 'i', 4, 2)]
    })
    const moved = moveStridedSlices(graph)
    expect(sizesOf(moved)).to.deep.equal([
      'AvgPool 2×2×2×3',
      'Conv2D 2×2×2×5',
      'BiasAdd 2×2×2×5',
      'AvgPool 2×2×2×3',
      'Conv2D 2×2×2×5',
      'AddV2 2×2×2×5',
      'Relu 2×2×2×5',
      'Conv2D 2×2×2×2',
      'Conv2D 2×2×2×4',
    ])
    expectSame(tf, graph, moved)
  })

  it('through sums with channels and numbers', () => {
    const graph = sketch(s => sampled(s, s.op('Mul', s.op('AddV2', s.input('x', [2, 5, 4, 3]), s.input('b', [3])), s.scalar(2))))
    const moved = moveStridedSlices(graph)
    expect(opsOf(moved)).to.deep.equal(['AvgPool', 'AddV2', 'Mul'])
    expectSame(tf, graph, moved)
  })

  it('through sums of several', () => {
    const graph = sketch(s => {
      const parts = ['x', 'y', 'z'].map(name => s.input(name, [2, 5, 4, 3]))
      return sampled(s, s.value('AddN', { T, N: int(3) }, parts))
    })
    const moved = moveStridedSlices(graph)
    expect(opsOf(moved)).to.deep.equal(['AvgPool', 'AvgPool', 'AvgPool', 'AddN'])
    expectSame(tf, graph, moved)
  })

  const kept: Record<string, (s: Sketch, x: Value) => Value | Value[]> = {
    'sums with columns': (s, x) => sampled(s, s.op('AddV2', x, s.input('column', [4, 1, 3]))),
    'what takes other types': (s, x) => sampled(s, s.op('SelectV2', s.input('c', [2, 4, 4, 3], 'bool'), x, s.op('Neg', x))),
    'what moves elements': (s, x) => sampled(s, s.op('ReverseV2', x, s.list(1))),
    'what is needed everywhere': (s, x) => {
      const y = s.op('Relu', x)
      return [sampled(s, y), y]
    },
    'sums with rows': (s, x) => sampled(s, s.op('AddV2', x, s.input('row', [1, 4, 3]))),
    'other convolutions': (s, x) => sampled(s, s.value('Conv2D', conv(1), [x, s.input('f', [3, 3, 3, 2])])),
  }
  for (const [name, draw] of Object.entries(kept)) {
    it(`not through ${name}`, () => {
      const graph = sketch(s => draw(s, s.input('x', [2, 4, 4, 3])))
      expect(moveStridedSlices(graph).nodes).to.deep.equal(graph.nodes)
    })
  }
})

describe('zeros of gradients moved down', () => {
  const shape = [2, 5, 4, 3]
  const down: Record<string, (s: Sketch) => Value> = {
    'a ReLU': s => s.op('ReluGrad', spread(s, s.input('y', [2, 3, 2, 3]), shape), s.input('x', shape)),
    'a hyperbolic tangent': s => s.op('TanhGrad', s.input('x', shape), spread(s, s.input('y', [2, 3, 2, 3]), shape)),
    'a sum of several': s =>
      s.value('AddN', { T, N: int(3) }, [
        spread(s, s.input('y', [2, 3, 2, 3]), shape),
        spread(s, s.input('z', [2, 3, 2, 3]), shape),
        spread(s, s.input('w', [2, 3, 2, 3]), shape),
      ]),
    "a sum of two by TensorFlow's older operation": s =>
      s.op('Add', spread(s, s.input('y', [2, 3, 2, 3]), shape), spread(s, s.input('z', [2, 3, 2, 3]), shape)),
    'a sum of two': s => s.op('AddV2', spread(s, s.input('y', [2, 3, 2, 3]), shape), spread(s, s.input('z', [2, 3, 2, 3]), shape)),
    "the gradient of a convolution's images": s =>
      s.value('Conv2DBackpropInput', conv(1), [
        s.list(2, 5, 4, 4),
        s.input('f', [1, 1, 4, 3]),
        spread(s, s.input('y', [2, 3, 2, 3]), shape),
      ]),
  }
  for (const [name, draw] of Object.entries(down)) {
    it(`through ${name}`, () => {
      const graph = sketch(draw)
      const moved = moveStridedSlices(graph)
      expect(opsOf(moved).at(-1)).to.equal('AvgPoolGrad')
      expectSame(tf, graph, moved)
    })
  }

  it("through the gradient of a convolution's filter, where they are gone", () => {
    const graph = sketch(s => {
      const dy = spread(s, s.input('y', [2, 3, 2, 3]), shape)
      return s.value('Conv2DBackpropFilter', conv(1), [s.input('x', [2, 5, 4, 4]), s.list(1, 1, 4, 3), dy])
    })
    const moved = moveStridedSlices(graph)
    expect(opsOf(moved)).to.deep.equal(['AvgPool', 'Conv2DBackpropFilter'])
    expectSame(tf, graph, moved)
  })

  it('not through a sum with something else', () => {
    const graph = sketch(s => s.op('AddV2', spread(s, s.input('y', [2, 3, 2, 3]), shape), s.input('x', shape)))
    expect(moveStridedSlices(graph).nodes).to.deep.equal(graph.nodes)
  })
})
