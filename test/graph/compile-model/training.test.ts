/** A model's own methods, compiled: losses, evaluate, predict and the rest of them give what they gave. */
import { expect } from 'chai'
import { compileModel, uncompileModel } from '../../../src/graph.js'
import { type Tensor, tf, warningsOf } from '../semantics/support.js'
import { classes, dense, itTrainsAsEager, type LayersModel, losses, net, options, readOnce, type Wrap, x, y } from './support.js'

class Scale extends tf.layers.Layer {
  static className = 'ScaleOfTheTest'
  scale!: import('@tensorflow/tfjs-layers').LayerVariable | any

  override build(): void {
    this.scale = this.addWeight('scale', [1], 'float32', tf.initializers.constant({ value: 2 }))
    this.built = true
  }

  override call(inputs: Tensor | Tensor[]): Tensor {
    return tf.tidy(() => tf.mul([inputs].flat()[0]!, tf.sin(this.scale.read())))
  }

  override computeOutputShape(shape: never): never {
    return shape
  }
}

function twoInTwoOut(wrap: Wrap): LayersModel {
  const [a, b] = [tf.input({ shape: [4] }), tf.input({ shape: [4] })]
  const shared = dense(3, 1, { activation: 'tanh' })
  const both = tf.layers.concatenate().apply([shared.apply(a), shared.apply(b)] as never)
  const outputs = [
    dense(1, 2, { name: `number-${++made}` }).apply(both),
    dense(3, 3, { activation: 'softmax', name: `class-${made}` }).apply(both),
  ]
  const model = wrap(tf.model({ inputs: [a, b], outputs: outputs as never }))
  model.compile({
    loss: ['meanSquaredError', 'categoricalCrossentropy'],
    optimizer: tf.train.momentum(0.1, 0.9),
    metrics: ['mae', 'accuracy'] as never,
  })
  return model
}
let made = 0

const dataset = () =>
  tf.data
    .array(Array.from({ length: 10 }, (_, i) => i))
    .map(i => ({ xs: x.slice([i as number], [1]).reshape([4]), ys: y.slice([i as number], [1]).reshape([1]) }))
    .batch(4)

describe('a model’s own methods, compiled', () => {
  itTrainsAsEager({
    'two inputs and two outputs, with a loss and a metric each': async wrap => {
      const model = twoInTwoOut(wrap)
      const { history } = await model.fit([x, tf.tidy(() => tf.neg(x))], [y, classes], options)
      const values = Object.values(history)
      const negative = tf.neg(x)
      return [
        values,
        readOnce(model.evaluate([x, negative], [y, classes])),
        readOnce(model.predict([x, negative], { batchSize: 4 }) as Tensor[]),
        negative.dispose(),
      ]
    },
    'class weights': async wrap => {
      const model = wrap(tf.sequential({ layers: [dense(3, 1, { inputShape: [4], activation: 'softmax' })] }))
      model.compile({ loss: 'categoricalCrossentropy', optimizer: tf.train.sgd(0.1) })
      const { history } = await model.fit(x, classes, { ...options, classWeight: { 0: 0.2, 1: 3, 2: 1 } })
      return history
    },
    'a loss, a metric and a layer of one’s own': async wrap => {
      const loss = (a: Tensor, b: Tensor) => tf.mean(tf.sqrt(tf.add(tf.square(tf.sub(a, b)), 1)))
      const metric = (a: Tensor, b: Tensor) => tf.max(tf.abs(tf.sub(a, b)))
      return losses(net(wrap, [dense(3, 1, { inputShape: [4] }), new Scale({})], { loss, metrics: [metric] }))
    },
    'trainOnBatch, testOnBatch and predictOnBatch': async wrap => {
      const model = net(wrap)
      const seen: unknown[] = []
      for (let i = 0; i < 3; i++) seen.push(await model.trainOnBatch(x, y), readOnce(model.predictOnBatch(x) as Tensor))
      return seen
    },
    'fitDataset and evaluateDataset, with a partial last batch': async wrap => {
      const model = net(wrap)
      const { history } = await model.fitDataset(dataset() as never, { epochs: 2, verbose: 0, validationData: dataset() as never })
      return [history, readOnce((await model.evaluateDataset(dataset() as never, { batches: 3, verbose: 0 })) as Tensor)]
    },
    'callbacks see the logs of each batch, and weights between': async wrap => {
      const model = net(wrap)
      const seen: unknown[] = []
      await losses(model, {
        validationSplit: 0.2,
        callbacks: {
          onBatchEnd: async (batch: number, logs: { loss: number; size: number }) => void seen.push(batch, logs.loss, logs.size),
          onEpochEnd: async (_: number, logs: object) => void seen.push({ ...logs }, Array.from(model.getWeights()[0]!.dataSync())),
        },
      })
      return seen
    },
    'weights are set, and the learning rate, between fits': async wrap => {
      const optimizer = tf.train.adam(0.01)
      const model = net(wrap, undefined, { optimizer })
      const first = await losses(model)
      model.setWeights(tf.tidy(() => model.getWeights().map(weight => tf.mul(weight, 0.5))))
      ;(optimizer as unknown as { learningRate: number }).learningRate = 0.1
      const second = await losses(model)
      return [first, second, (optimizer as unknown as { iterations: number }).iterations]
    },
    'a layer is frozen, and the model compiled again': async wrap => {
      const model = net(wrap)
      const seen = [await losses(model)]
      for (const trainable of [false, true]) {
        model.layers[0]!.trainable = trainable
        seen.push(await losses(model))
        model.compile({ loss: 'meanSquaredError', optimizer: tf.train.sgd(0.1) })
        seen.push(await losses(model))
      }
      return [seen, model.getWeights().map(weight => Array.from(weight.dataSync()))]
    },
    'another loss and optimizer; the old one is disposed': async wrap => {
      const first = tf.train.adam(0.1)
      const model = net(wrap, undefined, { optimizer: first })
      const seen = [await losses(model)]
      model.compile({ loss: 'meanAbsoluteError', optimizer: tf.train.rmsprop(0.01), metrics: ['mse'] })
      first.dispose()
      seen.push(await losses(model), await losses(model))
      return seen
    },
    'a sequential model that grows': async wrap => {
      const model = wrap(tf.sequential())
      model.add(dense(3, 1, { inputShape: [4] }))
      model.add(dense(1, 2))
      model.compile({ loss: 'meanSquaredError', optimizer: tf.train.sgd(0.1) })
      const first = await losses(model)
      model.add(dense(1, 3))
      model.compile({ loss: 'meanSquaredError', optimizer: tf.train.sgd(0.1) })
      return [first, await losses(model), readOnce(model.predict(x) as Tensor)]
    },
    'two models in turn': async wrap => {
      const [a, b] = [net(wrap), net(wrap, undefined, { optimizer: tf.train.momentum(0.1, 0.9) })]
      const seen: unknown[] = []
      for (let i = 0; i < 3; i++) seen.push(await a.trainOnBatch(x, y), await b.trainOnBatch(x, y), readOnce(a.predict(x) as Tensor))
      return seen
    },
    'two models that train at once': async wrap => {
      const [a, b] = [net(wrap), net(wrap, undefined, { optimizer: tf.train.momentum(0.1, 0.9) })]
      return Promise.all([losses(a), losses(b)])
    },
    'two models that share a layer': async wrap => {
      const shared = dense(3, 1, { inputShape: [4] })
      const [a, b] = [net(wrap, [shared]), net(wrap, [shared, dense(2, 2)])]
      const seen: unknown[] = []
      for (let i = 0; i < 3; i++) seen.push(await a.trainOnBatch(x, y), await b.trainOnBatch(x, y), readOnce(shared.apply(x) as Tensor))
      return seen
    },
    'saved in the middle, and loaded': async wrap => {
      const model = net(wrap)
      await losses(model)
      let saved: import('@tensorflow/tfjs-core').io.ModelArtifacts | any
      await model.save(
        tf.io.withSaveHandler(async artifacts => {
          saved = artifacts
          return { modelArtifactsInfo: { dateSaved: new Date(0), modelTopologyType: 'JSON' } }
        }),
      )
      const loaded = wrap(await tf.loadLayersModel(tf.io.fromMemory(saved)))
      loaded.compile({ loss: 'meanSquaredError', optimizer: tf.train.sgd(0.1) })
      return [await losses(model), await losses(loaded)]
    },
    'disposed, its tensors are gone': async wrap => {
      const model = net(wrap)
      await losses(model)
      return model.dispose().numDisposedVariables
    },
  })

  it('a layer that keeps its state runs as before, with a warning that names it', async () => {
    const model = net(
      m => m,
      [
        tf.layers.reshape({ targetShape: [2, 2], batchInputShape: [5, 4] }),
        tf.layers.lstm({ units: 2, stateful: true, name: 'keeps-state' }),
      ],
    )
    compileModel(model)
    const warnings = await warningsOf(() => model.fit(x, y, { ...options, batchSize: 5 }))
    expect(warnings).to.have.length(1)
    expect(warnings[0]).to.match(
      /model .*, training runs operation by operation, not compiled: stateful in layer keeps-state: it keeps its state/,
    )
  })

  it('a gradient of its prediction is that of the plain model', async () => {
    const model = net(m => m)
    const gradient = () => readOnce(tf.grad(given => model.predict(given) as Tensor)(x))
    const wanted = gradient()
    compileModel(model)
    tf.dispose(model.predict(x) as Tensor)
    const warnings = await warningsOf(() => expect(gradient()).to.deep.equal(wanted))
    expect(warnings.join()).to.contain('compile the function that takes the gradient')
  })

  it('uncompileModel gives the methods back', async () => {
    const model = net(m => m)
    const before = Object.getOwnPropertyNames(model)
    expect(uncompileModel(compileModel(compileModel(model)))).to.equal(model)
    expect(Object.getOwnPropertyNames(model)).to.deep.equal(before)
    await losses(model)
  })
})
