/** Rows that are added to products: TensorFlow's fused kernel takes only a vector for a bias. */
import { expect } from 'chai'
import type { Value } from '../../../src/graph/ir/graph.js'
import { flattenRows } from '../../../src/graph/passes/flatten-rows.js'
import { compile, watchStages } from '../../../src/graph.js'
import { itCompiles, type Tensor, tf } from '../semantics/support.js'
import { type Sketch, sketch } from './support.js'

const row = tf.variable(tf.tensor2d([[1, 2, 3]]))
const sums: Readonly<Record<string, (x: Tensor, y: Tensor) => Tensor>> = {
  'a row and a product of one row': (x, y) => tf.add(tf.mul(row, tf.abs(row)), f.matMul!(x, y, true)),
  'a product of one row and a row': (x, y) => tf.add(f.matMul!(x, y, true), tf.mul(row, tf.abs(row))),
  'a row and a product of several rows': (_, y) => tf.add(tf.mul(row, 2), f.matMul!(y, tf.ones([3, 3]))),
  'two products of one row': (x, y) => tf.add(f.matMul!(x, y, true), f.matMul!(tf.neg(x), y, true)),
}
const f = tf as unknown as Readonly<Record<string, (...args: unknown[]) => Tensor>>
const given = () => [tf.ones([5, 1]), tf.ones([5, 3])] as const

describe('rows added to products', () => {
  itCompiles(
    Object.fromEntries(
      Object.entries(sums).map(([name, sum]) => [
        name,
        wrap => {
          const step = wrap((x: Tensor, y: Tensor) => tf.tidy(() => sum(x, y)))
          return [step(...given()), step(...given())]
        },
      ]),
    ),
  )

  const product = (s: Sketch, rows: number) => s.op('MatMul', s.input('x', [rows, 2]), s.input('w', [2, 3]))
  const cases: Readonly<Record<string, readonly [draw: (s: Sketch) => Value, rows: readonly string[]]>> = {
    'a row and a product': [s => s.op('AddV2', s.input('row', [1, 3]), product(s, 4)), ['3', '4,3']],
    'a product and a row': [s => s.op('Add', product(s, 4), s.input('row', [1, 3])), ['4,3', '3']],
    'two rows and a product': [s => s.op('AddV2', s.input('rows', [2, 3]), product(s, 2)), ['2,3', '2,3']],
    'a row of images and a product': [s => s.op('AddV2', s.input('row', [1, 1, 3]), product(s, 4)), ['1,1,3', '4,3']],
    'a number in a row and a product': [s => s.op('AddV2', s.input('row', [1, 1]), product(s, 4)), ['1,1', '4,3']],
    'a row and a product in another shape': [
      s => s.op('AddV2', s.input('row', [1, 3]), s.op('Reshape', product(s, 4), s.list(2, 2, 3))),
      ['3', '2,2,3'],
    ],
    'a row and something else': [s => s.op('AddV2', s.input('row', [1, 3]), s.input('y', [4, 3])), ['1,3', '4,3']],
    'a row less a product': [s => s.op('Sub', s.input('row', [1, 3]), product(s, 4)), ['1,3', '4,3']],
  }
  for (const [name, [draw, shapes]] of Object.entries(cases)) {
    it(`${name} have the shapes ${shapes.join(' and ')}`, () => {
      const { node } = flattenRows(sketch(draw)).outputs[0]!.value
      expect(node.inputs.map(({ shape }) => shape.join())).to.deep.equal(shapes)
    })
  }

  it('are vectors in the graph', () => {
    let shapes: string[] = []
    const stop = watchStages((_, stage, { nodes }) => {
      if (stage === 'products')
        shapes = nodes.filter(({ op }) => op.startsWith('Add')).flatMap(({ inputs }) => inputs.map(({ shape }) => `[${shape}]`))
    })
    try {
      compile((x: Tensor, y: Tensor) => tf.tidy(() => sums['a row and a product of one row']!(x, y)))(...given())
    } finally {
      stop()
    }
    expect(shapes).to.deep.equal(['[3]', '[1,3]'])
  })
})
