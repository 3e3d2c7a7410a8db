import { expect } from 'chai'
import { loadTensorflow } from '../../src/graph/tensorflow.js'
import { B, Dataset, ImagesBatch, NdArray } from '../../src/index.js'
import { ResNet } from '../../src/models.js'
import { batch, errorOf, small } from '../models/small.js'

const tiny = { ...small, 'body/num_blocks': [1], 'body/filters': [4], engine: 'eager' }
const { images, labels } = batch(6)

describe('a shape that does not fit is reported before TensorFlow runs, with the input, its component and both shapes', () => {
  const wrong: readonly (readonly [string, Record<string, NdArray>, readonly string[]])[] = [
    ['images without channels', { images: images.reshape([6, 8, 8]), labels }, ['input images', "B('images')", '[6, 8, 8]', '[batch, 8, 8, 1]']],
    ['images of another size', { images: images.reshape([6, 4, 16, 1]), labels }, ['input images', "B('images')", '[6, 4, 16, 1]', '[batch, 8, 8, 1]']],
    ['labels encoded for other classes', { images, labels: NdArray.zeros([6, 5]) }, ['input labels', "B('labels')", '[6, 5]', '[batch, 3]']],
    ['labels outside the classes', { images, labels: NdArray.from([0, 1, 2, 3, 0, 1], 'int32') }, ['input labels', "B('labels')", '3', '0 to 2']],
  ] // biome-ignore format: a table
  for (const [what, preloaded, parts] of wrong) {
    it(what, async () => {
      const train = new Dataset(6, ImagesBatch, { preloaded }).p
        .named('train')
        .initModel('static', ResNet, 'net', { config: tiny })
        .trainModel('net', { feed: { images: B('images'), labels: B('labels') } })
      await train.start()
      const tf = await loadTensorflow()
      const tensors = tf.memory().numTensors
      const error = await errorOf(() => train.run(6))
      for (const part of [...parts, 'pipeline train', 'action 2 (trainModel)', 'batch 1', 'model net']) {
        expect(error.message).to.contain(part)
      }
      expect([train.m('net').step, tf.memory().numTensors]).to.deep.equal([0, tensors])
      train.dispose()
    })
  }

  it('what was calculated for an input is told as it was written', async () => {
    const train = new Dataset(6, ImagesBatch, { preloaded: { images, labels } }).p
      .initModel('dynamic', ResNet, 'net', { config: tiny })
      .trainModel('net', { feed: { images: B('images').at(0), labels: B('labels') } })
    const error = await errorOf(() => train.run(6))
    expect(error.message).to.contain("from B('images')").and.to.contain('[8, 8, 1]')
    train.dispose()
  })
})
