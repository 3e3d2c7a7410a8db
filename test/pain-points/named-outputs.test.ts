import { expect } from 'chai'
import { B, NdArray, V } from '../../src/index.js'
import { ResNet, type TfModel, toModelClass } from '../../src/models.js'
import { batch, errorOf, small } from '../models/small.js'
import { smallImages } from '../support/small-images.js'

const config = { ...small, engine: 'eager' }

describe("a layer's output is fetched by its path, and the paths are listed", () => {
  let model: TfModel
  before(async () => {
    model = await ResNet.build(config, { name: 'net', seed: 1 })
  })
  after(() => model.dispose())

  it('every listed name can be fetched, with the shape that is listed', async () => {
    const feed = batch(2)
    const values = await model.predict(feed, model.fetchNames)
    const shapes = new Map(model.layerRows.map(({ path, shape }) => [path, [2, ...shape]]))
    for (const [i, name] of model.fetchNames.entries()) {
      const value = values[i]!
      if (shapes.has(name)) expect((value as NdArray).shape, name).to.deep.equal(shapes.get(name))
      else if (typeof value !== 'number') expect(value, name).to.be.instanceOf(NdArray)
    }
    expect(model.fetchNames).to.include.members(['head/gap', 'body/group-0', 'body/group-1/block-0', 'initial_block'])
  })

  it('names are known before the network is built, and do not depend on what is beside it', async () => {
    const { fetchNames, layers } = ResNet.describe(config)
    expect(model.fetchNames).to.deep.equal(fetchNames)
    for (const { path, kind } of layers) if (kind !== 'input') expect(fetchNames).to.include(path)
    const second = await ResNet.build(config, { name: 'other', seed: 2 })
    expect(second.fetchNames).to.deep.equal(fetchNames)
    second.dispose()
  })

  it('a block is its last layer, in a pipeline as well', async () => {
    const pipeline = smallImages(4)
      .p.initVariable('found')
      .importModel('net', model)
      .predictModel('net', { fetches: ['body/group-0', 'body/group-0/block-0'], feed: { images: B('images') }, saveTo: V('found') })
    await pipeline.run(4)
    const [group, block] = pipeline.v('found') as NdArray[]
    expect(group!.shape).to.deep.equal([4, 2, 2, 16])
    expect(group).to.deep.equal(block)
  })

  it('an unknown name lists the nearest', async () => {
    const error = await errorOf(() => model.predict(batch(2), ['head/gapp']))
    expect(error.code).to.equal('unknown-fetch')
    expect(error.message).to.contain('head/gap').and.to.contain('Did you mean head/gap?')
  })

  it('a model of one’s own has the names its layers were given', async () => {
    const net = toModelClass(
      (_: unknown, tf) =>
      tf.sequential({ layers: [tf.layers.flatten({ inputShape: [8, 8, 1] }), tf.layers.dense({ units: 4, name: 'hidden' }), tf.layers.dense({ units: 3 })] }), // biome-ignore format: one network
    )
    const own = await net.build({ loss: 'ce', engine: 'eager' }, { name: 'own', seed: 1 })
    const [hidden] = (await own.predict({ images: batch(2).images }, ['hidden'])) as [NdArray]
    expect(hidden.shape).to.deep.equal([2, 4])
    expect(own.fetchNames).to.include('hidden')
    own.dispose()
  })
})
