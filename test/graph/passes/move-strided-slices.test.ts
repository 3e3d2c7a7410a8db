import { expect } from 'chai'
import { int, ints, string, type } from '../../../src/graph/ir/attributes.js'
import type { Graph, Value } from '../../../src/graph/ir/graph.js'
import { moveStridedSlices } from '../../../src/graph/passes/move-strided-slices.js'
import { loadTensorflow, type Tensorflow } from '../../../src/graph/tensorflow.js'
import { expectSame, expectText, opsOf, type Sketch, sketch } from './support.js'

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

  for (const [what, begin, strides] of [
    ['that begin later', [0, 1, 0, 0], [1, 2, 2, 1]],
    ['over channels', [0, 0, 0, 0], [1, 2, 2, 2]],
  ] as const) {
    it(`of slices ${what} stay`, () => {
      const attributes = { T, Index: type('int32') }
      const graph = sketch(s =>
        s.value('StridedSlice', attributes, [s.input('x', [2, 4, 4, 4]), s.list(...begin), s.list(2, 4, 4, 4), s.list(...strides)]),
      )
      expect(moveStridedSlices(graph).nodes).to.deep.equal(graph.nodes)
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

  const kept: Record<string, (s: Sketch, x: Value) => Value | Value[]> = {
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
