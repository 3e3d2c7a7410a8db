import { expect } from 'chai'
import { type } from '../../../src/graph/ir/attributes.js'
import { cleanUp } from '../../../src/graph/passes/clean-up.js'
import { foldConstants } from '../../../src/graph/passes/fold-constants.js'
import { foldScalings } from '../../../src/graph/passes/fold-scalings.js'
import { loadTensorflow, type Tensorflow } from '../../../src/graph/tensorflow.js'
import { expectPass, expectText, sketch, X } from './support.js'

let tf: Tensorflow
before(async () => {
  tf = await loadTensorflow()
})

describe('products with numbers', () => {
  it('are taken together', () => {
    expectPass(
      tf,
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
      tf,
      foldScalings,
      s => s.op('RealDiv', s.op('Mul', s.input('x', [2, 1]), s.full(1, 2, 4)), s.scalar(4)),
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
        s.op('Mul', s.op('Mul', x, s.scalar(2)), s.full(2, 3, 2)),
        doubled,
        s.op('Mul', doubled, s.scalar(2)),
      ]
    })
    expect(foldScalings(graph).nodes).to.deep.equal(graph.nodes)
  })
})

describe('constants', () => {
  it('are computed by the kernels, uniform ones at no size', () => {
    expectPass(
      tf,
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
    const huge = sketch(s => s.op('AddV2', s.full(1, 1000, 1000, 1000), s.op('Sqrt', s.scalar(4))))
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
      tf,
      cleanUp,
      s => {
        const x = s.input('x', [2, 3])
        const half = s.op('RealDiv', s.op('Sum', s.full(1, 3), s.list(0)), s.scalar(6))
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
