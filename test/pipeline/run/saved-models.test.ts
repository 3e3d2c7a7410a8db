import { expect } from 'chai'
import { loadTensorflow } from '../../../src/graph/tensorflow.js'
import { B, I, type NdArray, V } from '../../../src/index.js'
import type { TfModel } from '../../../src/models.js'
import { errorOf } from '../../models/small.js'
import { smallImages } from '../../support/small-images.js'
import { temporaryFolder } from '../../support/temporary-folder.js'

const feed = { images: B('images'), labels: B('labels') }
const data = smallImages(12)
const line = (_: unknown, tf: any) =>
  tf.sequential({ layers: [tf.layers.flatten({ inputShape: [8, 8, 1] }), tf.layers.dense({ units: 3 })] })
const config = { loss: 'ce', engine: 'eager' }
const training = () => data.p.initModel('dynamic', line, 'net', { config }).trainModel('net', { feed })

describe('models saved and loaded by actions', () => {
  const folder = temporaryFolder()
  after(() => folder.remove())

  it('every so many batches', async () => {
    const train = training().if(I().mod(2).eq(0), p => p.saveModel('net', folder.in('every')))
    await train.run(4)
    expect((train.m('net') as TfModel).step).to.equal(3)
    const loaded = data.p.before(p => p.loadModel('net', folder.in('every')))
    await loaded.run(4)
    expect((loaded.m('net') as TfModel).step).to.equal(2)
    loaded.dispose()
    train.dispose()
  })

  it('a run that loads goes on with the very numbers, each time from what was saved', async () => {
    const train = training().after(p => p.saveModel('net', folder.in('steps')))
    await train.run(4)
    const going = data.p
      .initVariable('losses', { initOnEachRun: () => [] })
      .before(p => p.loadModel('net', folder.in('steps')))
      .trainModel('net', { feed, fetches: 'loss', saveTo: V('losses'), mode: 'append' })
    await going.run(4)
    const first = going.v('losses')
    await going.run(4)
    expect(going.v('losses')).to.deep.equal(first)
    expect(first).to.have.length(3)
    expect((going.m('net') as TfModel).step).to.equal(6)
    train.dispose()
    going.dispose()
  })

  it('a model goes back to what was saved, in the run that trains it', async () => {
    const train = training()
      .if(
        I().eq(1),
        p => p.saveModel('net', folder.in('first')),
        p => p.loadModel('net', folder.in('first')),
      )
      .initVariable('biases', { default: [] })
      .predictModel('net', { fetches: 'predictions', feed: { images: B('images').mul(0) }, saveTo: V('biases'), mode: 'append' })
    await train.run(4)
    const [first, ...others] = train.v<NdArray[]>('biases').map(values => [...values.data])
    expect((train.m('net') as TfModel).step).to.equal(1)
    expect(others).to.deep.equal([first, first])
    train.dispose()
  })

  it('loading for each batch keeps the number of tensors, and who imports sees the new one', async () => {
    const tf = await loadTensorflow()
    const train = training().saveModel('net', folder.in('again'))
    await train.run(4)
    const loading = data.p.loadModel('net', folder.in('again')).trainModel('net', { feed })
    const importing = data.p
      .initVariable('loss')
      .importModel('net', loading)
      .predictModel('net', { fetches: 'loss', feed, saveTo: V('loss') })
    await loading.nextBatch(4)
    await importing.nextBatch(4)
    const tensors = tf.memory().numTensors
    for (let i = 0; i < 3; i++) {
      await loading.nextBatch()
      await importing.nextBatch()
      expect(importing.m('net')).to.equal(loading.m('net'))
    }
    expect(tf.memory().numTensors).to.equal(tensors)
    for (const pipeline of [train, loading, importing]) pipeline.dispose()
  })

  it('what another pipeline has stays alive where its name is loaded anew', async () => {
    const train = training().saveModel('net', folder.in('shared'))
    await train.run(4)
    const other = data.p.importModel('net', train).loadModel('net', folder.in('shared'))
    await other.run(4)
    expect(other.m('net')).not.to.equal(train.m('net'))
    other.dispose()
    await train.run(4)
    expect((train.m('net') as TfModel).step).to.equal(6)
    train.dispose()
  })

  it('errors name the pipeline, the action and the folder', async () => {
    const loading = data.p.named('reader').loadModel('net', folder.in('nowhere'))
    const nowhere = await errorOf(() => loading.run(4))
    expect(nowhere.code).to.equal('model-load')
    expect(nowhere.message).to.contain('nowhere').and.to.contain('reader').and.to.contain('loadModel')
    const before = await errorOf(() =>
      data.p
        .named('reader')
        .before(p => p.loadModel('net', folder.in('nowhere')))
        .run(4),
    )
    expect(before.code).to.equal('model-load')
    expect(before.message).to.contain('reader').and.to.contain('loadModel')
    const misspelt = await errorOf(() => training().saveModel('nett', folder.in('never')).run(4))
    expect(misspelt.message).to.contain('Did you mean net?')
    const early = await errorOf(() =>
      training()
        .before(p => p.saveModel('net', folder.in('never')))
        .run(4),
    )
    expect(early.code).to.equal('not-initialised')
  })

  for (const [what, path] of [
    ['nothing', V('folder')],
    ['a number', I()],
  ] as const) {
    it(`a path that is ${what} is refused, by both`, async () => {
      const saving = training().initVariable('folder').saveModel('net', path)
      const loading = data.p.initVariable('folder').loadModel('net', path)
      for (const pipeline of [saving, loading]) {
        const error = await errorOf(() => pipeline.run(4))
        expect(error.code).to.equal('wrong-value')
        expect(error.message).to.match(/path of (save|load)Model/)
        pipeline.dispose()
      }
    })
  }
})
