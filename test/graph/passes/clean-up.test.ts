import { expect } from 'chai'
import { float, int, ints, type } from '../../../src/graph/ir/attributes.js'
import type { Graph, Value } from '../../../src/graph/ir/graph.js'
import { cleanUp } from '../../../src/graph/passes/clean-up.js'
import { foldConstants } from '../../../src/graph/passes/fold-constants.js'
import { foldScalings } from '../../../src/graph/passes/fold-scalings.js'
import { foldSplats } from '../../../src/graph/passes/fold-splats.js'
import { removeIdentities } from '../../../src/graph/passes/remove-identities.js'
import { shareCommon } from '../../../src/graph/passes/share-common.js'
import { shrinkSplats } from '../../../src/graph/passes/shrink-splats.js'
import { loadTensorflow, type Tensorflow } from '../../../src/graph/tensorflow.js'
import { expectSame, expectText, type Sketch, sketch } from './support.js'

let tf: Tensorflow
before(async () => {
  tf = await loadTensorflow()
})

const X = "%0 = Placeholder() {dtype: float32, name: 'x'} : float32"

function expectPass(pass: (graph: Graph, tf: Tensorflow) => Graph, draw: (s: Sketch) => Value | readonly Value[], text: string): void {
  const graph = sketch(draw)
  const result = pass(graph, tf)
  expectText(result, text)
  expectSame(tf, graph, result)
}

const cast = (s: Sketch, x: Value, to: 'float32' | 'int32' | 'bool') => s.value('Cast', { SrcT: type(x.dtype), DstT: type(to) }, [x])
const full = (s: Sketch, number: number, ...shape: number[]) => s.const({ splat: number }, shape, 'float32')

describe('identities', () => {
  const gone: Record<string, (s: Sketch, x: Value) => Value> = {
    Identity: (s, x) => s.op('Identity', x),
    StopGradient: (s, x) => s.op('StopGradient', x),
    'a cast to the same type': (s, x) => cast(s, x, 'float32'),
    'a reshape to the same shape': (s, x) => s.op('Reshape', x, s.list(2, 1, -1)),
    'two reshapes, there and back': (s, x) => s.op('Reshape', s.op('Reshape', x, s.list(6)), s.list(2, 1, 3)),
    'an axis added and taken away': (s, x) =>
      s.value('Squeeze', { T: type('float32'), squeeze_dims: ints([0]) }, [s.op('ExpandDims', x, s.const({ splat: 0 }, [], 'int32'))]),
    'a transposition that keeps the order': (s, x) => s.op('Transpose', x, s.list(0, 1, 2)),
    'a product with one': (s, x) => s.op('Mul', s.scalar(1), x),
    'a product with ones': (s, x) => s.op('Mul', x, full(s, 1, 1, 3)),
    'a quotient by one': (s, x) => s.op('RealDiv', x, s.scalar(1)),
    'a sum with zero': (s, x) => s.op('Add', s.scalar(0), x),
    'a difference from zero': (s, x) => s.op('Sub', x, s.scalar(0)),
    'a negation of a negation': (s, x) => s.op('Neg', s.op('Neg', x)),
    'one tile': (s, x) => s.op('Tile', x, s.list(1, 1, 1)),
    'no padding': (s, x) => s.op('Pad', x, s.const({ splat: 0 }, [3, 2], 'int32')),
    'a slice of everything': (s, x) => s.op('Slice', x, s.list(0, 0, 0), s.list(-1, 1, 3)),
    'a strided slice of everything': (s, x) => s.op('StridedSlice', x, s.list(0, 0, 0), s.list(2, 1, 3), s.list(1, 1, 1)),
    'a broadcast to the same shape': (s, x) => s.op('BroadcastTo', x, s.list(2, 1, 3)),
    'a choice that is made': (s, x) => s.op('SelectV2', s.const({ splat: 1 }, [], 'bool'), x, s.scalar(3)),
    'a sum of one': (s, x) => s.value('AddN', { T: type('float32'), N: int(1) }, [x]),
    'a mean over no axes': (s, x) => s.op('Mean', x, s.list()),
  }
  for (const [name, draw] of Object.entries(gone)) {
    it(`${name} is taken away`, () => {
      const graph = sketch(s => draw(s, s.input('x', [2, 1, 3])))
      const result = removeIdentities(graph)
      expectText(result, `${X}[2,1,3]\noutput a = %0`)
      expectSame(tf, graph, result)
    })
  }

  it('a concatenation of one, which TensorFlow itself does not take, is taken away', () => {
    const graph = sketch(s =>
      s.value('ConcatV2', { T: type('float32'), N: int(1) }, [s.input('x', [2]), s.const({ splat: 0 }, [], 'int32')]),
    )
    expectText(removeIdentities(graph), `${X}[2]\noutput a = %0`)
  })

  const reshapes: Record<string, (s: Sketch, x: Value) => Value> = {
    'a sum over an axis of one element': (s, x) => s.op('Sum', x, s.list(-2)),
    'a transposition of an axis of one element': (s, x) => s.op('Reshape', s.op('Transpose', x, s.list(1, 0, 2)), s.list(2, 3)),
    'a squeeze': (s, x) => s.value('Squeeze', { T: type('float32'), squeeze_dims: ints([1]) }, [x]),
    'a slice that drops an axis': (s, x) =>
      s.value('StridedSlice', { T: type('float32'), shrink_axis_mask: int(2) }, [x, s.list(0, 0, 0), s.list(2, 1, 3), s.list(1, 1, 1)]),
    'several reshapes': (s, x) => s.op('Reshape', s.op('Reshape', x, s.list(6)), s.list(2, 3)),
  }
  for (const [name, draw] of Object.entries(reshapes)) {
    it(`${name} becomes a reshape`, () => {
      expectPass(
        removeIdentities,
        s => draw(s, s.input('x', [2, 1, 3])),
        `${X}[2,1,3]
        %1 = Const() {dtype: int32, value: [2, 3]} : int32[2]
        %2 = Reshape(%0, %1) {T: float32, Tshape: int32} : float32[2,3]
        output a = %2`,
      )
    })
  }

  const kept: Record<string, (s: Sketch, x: Value) => Value> = {
    'a cast of a cast that loses something': (s, x) => cast(s, cast(s, x, 'int32'), 'float32'),
    'a product with ones of a larger shape': (s, x) => s.op('Mul', x, full(s, 1, 2, 4, 3)),
    'a difference from x': (s, x) => s.op('Sub', s.scalar(0), x),
    'a quotient of one': (s, x) => s.op('RealDiv', s.scalar(1), x),
    'a strided slice backwards': (s, x) => s.op('StridedSlice', x, s.list(0, 0, 2), s.list(2, 1, -9), s.list(1, 1, -1)),
    'a transposition of two axes': (s, x) => s.op('Transpose', x, s.list(2, 1, 0)),
  }
  for (const [name, draw] of Object.entries(kept)) {
    it(`${name} stays`, () => {
      const graph = sketch(s => draw(s, s.input('x', [2, 1, 3])))
      expect(removeIdentities(graph).nodes).to.deep.equal(graph.nodes)
    })
  }

  it('a cast of a cast that loses nothing is one', () => {
    expectPass(
      removeIdentities,
      s => cast(s, cast(s, s.input('x', [4], 'bool'), 'int32'), 'float32'),
      `%0 = Placeholder() {dtype: bool, name: 'x'} : bool[4]
      %1 = Cast(%0) {DstT: float32, SrcT: bool} : float32[4]
      output a = %1`,
    )
  })

  it('a list of two is a sum', () => {
    expectPass(
      removeIdentities,
      s => s.value('AddN', { T: type('float32'), N: int(2) }, [s.input('x', [2]), s.input('y', [2])]),
      `${X}[2]
      %1 = Placeholder() {dtype: float32, name: 'y'} : float32[2]
      %2 = AddV2(%0, %1) {T: float32} : float32[2]
      output a = %2`,
    )
  })
})

describe('uniform constants', () => {
  it('become scalars where the other operand gives the shape', () => {
    expectPass(
      shrinkSplats,
      s => {
        const x = s.input('x', [2, 3])
        return [s.op('Mul', x, full(s, 2, 2, 3)), s.op('Sub', full(s, 4, 3), x), s.op('AddV2', x, full(s, 1, 4, 2, 3))]
      },
      `${X}[2,3]
      %1 = Const() {dtype: float32, value: all 2} : float32[]
      %2 = Mul(%0, %1) {T: float32} : float32[2,3]
      %3 = Const() {dtype: float32, value: all 4} : float32[]
      %4 = Sub(%3, %0) {T: float32} : float32[2,3]
      %5 = Const() {dtype: float32, value: all 1} : float32[4,2,3]
      %6 = AddV2(%0, %5) {T: float32} : float32[4,2,3]
      output a = %2
      output b = %4
      output c = %6`,
    )
  })

  it('are seen in zeros, fills, repetitions and rearrangements', () => {
    expectPass(
      foldSplats,
      s => [
        s.op('Tile', s.op('ZerosLike', s.input('x', [2, 3])), s.list(1, 2)),
        s.op('Fill', s.list(4), s.scalar(0.5)),
        s.op('Transpose', s.const({ data: Float32Array.of(7, 7) }, [1, 2], 'float32'), s.list(1, 0)),
      ],
      `${X}[2,3]
      %1 = Const() {dtype: float32, value: all 0} : float32[2,6]
      %2 = Const() {dtype: float32, value: all 0.5} : float32[4]
      %3 = Const() {dtype: float32, value: all 7} : float32[2,1]
      output a = %1
      output b = %2
      output c = %3`,
    )
  })
})

describe('products with numbers', () => {
  it('are taken together', () => {
    expectPass(
      foldScalings,
      s => {
        const x = s.input('x', [2])
        const tripled = s.op('Mul', s.op('RealDiv', x, s.scalar(2)), s.scalar(6))
        return [s.op('Neg', tripled), s.op('Mul', s.op('Neg', x), s.scalar(-1)), s.op('RealDiv', s.op('Neg', x), s.scalar(1))]
      },
      `${X}[2]
      %1 = Const() {dtype: float32, value: all -3} : float32[]
      %2 = Mul(%0, %1) {T: float32} : float32[2]
      %3 = Neg(%0) {T: float32} : float32[2]
      output a = %2
      output b = %0
      output c = %3`,
    )
  })

  it('are taken together where one of them spreads the other operand', () => {
    expectPass(
      foldScalings,
      s => s.op('RealDiv', s.op('Mul', s.input('x', [2, 1]), full(s, 1, 2, 4)), s.scalar(4)),
      `${X}[2,1]
      %1 = Const() {dtype: float32, value: all 0.25} : float32[2,4]
      %2 = Mul(%0, %1) {T: float32} : float32[2,4]
      output a = %2`,
    )
  })

  it('stay apart where together they would overflow, with zero, and where the inner one is needed too', () => {
    const graph = sketch(s => {
      const x = s.input('x', [2])
      const doubled = s.op('Mul', x, s.scalar(2))
      return [
        s.op('Mul', s.op('Mul', x, s.scalar(1e30)), s.scalar(1e30)),
        s.op('Mul', s.op('Mul', x, s.scalar(0)), s.scalar(2)),
        s.op('Mul', s.op('Mul', x, s.scalar(2)), full(s, 2, 3, 2)),
        doubled,
        s.op('Mul', doubled, s.scalar(2)),
      ]
    })
    expect(foldScalings(graph).nodes).to.deep.equal(graph.nodes)
  })
})

describe('what stands twice', () => {
  it('is computed once: constants by value, exchangeable operands, attributes', () => {
    expectPass(
      shareCommon,
      s => {
        const x = s.input('x', [2])
        const left = s.op('Mul', x, s.const({ data: Float32Array.of(1, 2) }, [2], 'float32'))
        const right = s.op('Mul', s.const({ data: Float32Array.of(1, 2) }, [2], 'float32'), x)
        const leaky = (alpha: number) => s.value('LeakyRelu', { T: type('float32'), alpha: float(alpha) }, [x])
        return [s.op('Sub', left, right), s.op('Sub', leaky(0.1), leaky(0.1)), s.op('Sub', leaky(0.2), x)]
      },
      `${X}[2]
      %1 = Const() {dtype: float32, value: [1, 2]} : float32[2]
      %2 = Mul(%0, %1) {T: float32} : float32[2]
      %3 = Sub(%2, %2) {T: float32} : float32[2]
      %4 = LeakyRelu(%0) {T: float32, alpha: 0.1} : float32[2]
      %5 = Sub(%4, %4) {T: float32} : float32[2]
      %6 = LeakyRelu(%0) {T: float32, alpha: 0.2} : float32[2]
      %7 = Sub(%6, %0) {T: float32} : float32[2]
      output a = %3
      output b = %5
      output c = %7`,
    )
  })

  it('stays apart where it is random, a placeholder, or differs in the sign of zero', () => {
    const graph = sketch(s => {
      const draw = () =>
        s.value(
          'RandomUniform',
          { T: type('int32'), dtype: type('float32'), seed: int(1) },
          [s.list(2)],
          [{ shape: [2], dtype: 'float32' }],
        )
      s.input('x', [2])
      s.input('x', [2])
      return [s.op('Sub', draw(), draw()), s.op('Sub', s.scalar(0), s.scalar(-0))]
    })
    expect(
      shareCommon(graph)
        .nodes.map(({ op }) => op)
        .sort(),
    ).to.deep.equal(['Const', 'Const', 'Const', 'Placeholder', 'Placeholder', 'RandomUniform', 'RandomUniform', 'Sub', 'Sub'].sort())
  })

  it('large constants are shared by where they are held', () => {
    const [data, other] = [new Float32Array(5000).map((_, i) => i), new Float32Array(5000).map((_, i) => i)]
    const graph = sketch(s => [data, data, other].map(data => s.const({ data }, [5000], 'float32')))
    expect(shareCommon(graph).nodes).to.have.length(2)
  })
})

describe('constants', () => {
  it('are computed by the kernels, uniform ones at no size', () => {
    expectPass(
      graph => foldConstants(graph, tf),
      s => [
        s.op(
          'MatMul',
          s.const({ data: Float32Array.of(1, 2) }, [1, 2], 'float32'),
          s.const({ data: Float32Array.of(3, 5) }, [2, 1], 'float32'),
        ),
        s.op('Greater', s.const({ data: Float32Array.of(1, 2) }, [2], 'float32'), s.scalar(1)),
      ],
      `%0 = Const() {dtype: float32, value: all 13} : float32[1,1]
      %1 = Const() {dtype: bool, value: [0, 1]} : bool[2]
      output a = %0
      output b = %1`,
    )
    const huge = sketch(s => s.op('AddV2', full(s, 1, 1000, 1000, 1000), s.op('Sqrt', s.scalar(4))))
    expectText(foldConstants(huge, tf), '%0 = Const() {dtype: float32, value: all 3} : float32[1000,1000,1000]\noutput a = %0')
  })

  it('are not made where they are random or would be large', () => {
    const graph = sketch(s => [
      s.value('RandomUniform', { T: type('int32'), dtype: type('float32') }, [s.list(2)], [{ shape: [2], dtype: 'float32' }]),
      s.op('Tile', s.const({ data: Float32Array.of(1, 2) }, [2], 'float32'), s.list(40_000)),
    ])
    expect(foldConstants(graph, tf).nodes).to.deep.equal(graph.nodes)
  })
})

describe('clean-up', () => {
  it('repeats its steps until nothing changes', () => {
    expectPass(
      cleanUp,
      s => {
        const x = s.input('x', [2, 3])
        const half = s.op('RealDiv', s.op('Sum', full(s, 1, 3), s.list(0)), s.scalar(6))
        const y = s.op('Mul', s.op('Mul', x, s.op('Reshape', half, s.list(1, 1))), s.op('Fill', s.list(2, 3), s.scalar(4)))
        return [s.op('Reshape', s.op('Identity', y), s.list(2, 3)), s.op('Neg', s.op('Mul', x, s.scalar(-2)))]
      },
      `${X}[2,3]
      %1 = Const() {dtype: float32, value: all 2} : float32[]
      %2 = Mul(%0, %1) {T: float32} : float32[2,3]
      output a = %2
      output b = %2`,
    )
  })

  it('leaves a clean graph as it is, and zero times what may be no number', () => {
    const graph = sketch(s => s.op('Mul', s.input('x', [2]), s.scalar(0)))
    expect(cleanUp(graph, tf).nodes).to.deep.equal(graph.nodes)
  })
})
