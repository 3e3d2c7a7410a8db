import { expect } from 'chai'
import { loadTensorflow } from '../../../src/graph/tensorflow.js'
import { activationName, activationNames } from '../../../src/models/config/activations.js'
import { ResNet } from '../../../src/models.js'
import { batch, errorOf, tiny } from '../small.js'

describe('activations of a config', () => {
  it('are named, or functions of tfjs', async () => {
    const tf = await loadTensorflow()
    expect(activationName('h_swish')).to.equal('h_swish')
    expect(activationName(tf.relu)).to.equal('relu')
    expect(activationName(tf.leakyRelu)).to.equal('leaky_relu')
    expect(activationName('toString')).to.equal(undefined)
    expect(activationName(tf.matMul)).to.equal(undefined)
    expect(activationName(3)).to.equal(undefined)
    expect((await errorOf(() => ResNet.build({ ...tiny, 'common/activation': 'gelo' }, { name: 'm', seed: 0 }))).message).to.contain('gelu')
  })

  it('are all built, trained and saved', async () => {
    for (const activation of activationNames) {
      const model = await ResNet.build({ ...tiny, 'common/activation': activation, engine: 'eager' }, { name: 'm', seed: 0 })
      const [loss] = await model.train(batch(4), ['loss'])
      expect(loss, activation).to.be.finite
      expect(JSON.parse(JSON.stringify(model.layersModel.toJSON(null, false))), activation).to.be.an('object')
      model.dispose()
    }
  })
})
