import { expect } from 'chai'
import { loadTensorflow } from '../../src/graph/tensorflow.js'
import type { LayersModel, Tensor, Tf } from '../../src/models/tf-types.js'
import { toVariable } from '../../src/models/train/network.js'
import { type ModelBuilder, models, ResNet, type TfModel, toModelClass } from '../../src/models.js'
import { NdArray } from '../../src/util/nd-array.js'
import { warningsOf } from '../graph/semantics/support.js'
import { errorOf } from './small.js'

const tf = await loadTensorflow()

const points = NdArray.from([
  [0, 1],
  [1, 0],
  [1, 1],
  [0, 0],
])
const context = { name: 'own', seed: 1 }

/** A root, whose gradient at 0 is infinite, and what the layer does with it in JavaScript. */
class OwnRoot extends tf.layers.Layer {
  static className = 'OwnRootOfTheTest'
  calls = 0
  declare more?: number

  constructor(readonly does: (layer: OwnRoot, root: Tensor) => Tensor) {
    super({ name: 'root' })
  }

  override call(inputs: Tensor | Tensor[]): Tensor {
    return tf.tidy(() => this.does(this, tf.sqrt([inputs].flat()[0]!)))
  }

  override computeOutputShape(shape: never): never {
    return shape
  }
}

async function build(engine: string, does: OwnRoot['does']) {
  const root = new OwnRoot(does)
  const own = toModelClass(function rooted(_config: object, t: Tf) {
    const dense = t.layers.dense({ units: 1, inputShape: [2], useBias: false, kernelInitializer: 'ones', name: 'dense' })
    return t.sequential({ layers: [dense, root] }) as LayersModel
  })
  const model = await own.build({ loss: 'mse', optimizer: 'Adam', engine }, { name: 'rooted', seed: 1 })
  const [input, target] = [model.network.inputs.data[0]!.name, model.network.inputs.target!.name]
  const train = (x: number) =>
    model.train({ [input]: new NdArray(Float32Array.of(x, x), [1, 2]), [target]: new NdArray(Float32Array.of(0.5), [1, 1]) })
  return { model, root, train }
}

const weightsOf = (model: TfModel) => model.layersModel.weights.map(weight => Array.from(toVariable(weight).dataSync()))

describe('a model of the user’s own', () => {
  it('names what is misspelt in its feed, and what was fed, by the names that were given', async () => {
    const net = toModelClass(() => tf.sequential({ layers: [tf.layers.dense({ units: 3, inputShape: [2] })] }))
    const model = await net.build({ loss: 'ce' }, context)
    expect((await errorOf(() => model.train({ points, lables: [0, 1, 2, 0] }))).message).to.match(/no input lables.*Did you mean labels\?/)
    expect((await errorOf(() => model.train({ points }))).message).to.match(/not fed labels\. Seen: points\./)
    model.dispose()
  })

  it('may be a function that builds one, and learns', async () => {
    const net = toModelClass(function net(config: Readonly<Record<string, unknown>>, given: Tf) {
      return given.sequential({
        layers: [
          given.layers.dense({ units: config.width as number, inputShape: [2], activation: 'tanh', name: 'hidden' }),
          given.layers.dense({ units: 3, name: 'logits' }),
        ],
      })
    })
    expect(net.name).to.equal('net')
    const model = await net.build({ width: 5, loss: 'ce', optimizer: { name: 'SGD', learningRate: 0.5 } }, context)
    expect(model.parameterCount).to.equal(2 * 5 + 5 + 5 * 3 + 3)
    expect(model.countParameters({ without: ['dense'] })).to.equal(0)
    expect(model.fetchNames).to.include.members(['hidden', 'logits', 'loss'])
    const feed = { points, labels: [0, 1, 2, 0] }
    const [first, hidden] = await model.train(feed, ['loss', 'hidden'])
    expect((hidden as NdArray).shape).to.deep.equal([4, 5])
    for (let i = 0; i < 20; i++) await model.train(feed)
    expect((await model.predict(feed, ['loss']))[0]).to.be.below(first as number)
    expect(model.summary()).to.contain('hidden')
    model.dispose()
  })

  it('may end in softmax: the loss and proba take its output as probabilities', async () => {
    const layers = (activation: 'softmax' | 'linear') =>
      toModelClass((_: unknown, given: Tf) =>
        given.sequential({ layers: [given.layers.dense({ units: 3, inputShape: [2], activation, kernelInitializer: 'ones' })] }),
      ).build({ loss: 'ce' }, context)
    const [soft, plain] = [await layers('softmax'), await layers('linear')]
    const feed = { points, labels: [0, 1, 2, 0] }
    const [a, b] = [await soft.predict(feed, ['loss', 'proba']), await plain.predict(feed, ['loss', 'proba'])]
    expect(a[0]).to.be.closeTo(b[0] as number, 1e-5)
    expect((a[1] as NdArray).toNested()).to.deep.equal((b[1] as NdArray).toNested())
    soft.dispose()
    plain.dispose()
  })

  it('may be a tf.LayersModel, whose weights are trained and stay', async () => {
    const layersModel = tf.sequential({ name: 'mine', layers: [tf.layers.dense({ units: 1, inputShape: [2] })] })
    const before = [...layersModel.getWeights()[0]!.dataSync()]
    const model = await toModelClass(layersModel).build(
      { loss: 'mse', inputs: { xy: { shape: 2 }, sum: { shape: 1, name: 'targets' } } },
      context,
    )
    expect(model.layersModel).to.equal(layersModel)
    await model.train({ xy: points, sum: NdArray.from([[1], [1], [2], [0]]) })
    model.dispose()
    expect([...layersModel.getWeights()[0]!.dataSync()]).not.to.deep.equal(before)
    layersModel.dispose()
  })

  it('may have several inputs', async () => {
    const net = toModelClass((_: unknown, given: Tf) => {
      const [a, b] = [given.input({ shape: [2], name: 'a' }), given.input({ shape: [2], name: 'b' })]
      const sum = given.layers.add().apply([a, b]) as ReturnType<Tf['input']>
      return given.model({ inputs: [a, b], outputs: given.layers.dense({ units: 1 }).apply(sum) as typeof sum })
    })
    const model = await net.build({ loss: 'mse' }, context)
    const targets = NdArray.from([[1], [1], [2], [0]])
    expect((await model.train({ a: points, b: points, targets }))[0]).to.be.finite
    expect((await errorOf(() => model.train({ a: points, targets }))).code).to.equal('missing-feed')
    model.dispose()
    expect((await errorOf(() => net.build({ loss: 'mse', inputs: { a: { shape: 2 } } }, context))).message).to.contain(
      '1 inputs for a model that takes 2',
    )
  })

  it('has a config that is checked', async () => {
    const given = tf.sequential({ layers: [tf.layers.dense({ units: 1, inputShape: [2] })] })
    expect(toModelClass(given).checkConfig({ los: 'ce' }).errors[0]!.fix).to.equal('Did you mean loss?')
    const built = toModelClass(() => given)
    expect(built.checkConfig({ width: 3 }).errors).to.deep.equal([])
    expect(built.checkConfig({ loss: 'nothing' }).errors).to.have.length(1)
    expect((await errorOf(() => built.build({ optimizer: 'Adamm' }, context))).code).to.equal('model-config')
    given.dispose()
  })

  it('classes of the zoo stay as they are, other things are refused', async () => {
    expect(toModelClass(ResNet)).to.equal(models.ResNet)
    for (const thing of [null, 5, {}, 'ResNet']) expect((await errorOf(() => toModelClass(thing))).code).to.equal('not-a-model')
    const wrong = toModelClass((() => 5) as unknown as ModelBuilder)
    expect((await errorOf(() => wrong.build({}, context))).code).to.equal('not-a-model')
  })
})

describe('a step with layers that a program has defined', () => {
  for (const bad of [1, 2, 3, 4]) {
    it(`fails and changes nothing if call ${bad} has an infinite gradient, and is compiled all the same`, async () => {
      const { model, train } = await build('graph', (_, root) => root)
      for (let call = 1; call <= 5; call++) {
        const before = [weightsOf(model), model.step]
        if (call === bad) {
          const error = await errorOf(() => train(0))
          expect(error.code).to.equal('gradient-not-finite')
          expect([weightsOf(model), model.step]).to.deep.equal(before)
        } else {
          await train(call)
          expect([weightsOf(model), model.step]).not.to.deep.equal(before)
        }
        expect(model.compiled).to.equal(call === bad && call === 1 ? undefined : true)
      }
      model.dispose()
    })
  }

  const refused: Readonly<Record<string, OwnRoot['does']>> = {
    'counts its calls': (layer, root) => tf.mul(root, ++layer.calls),
    'counts its calls in a new field': (layer, root) => {
      layer.more = (layer.more ?? 0) + 1
      return tf.mul(root, layer.more)
    },
    'reads numbers': (layer, root) => tf.mul(root, root.dataSync()[0]! < 1e9 && ++layer.calls > 1 ? 2 : 1),
    'draws in JavaScript': (_, root) => tf.mul(root, 1 + Math.random()),
  }

  for (const [what, does] of Object.entries(refused)) {
    it(`is made once, and checked, by the eager engine if a layer ${what}`, async () => {
      const seen: unknown[] = []
      const warnings = await warningsOf(async () => {
        for (const engine of ['graph', 'eager']) {
          const { model, root, train } = await build(engine, does)
          const found: unknown[] = []
          for (const x of [1, 0, 2, 3, 0]) {
            if (x === 0) {
              const { code, message } = await errorOf(() => train(x))
              expect(code).to.equal('gradient-not-finite')
              found.push(message.replace(/kernel_\d+/, 'kernel'))
            } else found.push(await train(x))
            found.push(weightsOf(model), model.step, root.calls, root.more)
          }
          seen.push(found)
          model.dispose()
        }
      })
      expect(seen[0]).to.deep.equal(seen[1])
      expect(warnings).to.have.length(1)
    })
  }
})
