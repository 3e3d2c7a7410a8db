import { expect } from 'chai'
import { bool, type } from '../../../src/graph/ir/attributes.js'
import type { Value } from '../../../src/graph/ir/graph.js'
import { fusedNodes } from '../../../src/graph/passes/kernels/fused.js'
import { type Sketch, sketch } from './support.js'

const product = (s: Sketch) => s.op('MatMul', s.input('x', [2, 3]), s.input('w', [3, 4]))
const row = (s: Sketch) => s.input('row', [2, 4])
/** Normalised by a mean, in an evaluation unless it says otherwise. */
const normalized = (s: Sketch, x: Value, { mode = { is_training: bool(false) }, mean = s.variable('mean', [4]) } = {}) =>
  s.value('FusedBatchNormV3', { T: type('float32'), ...mode }, [
    s.op('Reshape', x, s.list(1, 1, 2, 4)),
    s.variable('gamma', [4]),
    s.variable('beta', [4]),
    mean,
    s.variable('variance', [4]),
  ])
const ofOneRow = (s: Sketch) => s.op('Reshape', s.op('MatMul', s.input('x', [1, 3]), s.input('w', [3, 4])), s.list(4))

describe('what TensorFlow may compute in one kernel with a product', () => {
  const cases: Readonly<Record<string, readonly [draw: (s: Sketch) => Value, isFused: boolean]>> = {
    'a product': [product, true],
    'something else': [row, false],
    'a bias added to it': [s => s.op('AddV2', product(s), row(s)), true],
    'it added to something': [s => s.op('AddV2', row(s), product(s)), true],
    'a sum of neither': [s => s.op('AddV2', row(s), row(s)), false],
    'a sum of a sum': [s => s.op('AddV2', row(s), s.op('AddV2', product(s), row(s))), true],
    'it in another shape': [s => s.op('Reshape', product(s), s.list(8)), true],
    'something else in another shape': [s => s.op('Reshape', row(s), s.list(8)), false],
    'a function of it': [s => s.op('Tanh', product(s)), false],
    'a product with it': [s => s.op('Mul', product(s), row(s)), false],
    'its normalisation in an evaluation': [s => normalized(s, product(s)), true],
    'its normalisation in training': [s => normalized(s, product(s), { mode: { is_training: bool(true) } }), false],
    'its normalisation without a mode, which is training': [s => normalized(s, product(s), { mode: {} as never }), false],
    'a normalisation of something else': [s => normalized(s, row(s)), false],
    'a normalisation of something else by a mean from it': [s => normalized(s, row(s), { mean: ofOneRow(s) }), false],
  }
  for (const [what, [draw, isFused]] of Object.entries(cases)) {
    it(`${what}: ${isFused ? 'yes' : 'no'}`, () => {
      const graph = sketch(draw)
      expect(fusedNodes(graph).has(graph.outputs[0]!.value.node)).to.equal(isFused)
    })
  }
})
