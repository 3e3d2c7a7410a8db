import { expect } from 'chai'
import { bool, float, ints, string, type } from '../../../src/graph/ir/attributes.js'
import type { Attributes, Graph, Value } from '../../../src/graph/ir/graph.js'
import { foldBatchNorm } from '../../../src/graph/passes/fold-batch-norm.js'
import { loadTensorflow, type Tensorflow } from '../../../src/graph/tensorflow.js'
import { expectSame, expectText, type Sketch, sketch } from './support.js'

const T = type('float32')

/** Normalisation by averages; variances are positive whatever the numbers are. */
function normalized(s: Sketch, x: Value, op = 'FusedBatchNorm', training = false, prefix = ''): Value {
  const channels = [x.shape.at(-1)!]
  const [gamma, beta, mean, variance] = ['gamma', 'beta', 'mean', 'variance'].map(name => s.variable(prefix + name, channels))
  const attributes = { T, epsilon: float(0.001), data_format: string('NHWC'), is_training: bool(training) }
  const types: Attributes = op === 'FusedBatchNormV3' ? { U: T } : {}
  return s.value(op, { ...attributes, ...types }, [x, gamma!, beta!, mean!, s.op('Square', variance!)])
}

function conv(s: Sketch, op = 'Conv2D', filter = [3, 3, 2, 4]): Value {
  const attributes = { T, strides: ints([1, 1, 1, 1]), padding: string('SAME'), data_format: string('NHWC'), dilations: ints([1, 1, 1, 1]) }
  return s.value(op, attributes, [s.input('x', [2, 4, 4, filter[2]!]), s.variable('filter', filter)])
}

const matMul = (s: Sketch, transposed: boolean) =>
  s.value('MatMul', { T, transpose_a: bool(false), transpose_b: bool(transposed) }, [
    s.input('x', [3, 5]),
    s.variable('filter', transposed ? [4, 5] : [5, 4]),
  ])

/** Graphs in which nothing of the normalisation is left but the weights' scaling and a bias. */
const folded: Record<string, (s: Sketch) => Value> = {
  'a convolution': s => normalized(s, conv(s)),
  'a convolution, then the kernel’s third version': s => normalized(s, conv(s), 'FusedBatchNormV3'),
  'a convolution with a bias': s => normalized(s, s.op('AddV2', conv(s), s.variable('bias', [4]))),
  'a convolution with a bias of another rank': s => normalized(s, s.op('Add', s.variable('bias', [1, 1, 1, 4]), conv(s))),
  'a convolution of groups': s => {
    const attributes = {
      T,
      strides: ints([1, 1, 1, 1]),
      padding: string('SAME'),
      data_format: string('NHWC'),
      dilations: ints([1, 2, 2, 1]),
    }
    return normalized(s, s.value('Conv2D', attributes, [s.input('x', [2, 4, 4, 6]), s.variable('filter', [3, 3, 3, 4])]))
  },
  'a depthwise convolution': s => normalized(s, conv(s, 'DepthwiseConv2dNative', [3, 3, 3, 2])),
  'a matrix product in another shape': s => normalized(s, s.op('Reshape', matMul(s, false), s.list(1, 1, 3, 4))),
  'a transposed matrix product with a bias': s =>
    normalized(s, s.op('Reshape', s.op('BiasAdd', matMul(s, true), s.variable('bias', [4])), s.list(3, 1, 1, 4))),
  'a batched matrix product': s =>
    normalized(
      s,
      s.op(
        'Reshape',
        s.value('BatchMatMulV2', { T, adj_x: bool(false), adj_y: bool(true) }, [s.input('x', [1, 3, 5]), s.variable('filter', [1, 4, 5])]),
        s.list(1, 1, 3, 4),
      ),
    ),
}

const opsOf = ({ nodes }: Graph) => nodes.map(({ op }) => op)

describe('folding of batch normalisation', () => {
  let tf: Tensorflow
  before(async () => {
    tf = await loadTensorflow()
  })

  for (const [name, draw] of Object.entries(folded)) {
    it(`into ${name}`, () => {
      const graph = sketch(draw)
      const result = foldBatchNorm(graph)
      const ops = opsOf(result)
      expect(ops.filter(op => op.startsWith('FusedBatchNorm'))).to.have.length(0)
      expect(ops.filter(op => op === 'BiasAdd')).to.have.length(1)
      const products = result.nodes.filter(({ op }) => op.startsWith('Conv') || op.startsWith('Depth') || op.includes('MatMul'))
      expect(products.map(({ inputs }) => inputs[1]!.node.op)).to.deep.equal(['Mul'])
      expectSame(tf, graph, result)
    })
  }

  it('as text', () => {
    expectText(
      foldBatchNorm(sketch(s => s.op('Tanh', normalized(s, s.op('AddV2', conv(s), s.variable('bias', [4])))))),
      `%0 = Placeholder() {dtype: float32, name: 'x'} : float32[2,4,4,2]
      %1 = Variable() {variable: 'filter'} : float32[3,3,2,4]
      %2 = Variable() {variable: 'bias'} : float32[4]
      %3 = Variable() {variable: 'gamma'} : float32[4]
      %4 = Variable() {variable: 'beta'} : float32[4]
      %5 = Variable() {variable: 'mean'} : float32[4]
      %6 = Variable() {variable: 'variance'} : float32[4]
      %7 = Square(%6) {T: float32} : float32[4]
      %8 = Const() {dtype: float32, value: all 0.001} : float32[]
      %9 = AddV2(%7, %8) {T: float32} : float32[4]
      %10 = Rsqrt(%9) {T: float32} : float32[4]
      %11 = Mul(%10, %3) {T: float32} : float32[4]
      %12 = Sub(%2, %5) {T: float32} : float32[4]
      %13 = Mul(%12, %11) {T: float32} : float32[4]
      %14 = AddV2(%13, %4) {T: float32} : float32[4]
      %15 = Mul(%1, %11) {T: float32} : float32[3,3,2,4]
      %16 = Conv2D(%0, %15) {T: float32, data_format: 'NHWC', dilations: [1, 1, 1, 1], padding: 'SAME', strides: [1, 1, 1, 1]} : float32[2,4,4,4]
      %17 = BiasAdd(%16, %14) {T: float32, data_format: 'NHWC'} : float32[2,4,4,4]
      %18 = Tanh(%17) {T: float32} : float32[2,4,4,4]
      output a = %18`,
    )
  })

  /** Graphs in which the normalisation cannot reach weights: it is a product and a sum. */
  const affine: Record<string, (s: Sketch) => Value | Value[]> = {
    'after an activation (pre-activation order)': s => normalized(s, s.op('Relu', conv(s))),
    'after a sum of two branches': s => normalized(s, s.op('AddV2', conv(s), s.input('shortcut', [2, 4, 4, 4]))),
    'after a product that is seen elsewhere': s => {
      const y = conv(s)
      return [normalized(s, y), y]
    },
    'after a sum with two biases': s =>
      normalized(s, s.op('BiasAdd', s.op('BiasAdd', conv(s), s.variable('bias', [4])), s.variable('more', [4]))),
    'after a reshape that moves channels': s => normalized(s, s.op('Reshape', matMul(s, false), s.list(3, 1, 2, 2))),
  }
  for (const [name, draw] of Object.entries(affine)) {
    it(`${name}: a product and a sum`, () => {
      const graph = sketch(draw)
      const result = foldBatchNorm(graph)
      const { node } = result.outputs[0]!.value
      expect([node.op, node.inputs[0]!.node.op]).to.deep.equal(['AddV2', 'Mul'])
      expectSame(tf, graph, result)
    })
  }

  it('leaves training, other layouts and other uses of its outputs alone', () => {
    const cases: ((s: Sketch) => Value | Value[])[] = [
      s => normalized(s, conv(s), 'FusedBatchNormV3', true),
      s => {
        const y = normalized(s, conv(s))
        return [y, y.node.outputs[1]!]
      },
    ]
    for (const draw of cases) {
      const graph = sketch(draw)
      expect(foldBatchNorm(graph).nodes).to.deep.equal(graph.nodes)
    }
  })

  it('folds one after another', () => {
    const graph = sketch(s => {
      const first = s.op('Relu', normalized(s, conv(s), 'FusedBatchNorm', false, 'first '))
      const attributes = { T, strides: ints([1, 1, 1, 1]), padding: string('VALID'), data_format: string('NHWC') }
      return normalized(s, s.value('Conv2D', attributes, [first, s.variable('second', [1, 1, 4, 3])]))
    })
    const result = foldBatchNorm(graph)
    expect(opsOf(result).filter(op => op === 'BiasAdd')).to.have.length(2)
    expectSame(tf, graph, result)
  })
})
