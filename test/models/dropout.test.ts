import { expect } from 'chai'
import { loadTensorflow } from '../../src/graph/tensorflow.js'
import type { Clock } from '../../src/models/build/stateless-draws.js'
import { dropInTraining } from '../../src/models/build/stateless-dropout.js'
import type { Tensor, Tf } from '../../src/models/tf-types.js'
import { ResNet } from '../../src/models.js'
import type { NdArray } from '../../src/util/nd-array.js'
import { seeCompiled } from '../graph/parity/compare.js'
import { batch, small, tiny } from './small.js'

describe('dropout in training', () => {
  let tf: Tf
  before(async () => {
    tf = await loadTensorflow()
  })
  const draw = (rate: number, seed: number, clock: Clock, shape = [40, 50]) =>
    tf.tidy(() => [...dropInTraining(tf, tf.ones(shape), rate, seed, clock).dataSync()])

  it('keeps a share of the values, made larger by it', () => {
    for (const rate of [0.1, 0.5, 0.8]) {
      const values = draw(rate, 5, { step: 3 }, [100, 200])
      const kept = values.filter(value => value !== 0)
      expect(kept.length / 20_000).to.be.closeTo(1 - rate, 0.015)
      for (const value of new Set(kept)) expect(value).to.be.closeTo(1 / (1 - rate), 1e-6)
    }
    expect(draw(0, 5, { step: 3 }, [3])).to.deep.equal([1, 1, 1])
  })

  it('draws by seed, step and part of the batch, and nothing else', () => {
    const places: [number, Clock][] = [
      [1, { step: 0 }],
      [2, { step: 0 }],
      [2 ** 53 - 1, { step: 0 }],
      [2 ** 32 + 1, { step: 0 }],
      [1, { step: 1 }],
      [1, { step: 0, microbatch: 1 }],
      [1, { step: 1, microbatch: 1 }],
    ]
    const draws = places.map(([seed, clock]) => draw(0.5, seed, clock).join())
    expect(new Set(draws).size).to.equal(draws.length)
    expect(places.map(([seed, clock]) => draw(0.5, seed, clock).join())).to.deep.equal(draws)
    expect(draw(0.5, 1, { step: 0, microbatch: 0 }).join()).to.equal(draws[0])
  })

  it('takes the step as a tensor in the number’s place', () => {
    tf.tidy(() => {
      const tensor = tf.scalar(7, 'int32') as Tensor
      expect(draw(0.5, 1, { step: 0, tensor })).to.deep.equal(draw(0.5, 1, { step: 7 }))
    })
  })

  it('lets the gradient through by the same mask', () => {
    tf.tidy(() => {
      const x = tf.fill([4, 5], 3)
      const clock = { step: 2 }
      const gradient = tf.grad(input => tf.sum(tf.mul(dropInTraining(tf, input, 0.4, 9, clock), 2)))(x)
      const y = dropInTraining(tf, x, 0.4, 9, clock)
      for (const [i, value] of y.dataSync().entries()) expect(gradient.dataSync()[i]).to.be.closeTo((value * 2) / 3, 1e-6)
    })
  })

  it('draws in JavaScript where the backend runs no TensorFlow operations', async () => {
    const native = tf.getBackend()
    try {
      // Keeps the slow backend from advertising the fast one.
      tf.env().set('IS_TEST', true)
      await tf.setBackend('cpu')
      const first = draw(0.5, 1, { step: 0 })
      expect(draw(0.5, 1, { step: 0 })).to.deep.equal(first)
      expect(draw(0.5, 1, { step: 1 })).not.to.deep.equal(first)
      expect(draw(0.5, 1, { step: 0, microbatch: 1 })).not.to.deep.equal(first)
    } finally {
      tf.env().set('IS_TEST', false)
      await tf.setBackend(native)
    }
  })

  it('is compiled once for all steps', async () => {
    const { compiled } = await seeCompiled(async () => {
      const model = await ResNet.build({ ...tiny, 'head/dropout_rate': 0.5 }, { name: 'net', seed: 1 })
      for (let step = 0; step < 3; step++) await model.train(batch(6, step))
      model.dispose()
    })
    expect(compiled).to.deep.equal(['net, training'])
  })

  it('differs between the layers of a network and between steps, and is the same for the same seed', async () => {
    const masks = async (seed: number) => {
      const config = { ...small, 'head/layout': 'Vddf', 'head/dropout_rate': 0.5, optimizer: { name: 'SGD', learningRate: 0 } }
      const model = await ResNet.build(config, { name: 'net', seed })
      const names = ['head/gap', 'head/dropout-0', 'head/dropout-1']
      const zeros: string[] = []
      for (let step = 0; step < 2; step++) {
        const [all, first, second] = (await model.train(batch(), names)) as [NdArray, NdArray, NdArray]
        const dropped = (from: NdArray, to: NdArray) => from.data.map((value, i) => (value === 0 ? 2 : Number(to.data[i] === 0))).join('')
        zeros.push(dropped(all, first), dropped(first, second).replaceAll('2', ''))
      }
      model.dispose()
      return zeros
    }
    const first = await masks(1)
    expect(new Set(first).size).to.equal(4)
    expect(await masks(1)).to.deep.equal(first)
    expect(await masks(2)).not.to.deep.equal(first)
  })
})
