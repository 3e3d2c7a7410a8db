import { expect } from 'chai'
import { loadTensorflow } from '../../../src/graph/tensorflow.js'
import { drawWeights, fansOf, seededInitializer } from '../../../src/models/build/initializers.js'
import type { InitializerSpec } from '../../../src/models/plan/layer-spec.js'
import { buildLayer } from './build.js'

const shape = [3, 3, 16, 32]
const fans = fansOf([3, 3], 16, 32)
const variances: readonly (readonly [InitializerSpec, variance: number, limit: number])[] = [
  [{ type: 'glorot_uniform' }, 2 / (9 * 48), Math.sqrt(6 / (9 * 48))],
  [{ type: 'he_uniform' }, 2 / (9 * 16), Math.sqrt(6 / (9 * 16))],
  [{ type: 'he_normal' }, 2 / (9 * 16), Infinity],
  // A normal distribution cut at two deviations has 0.774 of its variance.
  [{ type: 'truncated_normal', stddev: 0.02 }, 0.774 * 0.02 ** 2, 0.04],
]

describe('initial weights', () => {
  for (const [spec, variance, limit] of variances) {
    it(`by ${spec.type} have its variance and limits, and are functions of the seed`, () => {
      const values = drawWeights(spec, shape, 5, fans)
      const mean = values.reduce((sum, value) => sum + value, 0) / values.length
      expect(Math.abs(mean)).to.be.below(4 * Math.sqrt(variance / values.length))
      expect(values.reduce((sum, value) => sum + value ** 2, 0) / values.length / variance).to.be.closeTo(1, 0.06)
      expect(values.every(value => Math.abs(value) <= limit)).to.equal(true)
      if (limit === Infinity) expect(values.some(value => Math.abs(value) > 3 * Math.sqrt(variance))).to.equal(true)
      expect(drawWeights(spec, shape, 5, fans)).to.deep.equal(values)
      expect(drawWeights(spec, shape, 6, fans)).not.to.deep.equal(values)
    })

    it(`by ${spec.type} are saved by tfjs’s own initializer`, async () => {
      const tf = await loadTensorflow()
      const own = seededInitializer(tf, spec, 1, 'a/kernel', fans)
      const stock = {
        glorot_uniform: () => tf.initializers.glorotUniform({}),
        he_uniform: () => tf.initializers.heUniform({}),
        he_normal: () => tf.initializers.heNormal({}),
        truncated_normal: () => tf.initializers.truncatedNormal({ stddev: 0.02 }),
      }[spec.type]()
      expect([own.getClassName(), own.getConfig()]).to.deep.equal([stock.getClassName(), stock.getConfig()])
    })
  }

  it('count what an output depends on: a group’s channels, one channel of a depthwise kernel', async () => {
    const tf = await loadTensorflow()
    const initializer = { type: 'he_uniform' } as const
    const window = { kernelSize: [3, 3], strides: [1, 1], dilationRate: [1, 1], padding: 'same', useBias: false, initializer } as const
    const limits = [
      [{ type: 'conv', filters: 64, groups: 1, ...window }, 9 * 32],
      [{ type: 'conv', filters: 64, groups: 4, ...window }, 9 * 8],
      [{ type: 'depthwise', depthMultiplier: 8, ...window }, 9],
      [{ type: 'dense', units: 64, useBias: false, initializer }, 32],
    ] as const
    for (const [spec, fanIn] of limits) {
      const { model, layer } = buildLayer(tf, { spec, inputs: [spec.type === 'dense' ? [32] : [4, 4, 32]] })
      const largest = Math.max(...layer.weights[0]!.read().dataSync().map(Math.abs))
      expect(largest / Math.sqrt(6 / fanIn)).to.be.within(0.97, 1)
      model.dispose()
    }
  })
})
