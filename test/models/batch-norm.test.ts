import { expect } from 'chai'
import { runsOperations } from '../../src/graph/backend.js'
import { normalizeInTraining } from '../../src/graph/fused-batch-norm.js'
import { loadTensorflow } from '../../src/graph/tensorflow.js'
import { createStockLayers } from '../../src/models/build/own/stock-layers.js'
import type { Layer, Tensor, Tf, Variable } from '../../src/models/tf-types.js'
import { uniformAt } from '../../src/util/seeds.js'

const numbers = (tensor: Tensor) => Array.from(tensor.dataSync())
function expectClose(a: Tensor, b: Tensor, within = 2e-5) {
  expect(a.shape).to.deep.equal(b.shape)
  const [x, y] = [numbers(a), numbers(b)]
  for (const [i, value] of y.entries()) expect(x[i]!).to.be.closeTo(value, within * Math.max(1, Math.abs(value)))
}

describe('batch normalisation in training', () => {
  let tf: Tf
  before(async () => {
    tf = await loadTensorflow()
  })
  const values = (seed: number, shape: number[]) =>
    tf.tensor(
      Float32Array.from({ length: shape.reduce((a, b) => a * b, 1) }, (_, i) => 3 * uniformAt(seed, i) - 1),
      shape,
    )

  /** The output; the gradients of a weighed sum of it by x, gamma and beta; gamma, beta and the moving averages after it all. */
  function pass(layer: Layer, x: Tensor, weigh: Tensor): Tensor[] {
    const call = (input: Tensor) => layer.apply(input, { training: true }) as Tensor
    const y = call(x)
    const sum = (input: Tensor) => tf.sum(tf.mul(call(input), weigh))
    const variables = layer.trainableWeights.map(weight => (weight as unknown as { val: Variable }).val)
    const { grads } = tf.variableGrads(() => sum(x) as never, variables)
    return [y, tf.grad(sum)(x), ...Object.values(grads), ...layer.weights.map(weight => weight.read())]
  }

  for (const shape of [
    [5, 4, 3, 2],
    [7, 3],
    [6, 5, 2],
  ]) {
    it(`equals tfjs’s own on [${shape.join(', ')}]: output, gradients, moving averages`, () => {
      expect(runsOperations(tf.backend())).to.equal(true)
      const args = { momentum: 0.9, epsilon: 1e-3 }
      tf.tidy(() => {
        const [x, weigh] = [values(1, shape), values(2, shape)]
        const ours = createStockLayers(tf).batchNormalization({ name: 'ours', ...args })
        const theirs = tf.layers.batchNormalization({ name: 'theirs', ...args })
        const [got, wanted] = [pass(ours, x, weigh), pass(theirs, x, weigh)]
        expect(got).to.have.length(8)
        for (const [i, tensor] of wanted.entries()) expectClose(got[i]!, tensor)
        ours.dispose()
        theirs.dispose()
      })
    })
  }

  it('gives the same by tfjs’s arithmetic on another backend', async () => {
    const run = () =>
      tf.tidy(() => {
        const x = values(3, [4, 3, 3, 2])
        const moments: number[][] = []
        const f = (input: Tensor, gamma: Tensor, beta: Tensor) => {
          const y = normalizeInTraining(tf, input, gamma as never, beta as never, 1e-3, (mean, variance) =>
            moments.push(numbers(mean), numbers(variance)),
          )
          return tf.sum(tf.mul(y, values(4, [4, 3, 3, 2])))
        }
        const grads = tf
          .grads(f)([x, values(5, [2]), values(6, [2])])
          .map(numbers)
        return { json: JSON.stringify([...moments, ...grads]) }
      }).json
    const fused = (JSON.parse(run()) as number[][]).flat()
    const backend = tf.getBackend()
    try {
      // Keeps the slow backend from advertising the fast one.
      tf.env().set('IS_TEST', true)
      await tf.setBackend('cpu')
      expect(runsOperations(tf.backend())).to.equal(false)
      const stock = (JSON.parse(run()) as number[][]).flat()
      for (const [i, value] of stock.entries()) expect(fused[i]!).to.be.closeTo(value, 1e-4 * Math.max(1, Math.abs(value)))
    } finally {
      tf.env().set('IS_TEST', false)
      await tf.setBackend(backend)
    }
  })
})
