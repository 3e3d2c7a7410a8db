import { expect } from 'chai'
import { toTensors } from '../../src/models/train/eager-step.js'
import { trainedVariables } from '../../src/models/train/network.js'
import { trainingStep } from '../../src/models/train/training-step.js'
import { optimizerNames, ResNet, type TfModel } from '../../src/models.js'
import type { NdArray } from '../../src/util/nd-array.js'
import { batch, errorOf, small } from './small.js'

/** The graph engine does the same, says `engines.test.ts`. */
const tiny = { ...small, 'body/num_blocks': [1], 'body/filters': [4], engine: 'eager' }
const build = (config: object = {}): Promise<TfModel> => ResNet.build({ ...tiny, ...config }, { name: 'net', seed: 7 })
const weightsOf = (model: TfModel, layer: string) =>
  model.layersModel
    .getLayer(layer)
    .weights.slice(0, 2)
    .map(weight => [...weight.read().dataSync()])

describe('the training step as a function of tensors', () => {
  it('changes moving averages only, and gives loss, values and a gradient of each trained variable', async () => {
    const model = await build()
    const { network } = model
    const { tf } = network
    const before = model.layersModel.trainableWeights.map(weight => [...weight.read().dataSync()])
    const tensors = tf.memory().numTensors
    tf.tidy(() => {
      const { loss, values, gradients } = trainingStep(network, toTensors(network, new Map(Object.entries(batch()))), ['loss', 'head/gap'])
      expect(Object.keys(gradients)).to.deep.equal(trainedVariables(network).map(({ name }) => name))
      for (const { name, shape } of trainedVariables(network)) expect(gradients[name]!.shape).to.deep.equal(shape)
      expect(loss.rank).to.equal(0)
      expect(values.map(({ shape }) => shape)).to.deep.equal([[], [6, 16]])
      expect(values[0]!.dataSync()).to.deep.equal(loss.dataSync())
    })
    expect(tf.memory().numTensors).to.equal(tensors)
    expect(model.layersModel.trainableWeights.map(weight => [...weight.read().dataSync()])).to.deep.equal(before)
    expect(model.step).to.equal(0)
    model.dispose()
  })

  for (const optimizer of optimizerNames) {
    it(`leaves a frozen layer as it is between steps, with ${optimizer}`, async () => {
      const model = await build({ optimizer })
      const frozen = model.layersModel.getLayer('initial_block/conv')
      const other = 'initial_block/norm'
      await model.train(batch())
      frozen.trainable = false
      const [first, rest] = [weightsOf(model, frozen.name), weightsOf(model, other)]
      for (let i = 0; i < 2; i++) await model.train(batch())
      expect(weightsOf(model, frozen.name)).to.deep.equal(first)
      expect(weightsOf(model, other)).not.to.deep.equal(rest)
      frozen.trainable = true
      await model.train(batch())
      expect(weightsOf(model, frozen.name)).not.to.deep.equal(first)
      model.dispose()
    })
  }

  it('gives the other layers the same updates whether one is frozen or not', async () => {
    // The first step starts from the same point, so only what the optimizer does with positions could differ.
    const weightsAfter = async (freeze: boolean) => {
      const model = await build()
      model.layersModel.getLayer('initial_block/conv').trainable = !freeze
      await model.train(batch())
      const weights = weightsOf(model, 'head/dense')
      model.dispose()
      return weights
    }
    expect(await weightsAfter(true)).to.deep.equal(await weightsAfter(false))
  })

  it('fetches from a model whose layers are frozen, and says so where all are', async () => {
    const model = await build()
    for (const layer of model.layers) layer.trainable = false
    const error = await errorOf(() => model.train(batch()))
    expect(error.code).to.equal('nothing-to-train')
    expect(error.message).to.contain('every layer is frozen')
    model.layersModel.getLayer('head/dense').trainable = true
    expect(((await model.train(batch(), ['head/gap'])) as NdArray[])[0]!.shape).to.deep.equal([6, 16])
    model.dispose()
  })
})
