import { foldSplats } from '../../../src/graph/passes/fold-splats.js'
import { shrinkSplats } from '../../../src/graph/passes/shrink-splats.js'
import { loadTensorflow, type Tensorflow } from '../../../src/graph/tensorflow.js'
import { expectKept, expectPass, X } from './support.js'

let tf: Tensorflow
before(async () => {
  tf = await loadTensorflow()
})

describe('uniform constants', () => {
  it('become scalars where the other operand gives the shape', () => {
    expectPass(
      tf,
      shrinkSplats,
      s => {
        const x = s.input('x', [2, 3])
        return [s.op('Mul', x, s.full(2, 2, 3)), s.op('Sub', s.full(4, 3), x), s.op('AddV2', x, s.full(1, 4, 2, 3))]
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
      tf,
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

  it('are seen in ones, and in constants that list them', () => {
    expectPass(
      tf,
      foldSplats,
      s => [s.op('OnesLike', s.input('x', [2])), s.const({ data: Float32Array.of(7, 7) }, [2], 'float32')],
      `${X}[2]
      %1 = Const() {dtype: float32, value: all 1} : float32[2]
      %2 = Const() {dtype: float32, value: all 7} : float32[2]
      output a = %1
      output b = %2`,
    )
  })

  it('stay as they are if they are one number already, and so does everything else', () => {
    expectKept(foldSplats, s => [
      s.full(2, 2, 2),
      s.const({ data: Float32Array.of(7) }, [1], 'float32'),
      s.const({ data: Float32Array.of(7, 8) }, [2], 'float32'),
      s.const({ data: Float32Array.of() }, [0], 'float32'),
      s.op('Tile', s.input('x', [2]), s.list(2)),
      s.op('Fill', s.list(2, 3), s.input('y', [])),
      s.op('Neg', s.full(1, 2)),
    ])
  })

  it('stay large where a scalar would have another shape', () => {
    expectKept(shrinkSplats, s => [
      s.op('Mul', s.input('x', [2, 1]), s.full(2, 2, 3)),
      s.op('Mul', s.input('y', [2, 3]), s.scalar(2)),
      s.value('AddN', { T: { kind: 'type', value: 'float32' }, N: { kind: 'int', value: 2 } }, [s.input('z', [2]), s.full(2, 2)]),
    ])
  })
})
