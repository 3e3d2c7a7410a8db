/** Networks with layers without padding are built with their published stems, on the smallest images that these take. */
import { expect } from 'chai'
import { models } from '../../../src/models.js'
import { NdArray } from '../../../src/util/nd-array.js'
import { uniformAt } from '../../../src/util/seeds.js'

const narrow = { 'body/width_factor': 0.05, 'body/width_divisor': 1, 'body/depth_factor': 0.01, engine: 'eager' }

describe('published stems without padding', () => {
  for (const [name, size] of [
    ['InceptionV3', 75],
    ['InceptionV4', 75],
    ['InceptionResNetV2', 75],
    ['Xception', 7],
  ] as const) {
    it(`${name} has the described shapes on ${size}×${size}`, async () => {
      const config = { inputs: { images: { shape: [size, size, 3] }, labels: { classes: 3, name: 'targets' } }, ...narrow }
      const model = await models[name].build(config, { name: 'net', seed: 1 })
      const built = new Map(model.layers.map(layer => [layer.name, (layer.outputShape as number[]).slice(1)]))
      expect(built).to.deep.equal(new Map(models[name].describe(config).layers.map(({ path, shape }) => [path, shape])))
      const images = new NdArray(
        Float32Array.from({ length: 2 * size * size * 3 }, (_, i) => uniformAt(1, i)),
        [2, size, size, 3],
      )
      const [logits] = await model.predict({ images }, ['predictions'])
      expect((logits as NdArray).shape).to.deep.equal([2, 3])
      expect([...(logits as NdArray).data].every(Number.isFinite)).to.equal(true)
      model.dispose()
    })
  }
})
