import { readFileSync } from 'node:fs'
import { expect } from 'chai'
import { loadTensorflow } from '../../src/graph/tensorflow.js'
import type { Tf } from '../../src/models/tf-types.js'
import { type Clipping, clipGradients } from '../../src/models/train/clip-gradients.js'
import { ResNet, toModelClass } from '../../src/models.js'
import { batch, errorOf, small } from './small.js'

interface Reference {
  readonly limit: number
  readonly gradients: number[][]
  readonly clipped: number[][]
}
/** Written by `fixtures/torch_training.py`. */
const torch: Record<string, Reference> = JSON.parse(readFileSync(new URL('fixtures/torch_training.json', import.meta.url), 'utf8')).clipping

describe('gradient clipping', () => {
  let tf: Tf
  before(async () => {
    tf = await loadTensorflow()
  })

  const cases: [string, (limit: number) => Clipping][] = [
    ['norm', norm => ({ norm })],
    ['normAbove', norm => ({ norm })],
    ['value', value => ({ value })],
    ['variableNorm', variableNorm => ({ variableNorm })],
  ]
  for (const [name, clipping] of cases) {
    it(`${name}: is PyTorch’s`, () => {
      const { limit, gradients, clipped } = torch[name]!
      tf.tidy(() => {
        const named = Object.fromEntries(gradients.map((values, i) => [`v${i}`, tf.tensor(values)]))
        const got = clipGradients(tf, named, clipping(limit))
        expect(Object.keys(got)).to.deep.equal(Object.keys(named))
        for (const [i, wanted] of clipped.entries()) {
          const values = got[`v${i}`]!.dataSync()
          for (const [j, value] of wanted.flat().entries()) expect(values[j]!).to.be.closeTo(value, 1e-6 * Math.max(1, Math.abs(value)))
        }
      })
    })
  }

  it('bounds what a step changes, and leaves small gradients as they are', async () => {
    const tiny = { ...small, 'body/num_blocks': [1], 'body/filters': [4], optimizer: ['SGD', { learningRate: 1 }], engine: 'eager' }
    const step = async (clipping: object | null) => {
      const model = await ResNet.build({ ...tiny, gradient_clipping: clipping }, { name: 'net', seed: 2 })
      const read = () => model.layersModel.trainableWeights.flatMap(weight => [...weight.read().dataSync()])
      const before = read()
      await model.train(batch())
      const changes = read().map((value, i) => value - before[i]!)
      model.dispose()
      return changes
    }
    const norm = (values: number[]) => Math.hypot(...values)
    const free = await step(null)
    expect(norm(free)).to.be.above(0.1)
    expect(norm(await step({ norm: 0.01 }))).to.be.closeTo(0.01, 1e-5)
    expect(Math.max(...(await step({ value: 1e-3 })).map(Math.abs))).to.be.closeTo(1e-3, 1e-6)
    expect(await step({ norm: 1e6 })).to.deep.equal(free)
  })

  const wrong: [object, object][] = [
    [{ gradient_clipping: { nrom: 1 } }, { fix: 'Did you mean norm?' }],
    [{ gradient_clipping: { norm: 0 } }, { path: ['gradient_clipping', 'norm'], allowed: 'a number above 0' }],
    [{ gradient_clipping: 1 }, { path: ['gradient_clipping'] }],
    [{ gradient_clipping: { norm: 1, value: 1 } }, { path: ['gradient_clipping'], what: 'norm and value exclude each other' }],
    [{ gradient_clipping: {} }, { what: 'norm, variable_norm or value is missing' }],
    [{ 'gradient_clipping/norm': 1, 'gradient_clipping/value': 1 }, { allowed: 'one of norm, value' }],
    [{ gradient_cliping: { norm: 1 } }, { fix: 'Did you mean gradient_clipping?' }],
  ]
  for (const [config, problem] of wrong) {
    it(`says what is wrong with ${JSON.stringify(config)}`, () => {
      const { errors } = ResNet.checkConfig({ ...small, ...config })
      expect(errors).to.have.length(1)
      expect(errors[0]).to.deep.include(problem)
    })
  }

  it('is checked for a model of the user’s own too', async () => {
    const net = toModelClass((_: unknown, tf) => tf.sequential({ layers: [tf.layers.dense({ units: 3, inputShape: [2] })] }))
    const error = await errorOf(() => net.build({ loss: 'ce', gradient_clipping: { norm: 1, value: 2 } }, { name: 'own', seed: 1 }))
    expect(error.code).to.equal('model-config')
    expect(net.checkConfig({ decay: 'cosin', optimizer: 'Adamm' }).errors.map(({ fix }) => fix)).to.have.members([
      'Did you mean Adam?',
      'Did you mean cosine?',
    ])
    const model = await net.build({ loss: 'ce', gradient_clipping: { norm: 1 }, decay: { warmupSteps: 2 } }, { name: 'own', seed: 1 })
    expect((await model.train({ x: [[0, 1]], labels: [1] }))[0]).to.be.finite
    expect(model.learningRate).to.equal(0.0005)
    model.dispose()
  })
})
