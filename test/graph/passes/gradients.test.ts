import { expect } from 'chai'
import { float, type } from '../../../src/graph/ir/attributes.js'
import type { Graph, Value } from '../../../src/graph/ir/graph.js'
import { lowerStep } from '../../../src/graph/passes/lower-step.js'
import { rewriteActivationGradients } from '../../../src/graph/passes/rewrite-activation-gradients.js'
import { rewriteReluGradients } from '../../../src/graph/passes/rewrite-relu-gradients.js'
import { loadTensorflow, type Tensorflow } from '../../../src/graph/tensorflow.js'
import { expectKept, expectSame, expectText, opsOf, type Sketch, sketch } from './support.js'

const step = (s: Sketch, x: Value, alpha = 0) => s.value('Step', { alpha: float(alpha) }, [x])
const toFloat = (s: Sketch, x: Value) => s.cast(x, 'float32')

/** What tfjs composes, from x and dy, and the line that is to stand for it. */
interface Case {
  readonly draw: (s: Sketch, x: Value, dy: Value) => readonly Value[]
  readonly pass: (graph: Graph) => Graph
  readonly lines: readonly string[]
  readonly positive?: boolean
}

const cases: Record<string, Case> = {
  'relu, its output known': {
    draw: (s, x, dy) => [s.op('Relu', x), s.op('Mul', dy, toFloat(s, step(s, x)))],
    pass: rewriteReluGradients,
    lines: ['%2 = Relu(%0) {T: float32} : float32[2,3]', '%3 = ReluGrad(%1, %2) {T: float32} : float32[2,3]'],
  },
  'relu, its output gone': {
    draw: (s, x, dy) => [x, s.op('Mul', step(s, x), dy)],
    pass: rewriteReluGradients,
    lines: ['%2 = ReluGrad(%1, %0) {T: float32} : float32[2,3]'],
  },
  relu6: {
    draw: (s, x, dy) => [s.op('Relu6', x), s.op('Mul', dy, s.op('Mul', toFloat(s, s.op('LessEqual', x, s.scalar(6))), step(s, x)))],
    pass: rewriteReluGradients,
    lines: ['%2 = Relu6(%0) {T: float32} : float32[2,3]', '%3 = Relu6Grad(%1, %2) {T: float32} : float32[2,3]'],
  },
  'relu6 as the smaller of 6 and relu': {
    draw: (s, x, dy) => {
      const [six, y] = [s.scalar(6), s.op('Relu', x)]
      const below = s.op('Mul', dy, toFloat(s, s.op('Greater', six, y)))
      return [s.op('Minimum', six, y), s.op('Mul', below, step(s, x))]
    },
    pass: rewriteReluGradients,
    lines: ['%2 = Relu6(%0) {T: float32} : float32[2,3]', '%3 = Relu6Grad(%1, %2) {T: float32} : float32[2,3]'],
  },
  'relu6 as the smaller of relu and 6': {
    draw: (s, x, dy) => {
      const [six, y] = [s.scalar(6), s.op('Relu', x)]
      const below = s.op('Mul', dy, toFloat(s, s.op('LessEqual', y, six)))
      return [s.op('Minimum', y, six), s.op('Mul', below, step(s, x))]
    },
    pass: rewriteReluGradients,
    lines: ['%2 = Relu6(%0) {T: float32} : float32[2,3]', '%3 = Relu6Grad(%1, %2) {T: float32} : float32[2,3]'],
  },
  'leaky relu': {
    draw: (s, x, dy) => [x, s.op('Select', s.op('Greater', x, s.scalar(0)), dy, s.op('Mul', dy, s.scalar(0.25)))],
    pass: rewriteReluGradients,
    lines: ['%2 = LeakyReluGrad(%1, %0) {T: float32, alpha: 0.25} : float32[2,3]'],
  },
  tanh: {
    draw: (s, x, dy) => {
      const y = s.op('Tanh', x)
      return [y, s.op('Mul', s.op('Sub', s.scalar(1), s.op('Square', y)), dy)]
    },
    pass: rewriteActivationGradients,
    lines: ['%2 = Tanh(%0) {T: float32} : float32[2,3]', '%3 = TanhGrad(%2, %1) {T: float32} : float32[2,3]'],
  },
  sigmoid: {
    draw: (s, x, dy) => {
      const y = s.op('Sigmoid', x)
      return [y, s.op('Mul', dy, s.op('Mul', y, s.op('Sub', s.scalar(1), y)))]
    },
    pass: rewriteActivationGradients,
    lines: ['%2 = Sigmoid(%0) {T: float32} : float32[2,3]', '%3 = SigmoidGrad(%2, %1) {T: float32} : float32[2,3]'],
  },
  softplus: {
    draw: (s, x, dy) => [s.op('Softplus', x), s.op('Mul', dy, s.op('Sigmoid', x))],
    pass: rewriteActivationGradients,
    lines: ['%2 = Softplus(%0) {T: float32} : float32[2,3]', '%3 = SoftplusGrad(%1, %0) {T: float32} : float32[2,3]'],
  },
  rsqrt: {
    draw: (s, x, dy) => [s.op('Rsqrt', x), s.op('Neg', s.op('RealDiv', dy, s.op('Mul', s.op('Pow', x, s.scalar(1.5)), s.scalar(2))))],
    pass: rewriteActivationGradients,
    lines: ['%2 = Rsqrt(%0) {T: float32} : float32[2,3]', '%3 = RsqrtGrad(%2, %1) {T: float32} : float32[2,3]'],
    positive: true,
  },
  reciprocal: {
    draw: (s, x, dy) => [s.op('Reciprocal', x), s.op('RealDiv', dy, s.op('Neg', s.op('Square', x)))],
    pass: rewriteActivationGradients,
    lines: ['%2 = Reciprocal(%0) {T: float32} : float32[2,3]', '%3 = ReciprocalGrad(%2, %1) {T: float32} : float32[2,3]'],
    positive: true,
  },
}

describe('gradients as tfjs composes them', () => {
  let tf: Tensorflow
  before(async () => {
    tf = await loadTensorflow()
  })

  for (const [name, { draw, pass, lines, positive }] of Object.entries(cases)) {
    it(`${name}: one kernel`, () => {
      const graph = sketch(s => draw(s, s.input('x', [2, 3]), s.input('dy', [2, 3])))
      const inputs = ['x', 'dy'].map((name, i) => `%${i} = Placeholder() {dtype: float32, name: '${name}'} : float32[2,3]`)
      const result = pass(graph)
      const [y, dx] = lines.length === 1 ? ['%0', '%2'] : ['%2', '%3']
      expectText(result, [...inputs, ...lines, `output a = ${y}`, `output b = ${dx}`].join('\n'))
      expectSame(tf, graph, result, { inputs: positive ? x => Math.abs(x) + 0.5 : x => 5 * x })
    })
  }

  const unlike: Record<string, (s: Sketch, x: Value, dy: Value) => Value> = {
    'a gradient of another shape': (s, x) => s.op('Mul', s.input('row', [3]), step(s, x)),
    'a step to another number': (s, x, dy) => s.op('Mul', dy, step(s, x, -1)),
    'relu6 of another limit': (s, x, dy) => s.op('Mul', dy, toFloat(s, s.op('LessEqual', x, s.scalar(5)))),
    'a swish, which only looks like softplus': (s, x) => s.op('Mul', x, s.op('Sigmoid', x)),
    'relu6 of two inputs': (s, x, dy) =>
      s.op('Mul', dy, s.op('Mul', toFloat(s, s.op('LessEqual', s.op('Neg', x), s.scalar(6))), step(s, x))),
    'relu6 of a limit of 5': (s, x, dy) => s.op('Mul', dy, s.op('Mul', toFloat(s, s.op('LessEqual', x, s.scalar(5))), step(s, x))),
    'the smaller of 5 and relu': (s, x) => s.op('Minimum', s.scalar(5), s.op('Relu', x)),
    'the smaller of 6 and tanh': (s, x) => s.op('Minimum', s.scalar(6), s.op('Tanh', x)),
    'the smaller of 6 and relu of another shape': (s, x) => s.op('Minimum', s.full(6, 4, 2, 3), s.op('Relu', x)),
    'a choice by what is no comparison': (s, _, dy) => s.op('SelectV2', s.input('c', [2, 3], 'bool'), dy, s.op('Mul', dy, s.scalar(0.25))),
    'a choice with what is no product': (s, x, dy) => s.op('SelectV2', s.op('Greater', x, s.scalar(0)), dy, s.op('Neg', dy)),
    'a choice with a product of something else': (s, x, dy) =>
      s.op('SelectV2', s.op('Greater', x, s.scalar(0)), dy, s.op('Mul', x, s.scalar(0.25))),
    'a choice with slopes that differ': (s, x, dy) =>
      s.op('SelectV2', s.op('Greater', x, s.scalar(0)), dy, s.op('Mul', dy, s.input('alpha', [2, 3]))),
    'a choice of another shape': (s, x) => {
      const dy = s.input('row', [3])
      return s.op('SelectV2', s.op('Greater', x, s.scalar(0)), dy, s.op('Mul', dy, s.scalar(0.25)))
    },
    'two minus a square': (s, x, dy) => s.op('Mul', s.op('Sub', s.scalar(2), s.op('Square', x)), dy),
    'a choice by another comparison': (s, x, dy) => s.op('SelectV2', s.op('Greater', x, s.scalar(1)), dy, s.op('Mul', dy, s.scalar(0.25))),
  }
  for (const [name, draw] of Object.entries(unlike)) {
    it(`${name} stays`, () => {
      const both = (graph: Graph) => rewriteActivationGradients(rewriteReluGradients(graph))
      expectKept(both, s => draw(s, s.input('x', [2, 3]), s.input('dy', [2, 3])))
    })
  }

  /** What is left of the gradient of relu by `mask`, beside `Relu(x)`. */
  const limited: Readonly<Record<string, readonly [mask: (s: Sketch, x: Value, y: Value) => Value, ops: string]>> = {
    'of the smaller of 6 and relu': [(s, _, y) => s.op('Greater', s.scalar(6), y), 'Relu Relu6Grad'],
    'of the smaller of 5 and relu': [(s, _, y) => s.op('Greater', s.scalar(5), y), 'Relu Greater Cast Mul ReluGrad'],
    'of the larger of relu and 6': [(s, _, y) => s.op('Greater', y, s.scalar(6)), 'Relu Greater Cast Mul ReluGrad'],
    'of 6 and the input itself': [(s, x) => s.op('Greater', s.scalar(6), x), 'Relu Greater Cast Mul ReluGrad'],
    'of 6 and relu of something else': [
      (s, x) => s.op('Greater', s.scalar(6), s.op('Relu', s.op('Neg', x))),
      'Relu Neg Relu Greater Cast Mul ReluGrad',
    ],
    'of no comparison': [(s, x) => s.op('IsFinite', x), 'Relu IsFinite Cast Mul ReluGrad'],
  }
  for (const [name, [mask, ops]] of Object.entries(limited)) {
    it(`a gradient ${name}: ${ops}`, () => {
      const graph = sketch(s => {
        const [x, dy] = [s.input('x', [2, 3]), s.input('dy', [2, 3])]
        const y = s.op('Relu', x)
        return [y, s.op('Mul', s.op('Mul', dy, toFloat(s, mask(s, x, y))), step(s, x))]
      })
      const result = rewriteReluGradients(graph)
      expect(opsOf(result)).to.deep.equal(ops.split(' '))
      expectSame(tf, graph, result)
    })
  }

  const slopes: readonly (readonly [slope: number, unit: number | undefined, takes: 'the output' | 'the input'])[] = [
    [0.25, 0.25, 'the output'],
    [Math.fround(0.1), 0.1, 'the output'],
    [0.2, undefined, 'the output'],
    [0.25, 0.5, 'the input'],
    [-0.25, -0.25, 'the input'],
    [0, 0, 'the input'],
  ]
  for (const [slope, unit, takes] of slopes) {
    it(`the gradient of leaky relu by ${slope}, beside one by ${unit ?? 'its default'}, takes ${takes}`, () => {
      const graph = sketch(s => {
        const [x, dy] = [s.input('x', [2, 3]), s.input('dy', [2, 3])]
        const y = s.value('LeakyRelu', { T: type('float32'), ...(unit === undefined ? {} : { alpha: float(unit) }) }, [x])
        return [y, s.op('SelectV2', s.op('Greater', x, s.scalar(0)), dy, s.op('Mul', dy, s.scalar(slope)))]
      })
      const result = rewriteReluGradients(graph)
      const gradient = result.outputs[1]!.value.node
      expect(gradient.op).to.equal('LeakyReluGrad')
      expect(gradient.inputs[1] === result.outputs[0]!.value).to.equal(takes === 'the output')
      expectSame(tf, graph, result)
    })
  }

  it('a step that is left is compared, and keeps what is no number', () => {
    const graph = sketch(s => [step(s, s.input('x', [3])), step(s, s.input('y', [3]), 0.25), step(s, s.input('n', [3], 'int32'), -1)])
    const result = lowerStep(graph)
    expectText(
      result,
      `%0 = Placeholder() {dtype: float32, name: 'x'} : float32[3]
      %1 = Const() {dtype: float32, value: all 0} : float32[]
      %2 = Greater(%0, %1) {T: float32} : bool[3]
      %3 = Cast(%2) {DstT: float32, SrcT: bool, Truncate: false} : float32[3]
      %4 = IsNan(%0) {T: float32} : bool[3]
      %5 = SelectV2(%4, %0, %3) {T: float32} : float32[3]
      %6 = Placeholder() {dtype: float32, name: 'y'} : float32[3]
      %7 = Const() {dtype: float32, value: all 0} : float32[]
      %8 = Greater(%6, %7) {T: float32} : bool[3]
      %9 = Const() {dtype: float32, value: all 1} : float32[]
      %10 = Const() {dtype: float32, value: all 0.25} : float32[]
      %11 = SelectV2(%8, %9, %10) {T: float32} : float32[3]
      %12 = IsNan(%6) {T: float32} : bool[3]
      %13 = SelectV2(%12, %6, %11) {T: float32} : float32[3]
      %14 = Placeholder() {dtype: int32, name: 'n'} : int32[3]
      %15 = Const() {dtype: int32, value: all 0} : int32[]
      %16 = Greater(%14, %15) {T: int32} : bool[3]
      %17 = Const() {dtype: int32, value: all 1} : int32[]
      %18 = Const() {dtype: int32, value: all -1} : int32[]
      %19 = SelectV2(%16, %17, %18) {T: int32} : int32[3]
      output a = %5
      output b = %13
      output c = %19`,
    )
    const floats = sketch(s => [step(s, s.input('x', [8])), step(s, s.input('x', [8]), -1)])
    for (const inputs of [(x: number) => x, () => Number.NaN, () => 0]) expectSame(tf, floats, lowerStep(floats), { inputs })
  })
})
