/** However a plain model is trained, compiled it gives the numbers that tfjs gives. */
import { expect } from 'chai'
import { loadTensorflow } from '../../../src/graph/tensorflow.js'
import { compileModel, uncompileModel } from '../../../src/graph.js'
import { expectSame, type Named, seeCompiled } from './compare.js'
import { chain, type Model, numbers, setNumbers, type Tensor, type Tf } from './parity-model.js'

type See = (values: unknown) => void
/** What is done to a model, and what is looked at. */
type Scenario = (tf: Tf, model: Model, see: See) => Promise<void> | void

const kerasLosses = {
  meanSquaredError: 'linear',
  meanAbsoluteError: 'linear',
  meanAbsolutePercentageError: 'linear',
  meanSquaredLogarithmicError: 'sigmoid',
  squaredHinge: 'linear',
  hinge: 'linear',
  categoricalHinge: 'linear',
  logcosh: 'linear',
  categoricalCrossentropy: 'softmax',
  sparseCategoricalCrossentropy: 'softmax',
  binaryCrossentropy: 'sigmoid',
  kullbackLeiblerDivergence: 'softmax',
  poisson: 'softplus',
  cosineProximity: 'linear',
} as const
const optimizerNames = ['sgd', 'adam', 'rmsprop', 'adagrad', 'adadelta', 'adamax']
const [items, features, classes] = [10, 4, 3]

const data = (tf: Tf, seed = 1) => tf.tensor2d(numbers(seed, items * features), [items, features])
const oneHot = (tf: Tf) =>
  tf.tensor2d(
    numbers(0, items * classes).map((_, i) => Number(i % classes === Math.floor(i / classes) % classes)),
    [items, classes],
  )
const net = (tf: Tf, activation: string) =>
  chain(
    tf,
    [features],
    tf.layers.dense({ units: 5, activation: 'tanh', name: 'hidden' }),
    tf.layers.batchNormalization(),
    tf.layers.dense({ units: classes, activation: activation as 'tanh' }),
  )

const sgd = (tf: Tf, metrics: string[] = []) => ({ optimizer: tf.train.sgd(0.1), loss: 'categoricalCrossentropy', metrics })
const history = ({ history }: { history: Record<string, unknown> }) =>
  Object.entries(history)
    .sort()
    .map(([, values]) => values)

const byLoss =
  (loss: string): Scenario =>
  async (tf, model, see) => {
    const isSparse = loss.startsWith('sparse')
    model.compile({ optimizer: tf.train.sgd(0.01), loss, metrics: isSparse ? [] : ['mse', 'cosine'] })
    const classNumbers = numbers(0, items).map((_, i) => i % classes)
    // A percentage of nothing is none.
    const numbersWanted = loss.includes('Percentage') ? tf.add(oneHot(tf), 1) : oneHot(tf)
    const y = isSparse ? tf.tensor2d(classNumbers, [items, 1]) : numbersWanted
    for (let step = 0; step < 3; step++) see(await model.trainOnBatch(data(tf), y))
  }
const byOptimizer =
  (optimizer: string): Scenario =>
  async (tf, model, see) => {
    model.compile({ optimizer, loss: 'categoricalCrossentropy' })
    for (let step = 0; step < 3; step++) see(await model.trainOnBatch(data(tf), oneHot(tf)))
  }

const scenarios: Record<string, Scenario> = {
  'batches of several sizes': async (tf, model, see) => {
    model.compile(sgd(tf, ['accuracy']))
    const [x, y] = [data(tf), oneHot(tf)]
    for (const size of [10, 4, 10, 7, 4]) see(await model.trainOnBatch(tf.slice(x, 0, size), tf.slice(y, 0, size)))
    see(model.predict(x, { batchSize: 3 }))
    see(model.evaluate(x, y, { batchSize: 4 }))
  },
  'fit, with a last batch that is smaller, validation and metrics': async (tf, model, see) => {
    model.compile(sgd(tf, ['accuracy', 'mse']))
    see(history(await model.fit(data(tf), oneHot(tf), { epochs: 3, batchSize: 4, shuffle: false, verbose: 0, validationSplit: 0.3 })))
  },
  'fit, with weights of classes': async (tf, model, see) => {
    model.compile(sgd(tf))
    see(
      history(
        await model.fit(data(tf), oneHot(tf), { epochs: 2, batchSize: 5, shuffle: false, verbose: 0, classWeight: { 0: 1, 1: 3, 2: 0.2 } }),
      ),
    )
  },
  'fitDataset and evaluateDataset': async (tf, model, see) => {
    model.compile(sgd(tf))
    const rows = tf.data.zip({ xs: tf.data.array(data(tf).arraySync()), ys: tf.data.array(oneHot(tf).arraySync()) }).batch(4)
    see(history(await model.fitDataset(rows as never, { epochs: 2, verbose: 0, validationData: rows as never })))
    see(await model.evaluateDataset(rows as never, {}))
  },
  'a rate that is changed': async (tf, model, see) => {
    const optimizer = tf.train.adam(0.01, 0.9, 0.99, 1e-2)
    model.compile({ optimizer, loss: 'categoricalCrossentropy' })
    for (const rate of [0.01, 0.1, 0.1, 0.002]) {
      Object.assign(optimizer, { learningRate: rate })
      see(await model.trainOnBatch(data(tf), oneHot(tf)))
    }
  },
  'weights that are set in between': async (tf, model, see) => {
    model.compile(sgd(tf))
    for (let step = 0; step < 4; step++) {
      see(await model.trainOnBatch(data(tf), oneHot(tf)))
      if (step === 1) model.setWeights(model.getWeights().map(weight => tf.mul(weight, 0.5)))
      if (step === 2) model.getLayer('hidden').setWeights(model.getLayer('hidden').getWeights().toReversed().toReversed())
      see(model.getWeights()[0])
    }
  },
  'a layer that is frozen in between': async (tf, model, see) => {
    for (const trainable of [true, false, true]) {
      model.getLayer('hidden').trainable = trainable
      model.compile(sgd(tf))
      for (let step = 0; step < 2; step++) see(await model.trainOnBatch(data(tf), oneHot(tf)))
    }
  },
  'another loss and optimizer in between': async (tf, model, see) => {
    for (const [loss, optimizer] of [
      ['categoricalCrossentropy', tf.train.momentum(0.1, 0.9)],
      ['meanSquaredError', tf.train.adam(0.01, 0.9, 0.99, 1e-2)],
    ] as const) {
      model.compile({ loss, optimizer })
      for (let step = 0; step < 3; step++) see(await model.trainOnBatch(data(tf, step + 1), oneHot(tf)))
      see(model.evaluate(data(tf), oneHot(tf)))
    }
  },
  'a step of the optimizer’s own in between': async (tf, model, see) => {
    const optimizer = tf.train.adam(0.01, 0.9, 0.99, 1e-2)
    model.compile({ optimizer, loss: 'categoricalCrossentropy' })
    for (let step = 0; step < 3; step++) {
      see(await model.trainOnBatch(data(tf), oneHot(tf)))
      optimizer.minimize(() => tf.mean(tf.square(model.apply(data(tf, step), { training: true }) as Tensor)) as never)
    }
  },
  'an optimizer that is read and given back': async (tf, model, see) => {
    const optimizer = tf.train.adam(0.01, 0.9, 0.99, 1e-2)
    model.compile({ optimizer, loss: 'categoricalCrossentropy' })
    for (let step = 0; step < 4; step++) {
      see(await model.trainOnBatch(data(tf), oneHot(tf)))
      const kept = await optimizer.getWeights()
      see(kept.map(({ tensor }) => tensor))
      if (step === 1) await optimizer.setWeights(kept)
    }
  },
}

/** What a model of these layers gives when it is trained in this way. */
async function play(tf: Tf, { activation = 'softmax', scenario }: Way, prepare: (model: Model) => Model): Promise<Named[]> {
  const seen: Named[] = []
  const see: See = values => {
    for (const value of [values].flat(3)) {
      const isTensor = value instanceof tf.Tensor
      seen.push({ name: `value ${seen.length}`, values: isTensor ? value.dataSync() : [value as number] })
    }
  }
  tf.engine().startScope()
  try {
    const model = prepare(net(tf, activation))
    setNumbers(tf, model)
    await scenario(tf, model, see)
    see(model.getWeights())
    uncompileModel(model)
    model.dispose()
    return seen
  } finally {
    tf.engine().endScope()
  }
}

interface Way {
  readonly activation?: string
  readonly scenario: Scenario
}
const ways: Record<string, Way> = {
  ...Object.fromEntries(Object.entries(scenarios).map(([name, scenario]) => [name, { scenario }])),
  ...Object.fromEntries(
    Object.entries(kerasLosses).map(([loss, activation]) => [`the loss ${loss}`, { activation, scenario: byLoss(loss) }]),
  ),
  ...Object.fromEntries(optimizerNames.map(name => [`the optimizer ${name} by its name`, { scenario: byOptimizer(name) }])),
}

describe('however a plain model is trained, compiled it gives what tfjs gives', () => {
  let tf: Tf
  before(async () => {
    tf = await loadTensorflow()
  })

  for (const [name, way] of Object.entries(ways)) {
    it(name, async () => {
      const wanted = await play(tf, way, model => model)
      const { result: got, compiled } = await seeCompiled(() => play(tf, way, compileModel))
      expect(compiled.length).to.be.above(0)
      for (const [i, value] of wanted.entries()) expectSame([got[i]!], [value])
    })
  }
})
