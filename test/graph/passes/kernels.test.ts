import { expect } from 'chai'
import { float, ints, numbersOf, string, type } from '../../../src/graph/ir/attributes.js'
import type { Value } from '../../../src/graph/ir/graph.js'
import { printGraph } from '../../../src/graph/ir/print.js'
import { verify } from '../../../src/graph/ir/verify.js'
import { checkUpdates } from '../../../src/graph/passes/check-updates.js'
import { guardKernels } from '../../../src/graph/passes/kernels/guard-kernels.js'
import { GUARD, withoutGuard } from '../../../src/graph/passes/kernels/guarded-units.js'
import { loadTensorflow, type Tensorflow } from '../../../src/graph/tensorflow.js'
import { compile } from '../../../src/graph.js'
import { expectSame, opsOf, type Sketch, sketch } from './support.js'

const dense = (s: Sketch) => s.op('AddV2', s.op('MatMul', s.input('x', [2, 3]), s.variable('w', [3, 4])), s.variable('b', [4]))
/** Images so large that a check of what is read costs less than a unit. */
const conv = (s: Sketch, x = s.input('x', [1, 16, 16, 1]), w = s.variable('w', [1, 1, 1, 8])) =>
  s.op('AddV2', convolved(s, x, w), s.variable('b', [8]))
const convolved = (s: Sketch, x: Value, w: Value) =>
  s.value('Conv2D', { T: type('float32'), strides: ints([1, 1, 1, 1]), padding: string('SAME') }, [x, w])
const leaky = (s: Sketch, x: Value) => s.value('LeakyRelu', { T: type('float32'), alpha: float(0.5) }, [x])
const transpose = (s: Sketch, x: Value) => s.value('Transpose', { T: type(x.dtype), Tperm: type('int32') }, [x, s.list(1, 0)])

/** What is drawn, and the operations that are to stand for it. */
const cases: Readonly<Record<string, readonly [draw: (s: Sketch) => Value | readonly Value[], ops: string]>> = {
  'relu of a dense layer': [s => s.op('Relu', dense(s)), 'MatMul AddV2 Maximum'],
  'relu6 of a dense layer': [s => s.op('Relu6', dense(s)), 'MatMul AddV2 Maximum Minimum'],
  'relu of something else': [s => s.op('Relu', s.op('AddV2', s.input('x', [2]), s.variable('w', [2]))), 'AddV2 Relu'],
  'relu of a large convolution': [s => s.op('Relu', conv(s)), 'Conv2D AddV2 Relu L2Loss L2Loss L2Loss AddN Mul IsFinite'],
  'relu of a convolution of what may be NaN': [
    s => s.op('Relu', conv(s, s.op('Log', s.op('Abs', s.input('x', [1, 16, 16, 1]))))),
    'Abs Log Conv2D AddV2 Maximum',
  ],
  'leaky relu of a dense layer': [s => leaky(s, dense(s)), 'MatMul AddV2 LeakyRelu'],
  'leaky relu of one that is used elsewhere': [
    s => {
      const y = dense(s)
      return [leaky(s, y), s.op('Neg', y)]
    },
    'MatMul AddV2 Greater Mul SelectV2 Neg',
  ],
  'relu6 of a large convolution': [s => s.op('Relu6', conv(s)), 'Conv2D AddV2 Relu6 L2Loss L2Loss L2Loss AddN Mul IsFinite'],
  'relu of a large convolution by a computed filter': [
    s => s.op('Relu', conv(s, s.input('x', [1, 16, 16, 1]), s.op('Sqrt', s.op('Abs', s.variable('w', [1, 1, 1, 8]))))),
    'Abs Sqrt Conv2D AddV2 Relu L2Loss L2Loss L2Loss AddN Mul IsFinite',
  ],
  'relu of a large convolution by a constant filter': [
    s =>
      s.op(
        'Relu',
        conv(s, s.input('x', [1, 16, 16, 1]), s.const({ data: Float32Array.of(1, 2, 3, 4, 5, 6, 7, 8) }, [1, 1, 1, 8], 'float32')),
      ),
    'Conv2D AddV2 Relu L2Loss L2Loss L2Loss AddN Mul IsFinite',
  ],
  'relu of a large convolution of converted integers': [
    s => s.op('Relu', conv(s, s.cast(s.input('x', [1, 16, 16, 1], 'int32'), 'float32'))),
    'Cast Conv2D AddV2 Relu L2Loss L2Loss AddN Mul IsFinite',
  ],
  'relu of a large convolution of what is used twice': [
    s => {
      const x = s.op('Abs', s.input('x', [1, 16, 16, 1]))
      return s.op('Relu', conv(s, s.op('AddV2', x, x)))
    },
    'Abs AddV2 Conv2D AddV2 Relu L2Loss L2Loss L2Loss AddN Mul IsFinite',
  ],
  'relu of a convolution four times as large as what it reads': [
    s => s.op('Relu', s.op('AddV2', convolved(s, s.input('x', [1, 4, 4, 1]), s.variable('w', [1, 1, 1, 8])), s.variable('b', [8]))),
    'Conv2D AddV2 Maximum',
  ],
  softmax: [s => s.op('Softmax', s.input('x', [2, 3])), 'Softmax Sum RealDiv Mul'],
  'a transposed matrix': [s => transpose(s, s.input('x', [2, 3])), 'Transpose'],
  'transposed integers': [s => transpose(s, s.input('x', [2, 3], 'int32')), 'Bitcast Transpose Bitcast'],
  'transposed booleans': [s => transpose(s, s.input('x', [2, 3], 'bool')), 'SelectV2 Transpose Greater'],
  'a transposed mask': [s => transpose(s, s.cast(s.input('x', [2, 3], 'bool'), 'float32')), 'Cast Maximum Transpose'],
  'a mask of what is transposed, in another shape': [
    s => s.op('IsInf', s.op('Reshape', transpose(s, s.input('x', [2, 3])), s.list(6))),
    'Transpose Reshape Maximum IsInf',
  ],
  'another mask of what is transposed': [s => s.op('IsFinite', transpose(s, s.input('x', [2, 3]))), 'Transpose Maximum IsFinite'],
  'what is transposed, as a mask': [s => s.cast(transpose(s, s.input('x', [2, 3])), 'bool'), 'Transpose Maximum Cast'],
  'what is transposed, as integers': [s => s.cast(transpose(s, s.input('x', [2, 3])), 'int32'), 'Transpose Cast'],
  'a mask of something else': [s => s.op('IsNan', s.op('Neg', s.input('x', [2, 3]))), 'Neg IsNan'],
  'a mask of transposed integers': [s => s.cast(transpose(s, s.input('x', [2, 3], 'int32')), 'bool'), 'Bitcast Transpose Bitcast Cast'],
  'transposed numbers of integers': [s => transpose(s, s.cast(s.input('x', [2, 3], 'int32'), 'float32')), 'Cast Transpose'],
  'a mask of what is transposed': [s => s.op('IsNan', transpose(s, s.input('x', [2, 3]))), 'Transpose Maximum IsNan'],
}

describe('kernels that TensorFlow would replace', () => {
  let tf: Tensorflow
  before(async () => {
    tf = await loadTensorflow()
  })

  for (const [name, [draw, ops]] of Object.entries(cases)) {
    it(`${name}: ${ops}`, () => {
      const graph = sketch(draw)
      const guarded = guardKernels(graph)
      expect(opsOf(guarded)).to.deep.equal(ops.split(' '))
      const untyped = guarded.nodes.filter(({ inputs, attributes }) => inputs.length > 0 && !attributes.T && !attributes.SrcT)
      expect(untyped).to.deep.equal([])
      expectSame(tf, graph, guarded)
      expectSame(tf, graph, withoutGuard(guarded))
      expect(opsOf(withoutGuard(guarded))).not.to.include('L2Loss')
      expect(printGraph(withoutGuard(guarded))).not.to.contain('check ')
    })
  }

  it('a graph without its guard has its other checks, and units that no kernel takes', () => {
    const graph = sketch(s => [s.op('Relu', conv(s)), s.op('IsFinite', s.input('y', []))])
    const other = { value: graph.outputs[1]!.value, message: 'y is finite', shown: graph.outputs[1]!.value }
    const guarded = guardKernels({ ...graph, checks: [other] })
    expect(guarded.checks.map(({ message }) => message)).to.deep.equal(['y is finite', GUARD])
    const without = withoutGuard(guarded)
    expect(without.checks.map(({ message }) => message)).to.deep.equal(['y is finite'])
    expect(opsOf(without)).to.deep.equal(['Conv2D', 'AddV2', 'Maximum', 'IsFinite'])
  })

  it('a guarded function whose inputs or variables stop being small returns what tfjs does, from then on without the guard', async () => {
    const w = tf.variable(tf.randomNormal([3, 3, 2, 8], 0, 1, 'float32', 1), false)
    const fn = (x: any) => tf.relu(tf.add(tf.conv2d(x, w as never, 1, 'same'), tf.ones([8])))
    const compiled = compile(fn)
    const images = (value: number) => {
      const data = tf.randomNormal([4, 16, 16, 2], 0, 1, 'float32', 2).dataSync().slice()
      data[100] = value
      return tf.tensor(data, [4, 16, 16, 2])
    }
    const kinds = (x: any) => Array.from(x.dataSync() as Float32Array, value => (Number.isFinite(value) ? 'finite' : String(value)))
    for (const value of [0, 1e30, Number.NaN, 0, Infinity, 1e38])
      expect(kinds(compiled(images(value))), String(value)).to.deep.equal(kinds(fn(images(value))))
    const [got, wanted] = [compiled(images(0)).dataSync(), fn(images(0)).dataSync()]
    for (const [i, value] of wanted.entries()) expect(got[i]).to.be.closeTo(value, 1e-4)
    compiled.dispose()
  })
})

describe('checks of updates', () => {
  it('sum the squares of gradients and rates, what is assigned, and what an optimizer’s row names', () => {
    const graph = sketch(s => {
      const [g, rate, power] = [s.input('g', [2, 3]), s.input('rate', []), s.variable('power', [])]
      s.variable('w', [2, 3])
      s.variable('m', [2, 3])
      s.variable('v', [2, 3])
      s.variable('average', [3])
      const attributes = { beta1: float(0.9), beta2: float(0.999), epsilon: float(1e-8) }
      return {
        outputs: [],
        updates: [
          { op: 'Adam', variables: ['w', 'm', 'v'], inputs: [g, rate, power, power], attributes },
          { op: 'Assign', variables: ['average'], inputs: [s.input('mean', [3])], attributes: {} },
        ],
      }
    })
    const checked = checkUpdates(graph)
    expect(checked.checks.map(({ message }) => message)).to.deep.equal(['the updates are finite numbers'])
    expect(opsOf(checked)).to.deep.equal('Sub Sqrt Mul Sub RealDiv L2Loss L2Loss Sum AddN Mul AddN IsFinite'.split(' '))
    const lines = printGraph(checked).split('\n')
    for (const line of [
      '%14 = RealDiv(%11, %13) {T: float32} : float32[]',
      '%15 = L2Loss(%0) {T: float32} : float32[]',
      '%16 = L2Loss(%1) {T: float32} : float32[]',
      '%18 = Sum(%7, %17) {T: float32, Tidx: int32, keep_dims: false} : float32[]',
      '%22 = AddN(%14, %18, %21) {N: 3, T: float32} : float32[]',
      "check %23 or 'the updates are finite numbers'",
    ])
      expect(lines).to.include(line)
  })

  it('compute the new values where the options of an optimizer do not bound them', () => {
    const momentum = (momentum: number) =>
      checkUpdates(
        sketch(s => {
          s.variable('w', [2])
          s.variable('a', [2])
          const inputs = [s.input('g', [2]), s.input('rate', [])]
          const attributes = { momentum: float(momentum) }
          return { outputs: [], updates: [{ op: 'Momentum', variables: ['w', 'a'], inputs, attributes }] }
        }),
      )
    expect(opsOf(momentum(0.9))).to.deep.equal('L2Loss L2Loss AddN Mul IsFinite'.split(' '))
    expect(opsOf(momentum(1.5))).to.deep.equal('Mul AddV2 Mul L2Loss L2Loss Sum AddN Mul AddN IsFinite'.split(' '))
  })

  it('sum what is assigned by an optimizer whose row names no risks, over all axes; each variable has one node', () => {
    const graph = sketch(s => {
      for (const name of ['w', 'a']) s.variable(name, [2, 3])
      const inputs = [s.input('g', [2, 3]), s.input('rate', [])]
      return { outputs: [], updates: [{ op: 'Adagrad', variables: ['w', 'a'], inputs, attributes: { epsilon: float(1e-8) } }] }
    })
    const checked = checkUpdates(graph)
    expect(opsOf(checked)).to.deep.equal('Square AddV2 AddV2 Sqrt RealDiv Mul Sub L2Loss L2Loss Sum Sum AddN Mul AddN IsFinite'.split(' '))
    expect(checked.nodes.filter(({ op }) => op === 'Variable')).to.have.length(2)
    const sums = checked.nodes.filter(({ op }) => op === 'Sum').map(({ inputs }) => numbersOf(inputs[1]!))
    expect(sums).to.deep.equal([
      [0, 1],
      [0, 1],
    ])
    const unread = checkUpdates({ ...graph, nodes: graph.nodes.filter(({ op }) => op !== 'Variable') })
    expect(unread.nodes.filter(({ op }) => op === 'Variable').map(({ attributes }) => attributes.variable!.value)).to.deep.equal(['a', 'w'])
    for (const each of [checked, unread]) verify(each, 'recorded')
  })

  it('are none where nothing is updated, or only integers', () => {
    const none = sketch(s => s.op('Neg', s.input('x', [2])))
    const integers = sketch(s => {
      s.variable('w', [2])
      return { outputs: [], updates: [{ op: 'Assign', variables: ['w'], inputs: [s.input('n', [2], 'int32')], attributes: {} }] }
    })
    for (const graph of [none, integers]) expect(checkUpdates(graph)).to.equal(graph)
  })
})
