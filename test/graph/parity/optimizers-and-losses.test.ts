/** Every optimizer with every loss, by the graph engine and by the eager one. */
import { expect } from 'chai'
import { optimizerRows } from '../../../src/graph/optimizers/table.js'
import { loadTensorflow } from '../../../src/graph/tensorflow.js'
import type { losses } from '../../../src/models/losses/index.js'
import { lossNames, type OptimizerName, optimizerNames, type TfModel, toModelClass } from '../../../src/models.js'
import { NdArray } from '../../../src/util/nd-array.js'
import { expectSame, type Named, seeCompiled } from './compare.js'
import { chain, numbers, setNumbers, type Tf } from './parity-model.js'

type Activation = 'linear' | 'softmax' | 'sigmoid' | 'tanh'
interface Setting {
  readonly optimizer: { readonly name: OptimizerName; readonly [option: string]: unknown }
  readonly loss: keyof typeof losses
  /** Of the last layer. */
  readonly activation?: Activation
  readonly predictions?: string
}

/** What a loss's network ends in. */
const ends: Partial<Record<keyof typeof losses, Activation>> = { logloss: 'sigmoid', cosine: 'tanh' }
const areas = ['dice', 'jaccard', 'tversky', 'focal', 'lovasz'] as const
const withClasses = new Set<string>(['ce', 'bce', 'hinge', 'logloss', ...areas])
const [items, features, outputs] = [5, 4, 3]

const everything: Setting[] = [
  ...optimizerNames.flatMap(name =>
    lossNames.filter(loss => !areas.includes(loss as never)).map((loss): Setting => ({ optimizer: { name }, loss })),
  ),
  ...areas.map((loss): Setting => ({ optimizer: { name: 'Momentum' }, loss })),
]

const options: Setting['optimizer'][] = [
  { name: 'Adam', learningRate: 0.01, beta1: 0.8, beta2: 0.99, epsilon: 1e-3 },
  { name: 'AdamW', weightDecay: 0.3, beta1: 0.5 },
  { name: 'SGD', learningRate: 0.5 },
  { name: 'Momentum', useNesterov: true },
  { name: 'Momentum', momentum: 0.5, learningRate: 0.1 },
  { name: 'RMSProp', centered: true },
  { name: 'RMSProp', momentum: 0.9, decay: 0.8, epsilon: 1e-3 },
  { name: 'RMSProp', centered: true, momentum: 0.5, epsilon: 1e-6 },
  { name: 'Adagrad', initialAccumulatorValue: 0.5, learningRate: 0.1 },
  { name: 'Adadelta', rho: 0.5, learningRate: 1, epsilon: 1e-4 },
  { name: 'Adamax', decay: 0.5, beta1: 0.7, beta2: 0.9 },
]
const outputKinds: Setting[] = [
  { loss: 'ce', optimizer: { name: 'SGD' }, activation: 'softmax' },
  { loss: 'bce', optimizer: { name: 'SGD' }, activation: 'sigmoid' },
  { loss: 'mse', optimizer: { name: 'SGD' }, predictions: 'proba' },
  { loss: 'logloss', optimizer: { name: 'SGD' }, activation: 'linear', predictions: 'proba' },
]

function feedAt(step: number, loss: string) {
  const values = numbers(step * 2 + 1, items * outputs)
  const oneHot = values.map((_, i) => Number(i % outputs === (Math.floor(i / outputs) + step) % outputs))
  return {
    x: new NdArray(numbers(step * 2, items * features), [items, features]),
    labels: new NdArray(withClasses.has(loss) ? oneHot : values, [items, outputs]),
  }
}

/** Losses, weights and what the optimizer keeps after three steps. */
async function train(tf: Tf, engine: string, { activation, ...config }: Setting): Promise<Named[][]> {
  const last = activation ?? ends[config.loss] ?? 'linear'
  const net = toModelClass(() =>
    chain(
      tf,
      [features],
      tf.layers.dense({ units: 4, activation: 'tanh' }),
      tf.layers.dense({ units: outputs, activation: last as 'tanh' }),
    ),
  )
  const model = await net.build({ ...config, engine }, { name: 'net', seed: 1 })
  setNumbers(tf, model.layersModel)
  const lost: Named[] = []
  for (let step = 0; step < 3; step++) {
    const [loss] = (await model.train(feedAt(step, config.loss), ['loss'])) as [number]
    lost.push({ name: `loss of step ${step + 1}`, values: [loss] })
  }
  const weights = model.layersModel.weights.map((weight, i) => ({ name: `weight ${i}`, values: weight.read().dataSync() }))
  const result = [lost, weights, ...stateOf(model)]
  model.dispose()
  return result
}

/** Each field of the optimizer by itself: their sizes have nothing to do with one another. */
function stateOf({ network }: TfModel): Named[][] {
  const { slots, scalars } = optimizerRows[network.optimizerName!]
  const fields = network.optimizer as unknown as Record<string, any>
  return [
    ...slots.map(({ field }) =>
      fields[field].map(({ variable }: any, i: number) => ({ name: `${field} ${i}`, values: variable.dataSync() })),
    ),
    scalars.map(({ field }) => ({ name: field, values: fields[field].dataSync() })),
  ]
}

/** TensorFlow's kernel takes `1 - beta2` from its float, tfjs from its double: of 0.999 that is 5e-5 apart, and so is the moment. */
const within = (field: Named | undefined, { name }: Setting['optimizer']) =>
  name === 'Adam' && field?.name.startsWith('accumulatedSecondMoment') ? 1e-4 : undefined

const describeOptions = ({ name, ...options }: Setting['optimizer']) =>
  `${name} with ${Object.entries(options)
    .map(([option, value]) => `${option} ${value}`)
    .join(', ')}`

describe('the graph engine steps as the eager one', () => {
  let tf: Tf
  before(async () => {
    tf = await loadTensorflow()
  })
  const check = (title: string, setting: Setting) =>
    it(title, async () => {
      const wanted = await train(tf, 'eager', setting)
      const { result: got, compiled } = await seeCompiled(() => train(tf, 'graph', setting))
      expect(compiled).to.deep.equal(['net, training'])
      for (const [i, part] of wanted.entries()) expectSame(got[i]!, part, false, within(part[0], setting.optimizer))
    })

  for (const setting of everything) check(`${setting.optimizer.name} with ${setting.loss}`, setting)
  for (const optimizer of options) check(describeOptions(optimizer), { optimizer, loss: 'mse' })
  for (const setting of outputKinds) check(`${setting.loss} of ${setting.predictions ?? setting.activation}`, setting)
})
