import { int, ints, string, type } from '../../../src/graph/ir/attributes.js'
import type { Value } from '../../../src/graph/ir/graph.js'
import { removeIdentities } from '../../../src/graph/passes/remove-identities.js'
import { loadTensorflow, type Tensorflow } from '../../../src/graph/tensorflow.js'
import { expectKept, expectPass, expectSame, expectText, type Sketch, sketch, X } from './support.js'

let tf: Tensorflow
before(async () => {
  tf = await loadTensorflow()
})

describe('identities', () => {
  const gone: Record<string, (s: Sketch, x: Value) => Value> = {
    Identity: (s, x) => s.op('Identity', x),
    StopGradient: (s, x) => s.op('StopGradient', x),
    'a cast to the same type': (s, x) => s.cast(x, 'float32'),
    'a reshape to the same shape': (s, x) => s.op('Reshape', x, s.list(2, 1, -1)),
    'two reshapes, there and back': (s, x) => s.op('Reshape', s.op('Reshape', x, s.list(6)), s.list(2, 1, 3)),
    'an axis added and taken away': (s, x) =>
      s.value('Squeeze', { T: type('float32'), squeeze_dims: ints([0]) }, [s.op('ExpandDims', x, s.const({ splat: 0 }, [], 'int32'))]),
    'a transposition that keeps the order': (s, x) => s.op('Transpose', x, s.list(0, 1, 2)),
    'a product with one': (s, x) => s.op('Mul', s.scalar(1), x),
    'a product with ones': (s, x) => s.op('Mul', x, s.full(1, 1, 3)),
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
    'a choice between equals': (s, x) => s.op('SelectV2', s.op('Greater', x, s.scalar(0)), x, x),
    'a power of one': (s, x) => s.op('Pow', x, s.scalar(1)),
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
        tf,
        removeIdentities,
        s => draw(s, s.input('x', [2, 1, 3])),
        `${X}[2,1,3]
        %1 = Const() {dtype: int32, value: [2, 3]} : int32[2]
        %2 = Reshape(%0, %1) {T: float32, Tshape: int32} : float32[2,3]
        output a = %2`,
      )
    })
  }

  const unknown = (s: Sketch, length: number) => s.input('numbers', [length], 'int32')
  const pool = (s: Sketch, x: Value, ...ksize: number[]) =>
    s.value('MaxPool', { T: type('float32'), ksize: ints(ksize), strides: ints([1, 1, 1, 1]), padding: string('SAME') }, [x])
  const pack = (s: Sketch, ...parts: Value[]) => s.value('Pack', { T: type('float32'), N: int(parts.length), axis: int(0) }, parts)
  const like = ({ shape, dtype }: Value) => [{ shape, dtype }]
  const T = { T: type('float32') }
  const kept: Record<string, (s: Sketch, x: Value) => Value> = {
    'a cast of a cast that loses something': (s, x) => s.cast(s.cast(x, 'int32'), 'float32'),
    'a cast of a cast of integers': (s, x) => s.cast(s.cast(s.op('ArgMax', x, s.const({ splat: 0 }, [], 'int32')), 'float32'), 'int32'),
    'a cast of a choice': (s, x) => s.cast(s.op('SelectV2', s.op('Greater', x, s.scalar(0)), x, s.scalar(1)), 'int32'),
    'a product with ones of a larger shape': (s, x) => s.op('Mul', x, s.full(1, 2, 4, 3)),
    'a product with another number': (s, x) => s.op('Mul', x, s.scalar(2)),
    'a difference from x': (s, x) => s.op('Sub', s.scalar(0), x),
    'a quotient of one': (s, x) => s.op('RealDiv', s.scalar(1), x),
    'a strided slice backwards': (s, x) => s.op('StridedSlice', x, s.list(0, 0, 2), s.list(2, 1, -9), s.list(1, 1, -1)),
    'a strided slice of a part': (s, x) => s.op('StridedSlice', x, s.list(0, 0, 0), s.list(2, 1, 2), s.list(1, 1, 1)),
    'a strided slice by unknown steps': (s, x) => s.value('StridedSlice', T, [x, s.list(0, 0, 0), s.list(2, 1, 3), unknown(s, 3)], like(x)),
    'a transposition of two axes': (s, x) => s.op('Transpose', x, s.list(2, 1, 0)),
    'a transposition in an unknown order': (s, x) => s.value('Transpose', T, [x, unknown(s, 3)], like(x)),
    'a sum over unknown axes': (s, x) => s.value('Sum', T, [x, unknown(s, 1)], [{ shape: [2, 3], dtype: 'float32' }]),
    'a sum over two elements': (s, x) => s.op('Sum', x, s.list(0)),
    'a reshape of something else': (s, x) => s.op('Reshape', s.op('Neg', x), s.list(6)),
    'a choice that depends on an input': (s, x) => s.op('SelectV2', s.input('c', [], 'bool'), x, s.op('Neg', x)),
    'a choice that broadcasts': (s, x) => s.op('SelectV2', s.const({ splat: 1 }, [2, 4, 3], 'bool'), x, s.scalar(3)),
    'a negation of something else': (s, x) => s.op('Neg', s.op('Abs', x)),
    'a list of three': (s, x) => s.value('AddN', { T: type('float32'), N: int(3) }, [x, x, x]),
    'a concatenation of two': (s, x) => s.value('ConcatV2', { ...T, N: int(2) }, [x, x, s.const({ splat: 0 }, [], 'int32')]),
    'a stack of two': (s, x) => pack(s, x, x),
    'a pooling of two rows': (s, x) => pool(s, s.op('Reshape', x, s.list(1, 2, 1, 3)), 1, 2, 1, 1),
  }
  for (const [name, draw] of Object.entries(kept)) {
    it(`${name} stays`, () =>
      expectKept(
        graph => removeIdentities(graph),
        s => draw(s, s.input('x', [2, 1, 3])),
      ))
  }

  it('a pooling of one element is taken away', () => {
    expectPass(tf, removeIdentities, s => pool(s, s.input('x', [2, 4, 4, 3]), 1, 1, 1, 1), `${X}[2,4,4,3]\noutput a = %0`)
  })

  it('a stack of one becomes a reshape', () => {
    expectPass(
      tf,
      removeIdentities,
      s => pack(s, s.input('x', [3])),
      `${X}[3]
      %1 = Const() {dtype: int32, value: [1, 3]} : int32[2]
      %2 = Reshape(%0, %1) {T: float32, Tshape: int32} : float32[1,3]
      output a = %2`,
    )
  })

  it('a cast there and back is taken away', () => {
    expectPass(
      tf,
      removeIdentities,
      s => s.cast(s.cast(s.input('x', [4], 'bool'), 'float32'), 'bool'),
      "%0 = Placeholder() {dtype: bool, name: 'x'} : bool[4]\noutput a = %0",
    )
  })

  it('a cast of a cast that loses nothing is one', () => {
    expectPass(
      tf,
      removeIdentities,
      s => s.cast(s.cast(s.input('x', [4], 'bool'), 'int32'), 'float32'),
      `%0 = Placeholder() {dtype: bool, name: 'x'} : bool[4]
      %1 = Cast(%0) {DstT: float32, SrcT: bool} : float32[4]
      output a = %1`,
    )
  })

  it('a list of two is a sum', () => {
    expectPass(
      tf,
      removeIdentities,
      s => s.value('AddN', { T: type('float32'), N: int(2) }, [s.input('x', [2]), s.input('y', [2])]),
      `${X}[2]
      %1 = Placeholder() {dtype: float32, name: 'y'} : float32[2]
      %2 = AddV2(%0, %1) {T: float32} : float32[2]
      output a = %2`,
    )
  })
})
