/** BatchFlow's tests of models in pipelines: saving, loading, what training gives. */
import { expect } from 'chai'
import { B, I, NdArray, V } from '../../src/index.js'
import { loadModel, ResNet, type TfModel } from '../../src/models.js'
import { small } from '../models/small.js'
import { smallImages } from '../support/small-images.js'
import { temporaryFolder } from '../support/temporary-folder.js'

const feed = { images: B('images'), labels: B('labels') }
const data = smallImages(12)
const numbersOf = (value: unknown) => (value as NdArray[]).map(array => [...array.data])

/** A network of the zoo, and a function of the user's own. */
const networks = {
  'a model of the zoo': [ResNet, { ...small, 'body/num_blocks': [1], 'body/filters': [4], engine: 'eager' }],
  'a model of one’s own': [
    (_: unknown, tf: any) => tf.sequential({ layers: [tf.layers.flatten({ inputShape: [8, 8, 1] }), tf.layers.dense({ units: 3 })] }),
    { loss: 'ce', engine: 'eager' },
  ],
} as const

for (const [what, [modelClass, config]] of Object.entries(networks)) {
  describe(`saving and loading: ${what}`, () => {
    const folder = temporaryFolder()
    after(() => folder.remove())

    const training = () => data.p.initModel('dynamic', modelClass, 'net', { config }).trainModel('net', { feed })
    const predicting = () => data.p.initVariable('found', { initOnEachRun: () => [] })
    const options = { fetches: 'predictions', feed: { images: B('images') }, saveTo: V('found'), mode: 'append' } as const

    it('a model saved at each batch predicts the same when another pipeline loads it at that batch', async () => {
      const path = I('current').format(`${folder.in('net-')}{}`)
      const saving = training().initVariable('found', { default: [] }).saveModel('net', path).predictModel('net', options)
      const loading = predicting().loadModel('net', path).predictModel('net', options)
      await saving.run(4)
      await loading.run(4)
      expect(saving.v('found')).to.have.length(3)
      expect(numbersOf(loading.v('found'))).to.deep.equal(numbersOf(saving.v('found')))
      expect(loading.m('net').step).to.equal(3)
      saving.dispose()
      loading.dispose()
    })

    it('after saves once at the end, before loads once at the start', async () => {
      const saving = training().after(p => p.saveModel('net', folder.in('last')))
      await saving.run(4)
      const loading = predicting()
        .before(p => p.loadModel('net', folder.in('last')))
        .predictModel('net', options)
      await loading.run(4)
      const same = predicting().importModel('net', saving).predictModel('net', options)
      await same.run(4)
      expect(numbersOf(loading.v('found'))).to.deep.equal(numbersOf(same.v('found')))
      saving.dispose()
      loading.dispose()
    })

    it('a live model is imported as it is, and a loaded one goes on training as the saved one', async () => {
      const saving = training()
      await saving.run(4)
      await (saving.m('net') as TfModel).save(folder.in('live'))
      const loaded = await loadModel(folder.in('live'))
      const losses = async (model: TfModel) => {
        const pipeline = data.p
          .initVariable('losses', { default: [] })
          .importModel('net', model)
          .trainModel('net', { feed, fetches: 'loss', saveTo: V('losses'), mode: 'append' })
        await pipeline.run(4)
        return pipeline.v('losses')
      }
      expect(await losses(loaded)).to.deep.equal(await losses(saving.m('net')))
      loaded.dispose()
      saving.dispose()
    })

    for (const fetch of ['predictions', 'sigmoid'] as const) {
      it(`the bare model gives the same ${fetch} after it was saved and loaded`, async () => {
        const saving = training()
        await saving.run(4)
        const model = saving.m('net') as TfModel
        await model.save(folder.in(fetch))
        const loaded = await loadModel(folder.in(fetch))
        const { images } = await data.nextBatch(12)
        const [expected, got] = [await model.predict({ images }, [fetch]), await loaded.predict({ images }, [fetch])]
        expect(numbersOf(got)).to.deep.equal(numbersOf(expected))
        if (fetch === 'sigmoid') expect(Math.max(...numbersOf(got)[0]!)).to.be.below(1)
        loaded.dispose()
        saving.dispose()
      })
    }
  })
}

describe('what training gives', () => {
  const images = smallImages(40)
  const config = { ...small, 'body/num_blocks': [1], 'body/filters': [4], engine: 'eager' }

  for (const microbatch_size of [null, 4, 2]) {
    const parts = microbatch_size === null ? 'the whole batch' : `parts of ${microbatch_size}`
    const training = () =>
      images.p
        .initVariable('loss', { default: [] })
        .initVariable('predictions', { default: [] })
        .initModel('dynamic', ResNet, 'net', { config: { ...config, microbatch_size } })
    const check = (losses: readonly number[], predictions?: readonly NdArray[]) => {
      expect(losses).to.have.length(10)
      for (const loss of losses) expect(loss).to.be.a('number').and.to.satisfy(Number.isFinite)
      if (predictions) expect(NdArray.from(predictions.flatMap(rows => rows.toNested() as number[][])).shape).to.deep.equal([40, 3])
    }

    it(`a loss to one variable, by ${parts}`, async () => {
      const train = training().trainModel('net', { feed, fetches: 'loss', saveTo: V('loss', { mode: 'append' }) })
      await train.run(4, { iterations: 10 })
      check(train.v('loss'))
      train.dispose()
    })

    it(`loss and predictions to one variable, by ${parts}`, async () => {
      const train = training().trainModel('net', { feed, fetches: ['loss', 'predictions'], saveTo: V('loss', { mode: 'append' }) })
      await train.run(4, { iterations: 10 })
      const pairs = train.v('loss') as [number, NdArray][]
      check(
        pairs.map(([loss]) => loss),
        pairs.map(([, predictions]) => predictions),
      )
      train.dispose()
    })

    it(`loss and predictions to a variable each, by ${parts}`, async () => {
      const train = training().trainModel('net', {
        feed,
        fetches: ['loss', 'predictions'],
        saveTo: [V('loss', { mode: 'append' }), V('predictions', { mode: 'append' })],
      })
      await train.run(4, { iterations: 10 })
      check(train.v('loss'), train.v('predictions'))
      train.dispose()
    })
  }
})
