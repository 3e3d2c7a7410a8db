import { expect } from 'chai'
import { loadTensorflow } from '../../src/graph/tensorflow.js'
import { B, V } from '../../src/index.js'
import type { TfModel } from '../../src/models/tf-model.js'
import { loadModel, ResNet } from '../../src/models.js'
import { mnist } from '../../src/opensets.js'
import { temporaryFolder } from '../support/temporary-folder.js'

const feed = { images: B('images'), labels: B('labels') }

describe("models of one's own in a pipeline", () => {
  it('a tf.LayersModel is trained where it is, with a loss and an optimizer from the config', async () => {
    const tf = await loadTensorflow()
    const layers = [tf.layers.flatten({ inputShape: [28, 28, 1] }), tf.layers.dense({ units: 10 })]
    const mine = tf.sequential({ layers })
    const data = await mnist()
    const train = data.train.p
      .normalize({ scale: 255 })
      .initVariable('losses', { default: [] })
      .initModel('static', mine, 'mine', { config: { loss: 'ce', optimizer: { name: 'Adam', learningRate: 0.01 } } })
      .trainModel('mine', { feed, fetches: 'loss', saveTo: V('losses'), mode: 'append' })
    await train.run(100, { iterations: 20, shuffle: 1 })
    expect(train.v<number[]>('losses').at(-1)).to.be.below(0.5 * train.v<number[]>('losses')[0]!)
    expect(train.m<TfModel>('mine').layersModel).to.equal(mine)
    train.dispose()
  })

  it('a function that builds one gets the config and tf', async () => {
    const data = await mnist()
    const build = ({ units }: any, tf: any) =>
      tf.sequential({
        layers: [
          tf.layers.flatten({ inputShape: [28, 28, 1] }),
          tf.layers.dense({ units, activation: 'relu' }),
          tf.layers.dense({ units: 10 }),
        ],
      })
    const train = data.train.p
      .normalize({ scale: 255 })
      .initModel('dynamic', build, 'perceptron', { config: { units: 16, loss: 'ce' } })
      .trainModel('perceptron', { feed })
    await train.run(50, { iterations: 2 })
    expect(train.m('perceptron').parameterCount).to.equal(784 * 16 + 16 + 16 * 10 + 10)
    train.dispose()
  })

  it('a saved model is imported as it is', async () => {
    const folder = temporaryFolder()
    const config = {
      inputs: { images: { shape: [28, 28, 1] }, labels: { classes: 10, transform: 'ohe', name: 'targets' } },
      'initial_block/inputs': 'images',
      'initial_block/filters': 4,
      'body/num_blocks': [1],
      'body/filters': [4],
      loss: 'ce',
    }
    const data = await mnist()
    const train = data.train.p.normalize({ scale: 255 }).initModel('static', ResNet, 'small', { config }).trainModel('small', { feed })
    await train.run(20, { iterations: 2 })
    await train.m('small').save(folder.in('small'))
    const loss = async (from: any) => {
      const test = data.test.p
        .normalize({ scale: 255 })
        .initVariable('loss')
        .importModel('small', from)
        .predictModel('small', { fetches: 'loss', feed, saveTo: V('loss') })
      await test.run(50, { iterations: 1 })
      return test.v('loss')
    }
    const loaded = await loadModel(folder.in('small'))
    expect(await loss(loaded)).to.equal(await loss(train))
    loaded.dispose()
    train.dispose()
    folder.remove()
  })
})
