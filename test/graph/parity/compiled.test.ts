/** Models of tfjs, compiled, train and predict as they did. */
import { expect } from 'chai'
import { loadTensorflow } from '../../../src/graph/tensorflow.js'
import { compileModel, uncompileModel } from '../../../src/graph.js'
import { expectSame, type Named, seeCompiled } from './compare.js'
import { parityModels } from './models.js'
import { lossesOf, type Model, makeBatch, type ParityModel, setNumbers, type Tensor, type Tf } from './parity-model.js'

/**
 * Adam divides a gradient by its own size plus epsilon: with epsilon 1e-8 a gradient that is nothing but a rounding error moves its weight
 * as far as any other. With 0.1 it moves it by half of what it is, so that weights can be compared to 1e-5 as well. And of 0.999 TensorFlow
 * takes `1 - beta2` from its float, tfjs from its double, which is 5e-5 apart: a number that both hold exactly is not.
 */
const adam = (tf: Tf, { kink }: ParityModel) => (kink ? tf.train.adam(0.01) : tf.train.adam(0.05, 0.9, 1 - 2 ** -10, 0.1))

interface Trained {
  readonly losses: readonly Named[]
  readonly weights: readonly Named[]
  readonly predicted: readonly Named[]
  readonly evaluated: readonly Named[]
}

async function train(tf: Tf, row: ParityModel, prepare: (model: Model) => Model): Promise<Trained> {
  const model = prepare(row.build(tf))
  setNumbers(tf, model)
  const optimizer = adam(tf, row)
  model.compile({ optimizer, loss: lossesOf(tf, row, model) })
  const losses: Named[] = []
  for (let step = 0; step < (row.kink ? 5 : 3); step++) {
    const { x, y } = makeBatch(tf, model, row, step)
    const loss = await model.trainOnBatch(x, y)
    losses.push({ name: `losses of step ${step + 1}`, values: [loss].flat() })
    tf.dispose([x, y])
  }
  const weights = read(model.weights.map((weight, i) => [`weight ${i}, ${weight.originalName.split('/').at(-1)}`, weight.read()]))
  const { x, y } = makeBatch(tf, model, row, 9)
  const [predicted, evaluated] = [model.predict(x), model.evaluate(x, y)].map((tensors, i) => {
    const values = read([tensors].flat().map((tensor, j) => [`${i === 0 ? 'output' : 'loss'} ${j}`, tensor]))
    tf.dispose(tensors)
    return values
  }) as [Named[], Named[]]
  tf.dispose([x, y])
  uncompileModel(model)
  optimizer.dispose()
  model.dispose()
  return { losses, weights, predicted, evaluated }
}

function read(tensors: readonly (readonly [string, Tensor])[]): Named[] {
  return tensors.map(([name, tensor]) => ({ name, values: tensor.dataSync() }))
}

describe('a compiled model trains, predicts and evaluates as tfjs does', () => {
  let tf: Tf
  before(async () => {
    tf = await loadTensorflow()
  })

  for (const row of parityModels) {
    it(row.name, async () => {
      const wanted = await train(tf, row, model => model)
      const { result: got, compiled } = await seeCompiled(() => train(tf, row, compileModel))
      expect(compiled.map(name => name.split(', ').at(-1))).to.deep.equal(['training', 'prediction', 'evaluation'])
      for (const what of ['losses', 'weights', 'predicted', 'evaluated'] as const) expectSame(got[what], wanted[what], row.kink)
    })
  }
})
