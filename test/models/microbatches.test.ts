import { expect } from 'chai'
import { toTensors } from '../../src/models/train/eager-step.js'
import { trainingStep } from '../../src/models/train/training-step.js'
import { ResNet, type TfModel } from '../../src/models.js'
import { NdArray } from '../../src/util/nd-array.js'
import { batch, errorOf, small } from './small.js'

/** The graph engine does the same, says `engines.test.ts`. */
const tiny = { ...small, 'body/num_blocks': [1], 'body/filters': [4], engine: 'eager' }
const plain = { ...tiny, 'common/batch_norm': false, 'initial_block/batch_norm': false, 'body/block/batch_norm': false }
const build = (config: object): Promise<TfModel> => ResNet.build({ ...config }, { name: 'net', seed: 7 })
const weightsOf = (model: TfModel) => model.layersModel.trainableWeights.flatMap(weight => [...weight.read().dataSync()])

describe('a batch in parts', () => {
  for (const size of [1, 2, 4, 5]) {
    it(`of ${size} items has the loss, gradients, values and update of the whole batch`, async () => {
      const whole = await build(plain)
      const parts = await build({ ...plain, microbatch_size: size })
      const fetches = ['accuracy', 'loss', 'predictions', 'labels', 'head/gap']
      const fed = new Map(Object.entries(batch(7)))
      const gradientsOf = ({ network }: TfModel) =>
        network.tf.tidy(() => ({
          all: Object.values(trainingStep(network, toTensors(network, fed), []).gradients).map(gradient => [...gradient.dataSync()]),
        })).all
      const wanted = gradientsOf(whole)
      const largest = Math.max(...wanted.flat().map(Math.abs))
      for (const [i, gradient] of gradientsOf(parts).entries())
        for (const [j, value] of gradient.entries()) expect(value).to.be.closeTo(wanted[i]![j]!, 1e-5 * largest)
      for (let step = 0; step < 3; step++) {
        const [expected, got] = [await whole.train(batch(7, step), fetches), await parts.train(batch(7, step), fetches)]
        for (const [i, value] of expected.entries()) {
          const other = got[i]!
          if (typeof value === 'number') expect(other, fetches[i]).to.be.closeTo(value, 1e-5)
          else {
            expect((other as NdArray).shape).to.deep.equal(value.shape)
            expect((other as NdArray).dtype).to.equal(value.dtype)
            for (const [j, number] of value.data.entries()) expect((other as NdArray).data[j]).to.be.closeTo(number, 2e-4)
          }
        }
      }
      expect(parts.step).to.equal(3)
      whole.dispose()
      parts.dispose()
    })
  }

  it('is the batch itself where it is no larger', async () => {
    const run = async (config: object) => {
      const model = await build({ ...tiny, 'head/dropout_rate': 0.3, ...config })
      const losses = [await model.train(batch(6)), await model.train(batch(6))]
      model.dispose()
      return losses
    }
    expect(await run({ microbatch_size: 6 })).to.deep.equal(await run({}))
    expect(await run({ microbatch_size: null })).to.deep.equal(await run({}))
    expect(await run({ microbatch_size: 3 })).not.to.deep.equal(await run({}))
  })

  it('draws another dropout mask in each part, the same for the same seed', async () => {
    const draw = async () => {
      const model = await build({ ...tiny, 'head/dropout_rate': 0.5, microbatch_size: 3 })
      const { images, labels } = batch(3)
      const twice = (array: NdArray) => new NdArray(Float32Array.of(...array.data, ...array.data), [6, ...array.shape.slice(1)])
      const [gap, dropped] = (await model.train({ images: twice(images), labels: twice(labels) }, [
        'head/gap',
        'head/dropout',
      ])) as NdArray[]
      model.dispose()
      expect([...gap!.data.slice(48)]).to.deep.equal([...gap!.data.slice(0, 48)])
      return [[...dropped!.data.slice(0, 48)], [...dropped!.data.slice(48)]]
    }
    const [first, second] = await draw()
    expect(first).not.to.deep.equal(second)
    expect(await draw()).to.deep.equal([first, second])
  })

  it('clips the gradients of the whole batch, not of its parts', async () => {
    const clip = { gradient_clipping: { norm: 0.01 }, optimizer: ['SGD', { learningRate: 1 }] }
    const [whole, parts] = [await build({ ...plain, ...clip }), await build({ ...plain, ...clip, microbatch_size: 2 })]
    await whole.train(batch(6))
    await parts.train(batch(6))
    const wanted = weightsOf(whole)
    for (const [i, value] of weightsOf(parts).entries()) expect(value).to.be.closeTo(wanted[i]!, 1e-6)
    whole.dispose()
    parts.dispose()
  })

  it('changes nothing where the loss of a part is no number, and keeps the number of tensors', async () => {
    const model = await build({ ...tiny, microbatch_size: 2 })
    const { tf } = model.network
    await model.train(batch(6), ['loss', 'head/gap'])
    const before = model.layersModel.weights.map(weight => [...weight.read().dataSync()])
    const tensors = tf.memory().numTensors
    const { images, labels } = batch(6)
    images.data[5 * 64] = Number.NaN
    expect((await errorOf(() => model.train({ images, labels }))).code).to.equal('loss-not-finite')
    expect(model.layersModel.weights.map(weight => [...weight.read().dataSync()])).to.deep.equal(before)
    for (let i = 0; i < 5; i++) await model.train(batch(6), ['loss', 'head/gap'])
    expect(tf.memory().numTensors).to.equal(tensors)
    model.dispose()
  })

  it('has a size that is a whole number', () => {
    for (const size of [0, 1.5, '8', -1]) {
      const { errors } = ResNet.checkConfig({ ...small, microbatch_size: size })
      expect(errors).to.have.length(1)
      expect(errors[0]).to.deep.include({ path: ['microbatch_size'], allowed: 'an integer of at least 1, or null' })
    }
    expect(ResNet.checkConfig({ ...small, microbatchsize: 8 }).errors[0]!.fix).to.equal('Did you mean microbatch_size?')
  })
})
