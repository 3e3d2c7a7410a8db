/** Numbers of layers that JavaScript changes between steps are followed, in compiled models and in pipelines; a loss's own need a variable. */
import { expect } from 'chai'
import { toModelClass } from '../../../src/models.js'
import { NdArray } from '../../../src/util/nd-array.js'
import { expectClose, scalar, type Tensor, tf } from '../semantics/support.js'
import { dense, itTrainsAsEager, type Layer, losses, net, x, y } from './support.js'

type Fields = Record<string, any>
const L = tf.layers

class Temperature extends L.Layer {
  static className = 'TemperatureOfTest'
  temperature = 1
  _mode = 'divide'
  options = { offset: [0, 0] }
  override computeOutputShape(shape: number[]) {
    return shape
  }
  override call(inputs: Tensor | Tensor[]) {
    return tf.tidy(() => {
      const [x] = [inputs].flat() as [Tensor]
      const scaled = this._mode === 'divide' ? tf.div(x, this.temperature) : tf.mul(x, this.temperature)
      return tf.add(scaled, this.options.offset[1]!)
    })
  }
}

/** A layer, and what changes about it. */
const changes: Readonly<Record<string, readonly [make: () => object, change: (layer: Fields) => void]>> = {
  'a dropout’s rate': [() => L.dropout({ rate: 0.5, seed: 3 }), layer => (layer.rate = 0)],
  'a leakyReLU’s alpha': [() => L.leakyReLU({ alpha: 0.1 }), layer => (layer.alpha = 0.9)],
  'the momentum of batch normalisation': [() => L.batchNormalization({ momentum: 0.5 }), layer => (layer.momentum = 1)],
  'the epsilon of batch normalisation': [() => L.batchNormalization({}), layer => (layer.epsilon = 1)],
  'the l2 of a regularizer': [
    () => dense(3, 2, { kernelRegularizer: tf.regularizers.l2({ l2: 0.01 }) }),
    layer => (layer.kernelRegularizer.l2 = 1),
  ],
  'a regularizer itself': [() => dense(3, 2), layer => (layer.kernelRegularizer = tf.regularizers.l1({ l1: 0.1 }))],
  'a constraint’s maximum': [
    () => dense(3, 2, { kernelConstraint: tf.constraints.maxNorm({ maxValue: 5 }) }),
    layer => (layer.kernelConstraint.maxValue = 0.1),
  ],
  'an activation': [
    () => dense(3, 2, { activation: 'tanh' }),
    layer => (layer.activation = (dense(1, 1, { activation: 'sigmoid' }) as unknown as Fields).activation),
  ],
  'a number of a layer of one’s own': [() => new Temperature({}), layer => (layer.temperature = 0.1)],
  'a string of a layer of one’s own': [() => new Temperature({}), layer => Object.assign(layer, { _mode: 'multiply', temperature: 2 })],
  'a list in an object of a layer of one’s own': [() => new Temperature({}), layer => (layer.options.offset[1] = 1)],
  'a number of a layer in a wrapper': [
    () => L.timeDistributed({ layer: L.leakyReLU({ alpha: 0.1, inputShape: [1] }) } as never),
    layer => (layer.layer.alpha = 0.9),
  ],
}

describe('numbers of layers that change', () => {
  itTrainsAsEager(
    Object.fromEntries(
      Object.entries(changes).map(([name, [make, change]]) => [
        name,
        async wrap => {
          const layer = make() as Layer
          const isWrapper = name.includes('wrapper')
          const around = isWrapper ? [L.reshape({ targetShape: [3, 1] }), layer, L.flatten()] : [layer]
          const model = net(wrap, [dense(3, 1, { inputShape: [4] }), ...around] as Layer[])
          const fit = { epochs: 1, batchSize: 5 }
          const first = await losses(model, fit)
          change(layer as Fields)
          return [first, await losses(model, fit), await losses(model, fit)]
        },
      ]),
    ),
  )

  itTrainsAsEager({
    'a number of a loss, as a variable': async wrap => {
      const weight = tf.variable(scalar(0), false)
      const loss = (y: Tensor, p: Tensor) => tf.add(tf.mean(tf.squaredDifference(y, p)), tf.mul(weight, tf.mean(tf.abs(p))))
      const model = net(wrap, undefined, { loss })
      const onEpochEnd = async (epoch: number) => weight.assign(scalar(epoch + 1) as never)
      return losses(model, { epochs: 3, callbacks: { onEpochEnd } })
    },
  })

  for (const engine of ['graph', 'eager'] as const) {
    it(`in models of pipelines, too: ${engine}`, async () => {
      const layer = new Temperature({})
      const own = toModelClass(() => tf.sequential({ layers: [dense(3, 1, { inputShape: [4] }), layer, dense(1, 9)] as never }))
      const config = {
        loss: 'mse',
        optimizer: { name: 'SGD', learning_rate: 0.1 },
        engine,
        inputs: { features: { shape: [4] }, targets: { shape: [1] } },
      }
      const model = await own.build(config as never, { name: 'net', seed: 1 })
      const [features, targets] = [x, y].map(tensor => new NdArray(Float32Array.from(tensor.dataSync()), tensor.shape))
      const seen: number[] = []
      for (let i = 0; i < 6; i++) {
        if (i === 3) layer.temperature = 0.1
        const [loss] = await model.train({ features: features!, targets: targets! } as never, ['loss'])
        seen.push(Number(loss))
      }
      model.dispose()
      byEngine.set(engine, seen)
      expect(seen[3]).to.be.greaterThan(10 * seen[2]!)
      for (const other of byEngine.values()) expectClose(seen, other, 1e-4)
    })
  }
})

const byEngine = new Map<string, readonly number[]>()
