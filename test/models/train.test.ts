import { expect } from 'chai'
import { engineNames, optimizerNames, ResNet, type TfModel } from '../../src/models.js'
import type { NdArray } from '../../src/util/nd-array.js'
import { batch, errorOf, small, tiny, vector } from './small.js'

const build = (config: object = {}, seed = 7): Promise<TfModel> => ResNet.build({ ...tiny, ...config }, { name: 'net', seed })

async function losses(model: TfModel, steps = 4): Promise<number[]> {
  const found: number[] = []
  for (let i = 0; i < steps; i++) found.push((await model.train(batch(), ['loss']))[0] as number)
  model.dispose()
  return found
}
const variables = (model: TfModel) => model.layersModel.weights.map(weight => [...weight.read().dataSync()])

describe('training', () => {
  it('gives the same bits for the same seed, others for another', async () => {
    const dropping = { 'head/dropout_rate': 0.4 }
    const first = await losses(await build(dropping))
    expect(await losses(await build(dropping))).to.deep.equal(first)
    const other = await losses(await build(dropping, 8))
    expect(other.every((loss, i) => loss !== first[i])).to.equal(true)
    expect(first.at(-1)).to.be.below(first[0]!)
  })

  it('draws other dropout masks at each step, and none where it predicts', async () => {
    const model = await build({ 'head/dropout_rate': 0.5, optimizer: { name: 'SGD', learningRate: 0 } })
    const draw = async () => ((await model.train(batch(), ['head/dropout']))[0] as NdArray).toNested()
    expect(await draw()).not.to.deep.equal(await draw())
    const [dropped, whole] = (await model.predict(batch(), ['head/dropout', 'head/gap'])) as NdArray[]
    expect(dropped!.data).to.deep.equal(whole!.data)
    model.dispose()
  })

  it('keeps the number of tensors', async () => {
    const model = await build()
    const { tf } = model.network
    const counts: number[] = []
    for (let i = 1; i <= 100; i++) {
      await model.train(batch(), ['loss', 'head/gap'])
      await model.predict(batch(), ['loss', 'predictions', 'body/group-0/block-0'])
      if (i === 10 || i === 100) counts.push(tf.memory().numTensors)
    }
    expect(counts[1]).to.equal(counts[0])
    model.dispose()
  })

  it('frees everything in the end', async () => {
    const warm = await build()
    const { tf } = warm.network
    warm.dispose()
    const before = tf.memory().numTensors
    const model = await build()
    await model.train(batch())
    await model.predict(batch())
    model.dispose()
    expect(tf.memory().numTensors).to.equal(before)
  })

  it('gives what is fetched, from the pass of the update, in the order asked for', async () => {
    const model = await build()
    const [accuracy, gap, loss, block, again] = await model.train(batch(), ['accuracy', 'head/gap', 'loss', 'body/group-0/block-0', 'body'])
    expect(accuracy).to.be.within(0, 1)
    expect((gap as NdArray).shape).to.deep.equal([6, 4])
    expect(loss).to.be.a('number')
    expect((block as NdArray).shape).to.deep.equal([6, 4, 4, 4])
    expect((again as NdArray).data).to.deep.equal((block as NdArray).data)
    const [logits, proba, labels] = (await model.predict({ images: batch().images }, ['predictions', 'proba', 'labels'])) as NdArray[]
    expect(logits!.shape).to.deep.equal([6, 3])
    for (let i = 0; i < 6; i++) {
      const row = Array.from(proba!.item(i).data)
      expect(row.reduce((sum, p) => sum + p, 0)).to.be.closeTo(1, 1e-5)
      expect(row.indexOf(Math.max(...row))).to.equal(labels!.data[i])
    }
    expect(model.step).to.equal(1)
    model.dispose()
  })

  it('moves the averages of normalisation by a tenth a step, or as the config says', async () => {
    for (const [config, share] of [
      [{}, 0.1],
      [{ 'body/block/batch_norm/momentum': 0.75, 'common/batch_norm': { momentum: 0.75 } }, 0.25],
    ] as const) {
      const model = await build(config)
      const [inner] = (await model.train(batch(), ['body/group-0/block-0/conv'])) as [NdArray]
      const channels = inner.shape.at(-1)!
      const average = model.layersModel.getLayer('body/group-0/block-0/norm').weights[2]!.read().dataSync()
      for (let channel = 0; channel < channels; channel++) {
        const values = Array.from(inner.data).filter((_, i) => i % channels === channel)
        expect(average[channel]).to.be.closeTo((share * values.reduce((sum, x) => sum + x, 0)) / values.length, 1e-6)
      }
      model.dispose()
    }
  })

  it('lets the config say what predictions are', async () => {
    const model = await build({ predictions: 'proba' })
    const [predictions, proba] = (await model.predict(batch(), ['predictions', 'proba'])) as NdArray[]
    expect(predictions!.data).to.deep.equal(proba!.data)
    model.dispose()
  })

  it('stops at a loss that is no number, before anything is changed', async () => {
    const model = await build()
    await model.train(batch())
    const before = variables(model)
    const { images, labels } = batch()
    images.data[5] = Number.NaN
    const { tf } = model.network
    const tensors = tf.memory().numTensors
    const error = await errorOf(() => model.train({ images, labels }))
    expect(tf.memory().numTensors).to.equal(tensors)
    expect(error.code).to.equal('loss-not-finite')
    expect(error.message).to.contain('model net at step 2')
    expect(variables(model)).to.deep.equal(before)
    expect(model.step).to.equal(1)
    expect((await model.train(batch()))[0]).to.be.finite
    model.dispose()
  })

  it('takes tfjs’s own functions as activations', async () => {
    const plain = await build()
    const { relu, tanh } = plain.network.tf
    const model = await build({ 'body/block/post_activation': relu, 'common/activation': tanh })
    expect(model.layers.find(layer => layer.name.endsWith('post/activation'))!.getConfig().activation).to.equal('relu')
    expect(model.layers.find(layer => layer.name === 'initial_block/activation')!.getConfig().activation).to.equal('tanh')
    expect(JSON.stringify(model.origin.config)).to.contain('"post_activation":"relu"')
    model.dispose()
    plain.dispose()
  })

  it('needs a loss and targets', async () => {
    const model = await build({ inputs: { images: small.inputs.images }, 'head/units': 3 })
    expect((await errorOf(() => model.train({ images: batch().images }))).code).to.equal('model-without-loss')
    expect((await errorOf(() => model.predict({ images: batch().images }, ['loss']))).code).to.equal('model-without-loss')
    expect(await model.predict({ images: batch().images })).to.have.length(1)
    model.dispose()
  })

  it('refuses names that cannot be fetched', async () => {
    const model = await build()
    const error = await errorOf(() => model.predict(batch(), ['head/gapp']))
    expect(error.code).to.equal('unknown-fetch')
    expect(error.message).to.contain('Did you mean head/gap?')
    model.dispose()
    const regression = await build({ loss: 'mse', inputs: { images: small.inputs.images, y: { shape: 1, name: 'targets' } } })
    const y = batch().labels
    expect((await regression.train({ images: batch().images, y: y.reshape([6, 1]) }))[0]).to.be.finite
    expect((await errorOf(() => regression.predict({ images: batch().images }, ['accuracy']))).code).to.equal('unknown-fetch')
    regression.dispose()
  })

  for (const optimizer of optimizerNames) {
    it(`learns with ${optimizer}`, async () => {
      const found = await losses(await build({ ...vector, optimizer }), 6)
      expect(found.at(-1)).to.be.below(found[0]!)
    })
  }

  for (const [loss, extra] of [
    ['ce', {}],
    ['cross_entropy', {}],
    ['bce', {}],
    ['hinge', {}],
    ['mse', {}],
    ['l1', {}],
    ['huber', {}],
    ['logloss', { predictions: 'proba' }],
    ['cosine', { predictions: 'proba' }],
  ] as const) {
    it(`learns with the loss ${loss}`, async () => {
      const found = await losses(await build({ ...vector, loss, ...extra }), 6)
      expect(found.at(-1)).to.be.below(found[0]!)
    })
  }

  it('knows its engines', () => {
    expect(engineNames).to.include('eager')
  })
})
