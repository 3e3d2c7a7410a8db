/** Rows that are added to products: TensorFlow's fused kernel takes only a vector for a bias. */
import { expect } from 'chai'
import { compile, watchStages } from '../../../src/graph.js'
import { itCompiles, type Tensor, tf } from '../semantics/support.js'

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
