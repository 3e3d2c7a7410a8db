/** Inputs that the config of a dynamic model leaves open, read from the first batch that the model is fed, and from the dataset. */
import { expect } from 'chai'
import { Dataset, ImagesBatch } from '../../../src/dataset/index.js'
import { B, NdArray, V } from '../../../src/index.js'
import { loadModel, ResNet, type TfModel } from '../../../src/models.js'
import { temporaryFolder } from '../../support/temporary-folder.js'
import { batch, errorOf, tiny } from '../small.js'

const { inputs: _, 'initial_block/inputs': __, ...open } = { ...tiny, engine: 'eager' }
const { labels, images } = batch(8)
const small = (attributes: object, preloaded: object = { images, labels }) =>
  new Dataset(8, ImagesBatch, { name: 'small', preloaded, attributes } as never)
const data = small({ classes: 3 })
type Config = Readonly<Record<string, unknown>>
const feed = { images: B('images'), labels: B('labels') }
const image = { shape: [8, 8, 1] }

/** The inputs of the config that a model was built with, and the loss of its first step. */
async function trained(dataset: ReturnType<typeof small>, config: object, fed: object = feed) {
  const train = dataset.p
    .initVariable('loss')
    .initModel('dynamic', ResNet, 'net', { config: { ...open, ...config } as Config })
    .trainModel('net', { feed: fed as typeof feed, fetches: 'loss', saveTo: V('loss') })
  try {
    await train.run(4, { iterations: 1 })
    return { inputs: (train.m('net') as TfModel).origin.config.inputs, loss: train.v<number>('loss') }
  } finally {
    train.dispose()
  }
}

describe('inputs that a dynamic model takes from its first batch', () => {
  const full = { images: image, labels: { classes: 3 } }
  for (const [what, config, expected] of [
    ['all, by the names of the feed', {}, full],
    ['shapes and classes', { inputs: { images: {}, labels: {} } }, full],
    ['classes', { inputs: { images: image, labels: { name: 'targets' } } }, { images: image, labels: { name: 'targets', classes: 3 } }],
    ['a shape, under a path', { 'inputs/images': {}, 'inputs/labels/classes': 3 }, full],
    ['what was written is kept', { inputs: { images: {}, labels: { classes: 5 } } }, { images: image, labels: { classes: 5 } }],
  ] as const) {
    it(`${what}`, async () => expect((await trained(data, config)).inputs).to.deep.equal(expected))
  }

  it('yield the model that written ones yield', async () => {
    expect((await trained(data, {})).loss).to.equal((await trained(data, { inputs: full })).loss)
  })

  it('labels of the dataset are the classes', async () => {
    const named = small(
      { classes: ['cat', 'dog', 'eel'] },
      { images, labels: Array.from(labels.data, label => ['cat', 'dog', 'eel'][label]) },
    )
    expect((await trained(named, {})).inputs).to.deep.equal({ images: image, labels: { classes: ['cat', 'dog', 'eel'] } })
  })

  it('targets that are no class numbers have the shape that is fed', async () => {
    const targets = new NdArray(new Float32Array(8), [4, 2])
    const { inputs } = await trained(data, { loss: 'mse' }, { images: B('images'), targets })
    expect(inputs).to.deep.equal({ images: image, targets: { shape: [2] } })
  })

  for (const [what, dataset, config, pattern] of [
    ['no classes', small({}), {}, /labels: the targets need classes or a shape.*classes: 10/],
    ['an input that is not fed', data, { inputs: { pictures: {}, labels: {} } }, /pictures: the input of the network needs a shape/],
    ['two inputs', data, { inputs: { images: {}, labels: {}, more: { shape: 1 } } }, /one input goes into this network, not 2/],
  ] as const) {
    it(`are refused with ${what}`, async () => {
      const error = await errorOf(() => trained(dataset, config))
      expect(error.code).to.equal('model-config')
      expect(error.message).to.match(pattern)
      expect(error.location).to.deep.include({ action: { number: 3, name: 'trainModel' } })
    })
  }

  it('are written for a static model, which is told of dynamic ones', async () => {
    const error = await errorOf(() => data.p.initModel('static', ResNet, 'net', { config: open as Config }).run(4, { iterations: 1 }))
    expect(error.message).to.match(/a model needs inputs.*declared as dynamic takes them from its first batch/)
  })

  it('are known before the feed where what happens in between changes them', async () => {
    const train = data.p
      .initModel('dynamic', ResNet, 'net', { config: open as Config })
      .crop({ shape: [6, 4] })
      .trainModel('net', { feed })
    await train.run(4, { iterations: 1 })
    expect((train.m('net') as TfModel).origin.config.inputs).to.deep.equal({ images: { shape: [6, 4, 1] }, labels: { classes: 3 } })
    train.dispose()
  })

  it('are saved with the model, so that loading and resuming need no batch', async () => {
    const folder = temporaryFolder()
    const make = () => data.p.initModel('dynamic', ResNet, 'net', { config: open as Config }).trainModel('net', { feed })
    const [first, second] = [make(), make()]
    await first.nextBatch(4)
    await first.saveState(folder.in('state'))
    await (first.m('net') as TfModel).save(folder.in('net'))
    await second.restoreState(folder.in('state'))
    const loaded = await loadModel(folder.in('net'))
    for (const model of [second.m('net') as TfModel, loaded]) expect(model.origin.config.inputs).to.deep.equal(full)
    await second.nextBatch(4)
    expect((second.m('net') as TfModel).step).to.equal(2)
    for (const each of [first, second, loaded]) each.dispose()
    folder.remove()
  })

  it('are read anew after a reset', async () => {
    const train = data.p.initModel('dynamic', ResNet, 'net', { config: open as Config }).trainModel('net', { feed })
    await train.run(4, { iterations: 1 })
    train.reset('models')
    await train.run(4, { iterations: 1 })
    expect((train.m('net') as TfModel).step).to.equal(1)
    train.dispose()
  })
})
