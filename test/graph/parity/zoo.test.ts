/** The zoo's networks by the graph engine and by the eager one. */
import { expect } from 'chai'
import { loadTensorflow } from '../../../src/graph/tensorflow.js'
import { models, type TfModel, type ZooName } from '../../../src/models.js'
import { NdArray } from '../../../src/util/nd-array.js'
import { batch, small } from '../../models/small.js'
import { deviation, EXACT, expectSame, type Named, seeCompiled } from './compare.js'
import { numbers, setNumbers, type Tf } from './parity-model.js'

const rows = ['ResNet', 'ResNet18', 'SEResNet18', 'SEResNet50'] as const satisfies ZooName[]
/** Of tanh, for relu's kinks would be all that is seen; a few filters, which is not what depends on the row. */
const narrow = {
  ...small,
  'body/num_blocks': undefined,
  'body/block/bottleneck': undefined,
  'body/filters': [2, 3, 3, 4],
  'common/activation': 'tanh',
  'body/block/post_activation': 'tanh',
  optimizer: ['Adam', { epsilon: 1e-3 }],
}
const fetches = ['loss', 'predictions', 'body/group-0', 'body/group-1/block-0', 'head/gap', 'accuracy']

/**
 * Fifty normalised layers make of one rounding at the beginning what is no rounding at the end. How far they do it, the eager engine tells
 * itself: with the last bit of each weight changed. One draw of a random size, so a few times it may be.
 */
const ROUNDING = 5

function configOf(name: ZooName, engine: string): Record<string, unknown> {
  const blocks = /^(SE)?ResNet$/.test(name) ? { 'body/num_blocks': [1, 1, 1, 1], 'body/block/bottleneck': true } : {}
  return JSON.parse(JSON.stringify({ ...narrow, ...blocks, engine }))
}

async function train(tf: Tf, name: ZooName, engine: string, isShaken = false): Promise<Named[]> {
  const model: TfModel = await models[name].build(configOf(name, engine) as never, { name: 'net', seed: 3 })
  setNumbers(tf, model.layersModel)
  if (isShaken) shake(tf, model)
  const values: Named[] = []
  for (let step = 0; step < 2; step++) values.push(...named(`step ${step + 1}`, await model.train(batch(12, step), fetches)))
  values.push(...named('prediction', await model.predict(batch(12, 7), fetches)))
  values.push(...model.layersModel.weights.map((weight, i) => ({ name: `weight ${i}`, values: weight.read().dataSync() })))
  model.dispose()
  return values
}

/** Changes the last bit of the weights. */
function shake(tf: Tf, { layersModel }: TfModel): void {
  for (const [i, weight] of layersModel.weights.entries()) {
    const shape = weight.shape as number[]
    const factors = numbers(i, tf.util.sizeFromShape(shape)).map(value => 1 + Math.sign(value) * 2 ** -23)
    weight.write(tf.tidy(() => tf.mul(weight.read(), tf.tensor(factors, shape))))
  }
}

function named(prefix: string, values: readonly unknown[]): Named[] {
  return values.map((value, i) => ({ name: `${prefix}: ${fetches[i]}`, values: value instanceof NdArray ? value.data : [value as number] }))
}

describe('the zoo by the graph engine is the zoo by the eager one', () => {
  let tf: Tf
  before(async () => {
    tf = await loadTensorflow()
  })

  for (const name of rows) {
    it(name, async () => {
      const wanted = await train(tf, name, 'eager')
      const { result: got, compiled } = await seeCompiled(() => train(tf, name, 'graph'))
      expect(compiled).to.deep.equal(['net, training', 'net, prediction'])
      const shaken = await train(tf, name, 'eager', true)
      const rounding = Math.max(...wanted.map((value, i) => deviation([shaken[i]!], [value]).off))
      for (const [i, value] of wanted.entries()) expectSame([got[i]!], [value], false, Math.max(EXACT, ROUNDING * rounding))
    })
  }
})
