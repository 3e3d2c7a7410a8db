import { expect } from 'chai'
import { loadTensorflow } from '../../src/graph/tensorflow.js'
import { type Feed, ResNet, type TfModel } from '../../src/models.js'
import { NdArray } from '../../src/util/nd-array.js'
import { batch, errorOf, small } from './small.js'

describe('feeding a model', () => {
  let model: TfModel
  let animals: TfModel
  before(async () => {
    model = await ResNet.build(small, { name: 'net', seed: 1 })
    const inputs = { ...small.inputs, labels: { classes: ['cat', 'dog', 'owl'] } }
    animals = await ResNet.build({ ...small, inputs }, { name: 'animals', seed: 1 })
  })
  after(() => {
    model.dispose()
    animals.dispose()
  })
  const { images, labels } = batch()
  const loss = async (feed: object, of = model) => (await of.predict(feed as Feed, ['loss']))[0] as number

  it('takes class numbers of any type, one-hot vectors, lists, and the targets’ other name', async () => {
    const expected = await loss({ images, labels })
    expect(await loss({ images, labels: labels.cast('uint8') })).to.equal(expected)
    expect(await loss({ images, labels: Array.from(labels.data) })).to.equal(expected)
    expect(await loss({ images, targets: labels })).to.equal(expected)
    const encoded = NdArray.from(Array.from(labels.data, label => [0, 1, 2].map(i => (i === label ? 1 : 0))))
    expect(await loss({ images, labels: encoded })).to.equal(expected)
    const named = await loss({ images, labels: ['cat', 'dog', 'owl', 'cat', 'dog', 'owl'] }, animals)
    expect(named).to.equal(await loss({ images, labels: [0, 1, 2, 0, 1, 2] }, animals))
  })

  it('takes only encoded targets where transform is null, and only numbers that the dtype of an input holds', async () => {
    const inputs = {
      images: { shape: [8, 8, 1], dtype: 'uint8' },
      labels: { classes: 3, transform: null, name: 'targets' },
    }
    const strict = await ResNet.build({ ...small, inputs }, { name: 'strict', seed: 1 })
    const bytes = images.cast('uint8', 255)
    const encoded = NdArray.from(Array.from(labels.data, label => [0, 1, 2].map(i => (i === label ? 1 : 0))))
    expect(await loss({ images: bytes, labels: encoded }, strict)).to.equal(await loss({ images: bytes, labels }))
    const numbers = await errorOf(() => loss({ images: bytes, labels }, strict))
    expect([numbers.code, numbers.message]).to.satisfy(
      ([code, message]: string[]) => code === 'feed-shape' && message!.includes('[batch, 3]'),
    )
    const halves = await errorOf(() => loss({ images, labels: encoded }, strict))
    expect(halves.code).to.equal('feed-dtype')
    expect(halves.message).to.contain('numbers that uint8 holds')
    strict.dispose()
  })

  it('takes images of any number type and leaves them as they are', async () => {
    const bytes = images.cast('uint8', 255)
    const copy = bytes.data.slice()
    expect(await loss({ images: bytes, labels })).to.equal(await loss({ images: bytes.cast('float32'), labels }))
    expect(bytes.data).to.deep.equal(copy)
  })

  it('takes tensors of tfjs and leaves them to their owner', async () => {
    const tf = await loadTensorflow()
    const tensor = tf.tensor(images.data as Float32Array, [...images.shape])
    expect(await loss({ images: tensor, labels })).to.equal(await loss({ images, labels }))
    expect(tensor.isDisposed).to.equal(false)
    tensor.dispose()
  })

  it('does not ask for targets where nothing compares with them', async () => {
    expect(await model.predict({ images }, ['predictions'])).to.have.length(1)
  })

  for (const [what, feed, code, ...parts] of [
    ['a label outside the classes', { images, labels: [0, 1, 2, 3, 0, -1] }, 'labels-outside-classes', 'labels', '3, -1', 'from 0 to 2'],
    ['a label that is no whole number', { images, labels: [0, 1, 2, 0, 1, 1.5] }, 'labels-outside-classes', '1.5'],
    ['a missing input', { labels }, 'missing-feed', 'images', '[batch, 8, 8, 1]', 'labels'],
    ['missing targets', { images }, 'missing-feed', 'labels'],
    ['an unknown input', { images, labels, imges: images }, 'unknown-feed', 'imges', 'Did you mean images?'],
    ['another shape', { images: images.reshape([6, 64]), labels }, 'feed-shape', '[6, 64]', '[batch, 8, 8, 1]'],
    ['targets of another shape', { images, labels: NdArray.zeros([6, 4]) }, 'feed-shape', '[6, 4]'],
    ['an empty batch', { images: NdArray.zeros([0, 8, 8, 1]), labels }, 'feed-shape', '[0, 8, 8, 1]'],
    ['lengths that differ', { images, labels: [0, 1] }, 'feed-shape', '2 items', '6 items'],
    ['text', { images: ['a'], labels }, 'feed-dtype', 'string', 'numbers'],
  ] as const) {
    it(`refuses ${what}`, async () => {
      const error = await errorOf(() => model.train(feed as unknown as Feed))
      expect(error.code).to.equal(code)
      for (const part of parts) expect(error.message).to.contain(part)
      expect(error.message).to.contain('model net')
    })
  }

  it('refuses names that are no class', async () => {
    const error = await errorOf(() => loss({ images, labels: ['cat', 'dog', 'cow', 'cat', 'dog', 'owl'] }, animals))
    expect(error.code).to.equal('labels-outside-classes')
    expect(error.message).to.contain('cow').and.to.contain('cat, dog, owl')
  })
})
