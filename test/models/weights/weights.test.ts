/** Weights by path: read, set and changed, on models and by actions, with compiled steps. */
import { expect } from 'chai'
import { B, I, NdArray, V } from '../../../src/index.js'
import { optimizerVariables } from '../../../src/models/train/step-state.js'
import { ResNet, type TfModel, toModelClass } from '../../../src/models.js'
import { smallImages } from '../../support/small-images.js'
import { temporaryFolder } from '../../support/temporary-folder.js'
import { batch, errorOf, tiny, vector } from '../small.js'

const { images, labels } = batch(8)
const fed = { images, targets: labels }

const build = (config: object = {}) => ResNet.build({ ...tiny, ...config }, { name: 'net', seed: 3 })
const dataOf = (weights: Readonly<Record<string, NdArray>>, path: string) => Array.from(weights[path]!.data)

describe('weights of a model by path', () => {
  let model: TfModel
  let first: Readonly<Record<string, NdArray>>
  before(async () => {
    model = await build()
    await model.train(fed)
    await model.train(fed)
    first = await model.getWeights()
  })
  beforeEach(() => model.setWeights(first))
  after(() => model.dispose())

  it('are those of its layers, in their order, moving averages included', () => {
    expect(model.compiled).to.equal(true)
    const rows = model.layerRows.flatMap(({ path, weights }) => weights.map(({ name, shape }) => [`${path}/${name}`, [...shape]]))
    expect(Object.entries(first).map(([path, { shape }]) => [path, [...shape]])).to.deep.equal(rows)
    expect(Object.keys(first)).to.include.members(['body/group-0/block-0/conv/kernel', 'head/dense/bias', 'initial_block/norm/moving_mean'])
  })

  it('are chosen by patterns', async () => {
    const pathsOf = async (match: string | string[]) => Object.keys(await model.getWeights(match))
    expect(await pathsOf('head')).to.deep.equal(['head/dense/kernel', 'head/dense/bias'])
    expect(await pathsOf('**/bias')).to.deep.equal(['head/dense/bias'])
    expect(await pathsOf(['head', '!**/bias'])).to.deep.equal(['head/dense/kernel'])
  })

  it('are copies', async () => {
    const { 'head/dense/bias': bias } = await model.getWeights('**/bias')
    ;(bias!.data as Float32Array).fill(7)
    expect(dataOf(await model.getWeights('**/bias'), 'head/dense/bias')).to.deep.equal(dataOf(first, 'head/dense/bias'))
  })

  it('are set for the compiled steps that follow, whose optimizer goes on', async () => {
    // The same two steps from equal weights and an equal optimizer: by setting them, and by never leaving them.
    const [one, other] = [await build(vector), await build(vector)]
    for (const net of [one, other]) await net.train(fed)
    const kept = await one.getWeights()
    const slots = () => Promise.all(Object.values(optimizerVariables(one.network)).map(async slot => Array.from(await slot.data())))
    const before = await slots()
    await one.setWeights(Object.fromEntries(Object.entries(kept).map(([path, { shape }]) => [path, NdArray.zeros(shape)])))
    expect((await one.predict({ images }))[0])
      .to.have.property('data')
      .that.satisfies((data: Float32Array) => data.every(value => value === 0))
    await one.setWeights(kept)
    expect(await slots()).to.deep.equal(before)
    expect(await one.train(fed)).to.deep.equal(await other.train(fed))
    expect(await one.train(fed)).to.deep.equal(await other.train(fed))
    expect(one.compiled).to.equal(true)
    for (const net of [one, other]) net.dispose()
  })

  const [gamma, beta] = ['initial_block/norm/gamma', 'initial_block/norm/beta']
  for (const [what, by, expected] of [
    ['zeroBelow', { zeroBelow: 0.2 }, [0, 0, 0.3, -0.4, 0.5, 0, 9, 9]],
    ['zeroSmallest', { zeroSmallest: 0.5 }, [0, 0, 0, -0.4, 0.5, 0, 9, 9]],
    ['zeroSmallest of equal values', { zeroSmallest: 0.25 }, [0, 0, 0.3, -0.4, 0.5, 0.1, 9, 9]],
    ['zeroSmallest of nothing', { zeroSmallest: 0 }, [0.1, -0.1, 0.3, -0.4, 0.5, 0.1, 9, 9]],
    ['zeroSmallest of all', { zeroSmallest: 1 }, [0, 0, 0, 0, 0, 0, 0, 0]],
    ['round', { round: 0.25 }, [0, 0, 0.25, -0.5, 0.5, 0, 9, 9]],
    ['a function', (values: NdArray) => values.cast('float32', 2), [0.2, -0.2, 0.6, -0.8, 1, 0.2, 18, 18]],
    ['an async function that returns a list', async (values: NdArray) => Array.from(values.data, () => 1), [1, 1, 1, 1, 1, 1, 1, 1]],
    [
      'a function that reads the path',
      (values: NdArray, path: string) => (path === beta ? [0, 1, 2, 3] : values),
      [0.1, -0.1, 0.3, -0.4, 0, 1, 2, 3],
    ],
  ] as const) {
    it(`are changed by ${what}`, async () => {
      await model.setWeights({ [gamma]: [0.1, -0.1, 0.3, -0.4], [beta]: [0.5, 0.1, 9, 9] })
      const counts = await model.transformWeights([gamma, beta], by)
      const after = await model.getWeights([gamma, beta])
      const all = [...dataOf(after, gamma), ...dataOf(after, beta)]
      for (const [i, value] of expected.entries()) expect(all[i]).to.be.closeTo(value, 1e-6)
      const zerosIn = (values: readonly number[]) => values.filter(value => value === 0).length
      expect(counts).to.deep.include({ values: 8, zeros: zerosIn(expected), share: zerosIn(expected) / 8 })
      expect(counts.byPath[gamma]).to.deep.equal({
        values: 4,
        zeros: zerosIn(expected.slice(0, 4)),
        share: zerosIn(expected.slice(0, 4)) / 4,
      })
    })
  }

  const shapes = 'finite numbers of the shape'
  for (const [what, work, code, words] of [
    ['a pattern that matches none', () => model.getWeights('**/kernal'), 'unknown-weight', '**/kernal'],
    ['a path that is not there', () => model.setWeights({ 'head/dense/kernl': [1] }), 'unknown-weight', 'head/dense/kernel'],
    ['another shape', () => model.setWeights({ 'head/dense/bias': [1] }), 'weight-value', 'the shape [1]'],
    ['no numbers', () => model.setWeights({ 'head/dense/bias': 'a' as never }), 'weight-value', shapes],
    ['values that are not finite', () => model.transformWeights('**/bias', () => [0, Number.NaN, 0]), 'weight-value', 'NaN'],
  ] as const) {
    it(`are refused with ${what}`, async () => {
      const error = await errorOf(work)
      expect(error.code).to.equal(code)
      expect(error.message).to.include(words)
    })
  }

  it('stay as they are if one of them does not fit', async () => {
    const halves = (values: NdArray, path: string) => (path.endsWith('bias') ? [0] : values.cast('float32', 0.5))
    await errorOf(() => model.transformWeights('head', halves))
    expect(await model.getWeights('head')).to.deep.equal(pick(first, 'head/'))
  })
})

describe("weights of a model of one's own", () => {
  it('are numbered where a layer has two of a name', async () => {
    const line = (_: unknown, tf: any) => {
      const layer = tf.layers.simpleRNN({ units: 2 })
      return tf.sequential({ layers: [tf.layers.bidirectional({ layer, inputShape: [3, 2], mergeMode: 'concat', name: 'both' })] })
    }
    const model = await toModelClass(line).build({ loss: 'mse', engine: 'eager' }, { name: 'line', seed: 1 })
    const weights = await model.getWeights('**/bias*')
    expect(Object.keys(weights)).to.deep.equal(['both/bias', 'both/bias-1'])
    await model.setWeights({ 'both/bias-1': [1, 2] })
    expect(dataOf(await model.getWeights('both'), 'both/bias-1')).to.deep.equal([1, 2])
    model.dispose()
  })
})

const pick = (weights: Readonly<Record<string, NdArray>>, start: string) =>
  Object.fromEntries(Object.entries(weights).filter(([path]) => path.startsWith(start)))

describe('weights in a pipeline', () => {
  const data = smallImages(8)
  const feed = { images: B('images'), labels: B('labels') }
  const training = () => data.p.initModel('dynamic', ResNet, 'net', { config: vector as never }).trainModel('net', { feed })

  it('are zeroed by a threshold of each batch, counted, and put back', async () => {
    const train = training()
      .initVariables(['trained', 'zeros', 'back'])
      .if(I().eq(1), p => p.getWeights('net', { saveTo: V('trained') }))
      .setWeights('net', V('trained'))
      .transformWeights('net', { match: '**/kernel', by: { zeroBelow: I().mul(0.05) }, saveTo: V('zeros', { mode: 'append' }) })
      .setWeights('net', V('trained'))
      .getWeights('net', { match: 'head', saveTo: V('back') })
    const sweep = train.initVariable('shares', [])
    await sweep.run(4)
    const zeros = sweep.v<readonly { share: number }[]>('zeros')
    expect(zeros).to.have.length(2)
    expect(zeros[1]!.share).to.be.above(zeros[0]!.share)
    expect(sweep.v('back')).to.deep.equal(pick(sweep.v('trained'), 'head/'))
    sweep.dispose()
  })

  it("are changed by a function of one's own, and saved with the pipeline", async () => {
    const folder = temporaryFolder()
    const signs = (values: NdArray) => new NdArray(Float32Array.from(values.data, Math.sign), values.shape)
    const make = () =>
      training()
        .initVariable('counts')
        .transformWeights('net', { match: 'head/dense/kernel', by: signs, saveTo: V('counts') })
    const [one, other] = [make(), make()]
    await one.nextBatch(4)
    await one.saveState(folder.in('state'))
    await other.restoreState(folder.in('state'))
    const weights = await (other.m('net') as TfModel).getWeights('head/dense/kernel')
    expect(new Set(weights['head/dense/kernel']!.data)).to.deep.equal(new Set([1, -1]))
    expect(other.v('counts')).to.deep.include({ zeros: 0 })
    await one.nextBatch(4)
    await other.nextBatch(4)
    expect(await (other.m('net') as TfModel).getWeights()).to.deep.equal(await (one.m('net') as TfModel).getWeights())
    for (const each of [one, other]) each.dispose()
    folder.remove()
  })
})
