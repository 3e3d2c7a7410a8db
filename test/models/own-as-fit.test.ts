import { expect } from 'chai'
import { loadTensorflow } from '../../src/graph/tensorflow.js'
import type { LayersModel, Tf } from '../../src/models/tf-types.js'
import { loadModel, toModelClass } from '../../src/models.js'
import { NdArray } from '../../src/util/nd-array.js'
import { temporaryFolder } from '../support/temporary-folder.js'
import { errorOf } from './small.js'

type Loss = readonly [ours: string, theirs: string]
const ce: Loss = ['ce', 'categoricalCrossentropy']
const bce: Loss = ['bce', 'binaryCrossentropy']
const mse: Loss = ['mse', 'meanSquaredError']

interface Case {
  readonly loss: Loss
  readonly make: (tf: Tf) => LayersModel
}

const l2 = (tf: Tf) => ({ kernelRegularizer: tf.regularizers.l2({ l2: 0.5 }) })
const sequential = (make: (tf: Tf) => any[], loss: Loss): Case => ({ loss, make: tf => tf.sequential({ layers: make(tf) }) })

/** A softmax that tfjs knows nothing of. */
function ownSoftmax(tf: Tf): any {
  class OwnSoftmax extends tf.layers.Layer {
    static className = 'OwnSoftmax'
    override call(inputs: any) {
      return tf.transpose(tf.softmax(tf.transpose([inputs].flat()[0])))
    }
    override computeOutputShape(shape: any) {
      return shape
    }
  }
  return new OwnSoftmax({})
}

/** Models that take rows of three numbers, with a loss of their output. */
const cases: Readonly<Record<string, Case>> = {
  'a kernel’s regularizer': sequential(tf => [tf.layers.dense({ units: 2, inputShape: [3], ...l2(tf) })], mse),
  'regularizers of kernel and bias, l1 and l1l2': sequential(
    tf => [
      tf.layers.dense({ units: 2, inputShape: [3], kernelRegularizer: 'l1l2', biasRegularizer: tf.regularizers.l1({ l1: 0.1 }) }),
      tf.layers.dense({ units: 2, ...l2(tf) }),
    ],
    mse,
  ),
  'a regularizer in a nested model': sequential(
    tf => [tf.sequential({ layers: [tf.layers.dense({ units: 2, inputShape: [3], ...l2(tf) })] }), tf.layers.dense({ units: 2 })],
    mse,
  ),
  'a regularizer in a wrapped layer': sequential(
    tf => [
      tf.layers.reshape({ targetShape: [3, 1], inputShape: [3] }),
      tf.layers.timeDistributed({ layer: tf.layers.dense({ units: 2, ...l2(tf) }) }),
    ],
    mse,
  ),
  'a regularizer of a shared layer': {
    loss: mse,
    make: tf => {
      const [shared, input] = [tf.layers.dense({ units: 3, ...l2(tf) }), tf.input({ shape: [3] })]
      return tf.model({ inputs: input, outputs: shared.apply(shared.apply(input)) as never })
    },
  },
  'a dense softmax': sequential(tf => [tf.layers.dense({ units: 3, inputShape: [3], activation: 'softmax' })], ce),
  'a softmax layer': sequential(tf => [tf.layers.dense({ units: 3, inputShape: [3] }), tf.layers.softmax()], ce),
  'an activation layer': sequential(
    tf => [tf.layers.dense({ units: 3, inputShape: [3] }), tf.layers.activation({ activation: 'softmax' })],
    ce,
  ),
  'a softmax over time': sequential(
    tf => [
      tf.layers.reshape({ targetShape: [3, 1], inputShape: [3] }),
      tf.layers.timeDistributed({ layer: tf.layers.dense({ units: 3, activation: 'softmax' }) as never }),
    ],
    ce,
  ),
  'a softmax over time, in an activation layer': sequential(
    tf => [
      tf.layers.dense({ units: 3, inputShape: [3] }),
      tf.layers.repeatVector({ n: 2 }),
      tf.layers.timeDistributed({ layer: tf.layers.activation({ activation: 'softmax' }) as never }),
    ],
    ce,
  ),
  'a softmax, then a reshape': sequential(
    tf => [
      tf.layers.dense({ units: 4, inputShape: [3], activation: 'softmax' }),
      tf.layers.reshape({ targetShape: [2, 2] }),
      tf.layers.permute({ dims: [2, 1] }),
    ],
    ce,
  ),
  'a softmax, then flatten and dropout of nothing': sequential(
    tf => [
      tf.layers.reshape({ targetShape: [3, 1], inputShape: [3] }),
      tf.layers.dense({ units: 2, activation: 'softmax' }),
      tf.layers.flatten(),
      tf.layers.dropout({ rate: 0 }),
    ],
    ce,
  ),
  'a nested model that ends in softmax': sequential(
    tf => [
      tf.layers.dense({ units: 3, inputShape: [3] }),
      tf.sequential({ layers: [tf.layers.dense({ units: 3, inputShape: [3], activation: 'softmax' })] }),
      tf.layers.activation({ activation: 'linear' }),
    ],
    ce,
  ),
  'the mean of two softmaxes': {
    loss: ce,
    make: tf => {
      const input = tf.input({ shape: [3] })
      const [a, b] = [0, 1].map(() => tf.layers.dense({ units: 3, activation: 'softmax' }).apply(input))
      return tf.model({ inputs: input, outputs: tf.layers.average().apply([a, b] as never) as never })
    },
  },
  'a softmax in a layer of one’s own': sequential(tf => [tf.layers.dense({ units: 3, inputShape: [3] }), ownSoftmax(tf)], ce),
  'a sigmoid for cross-entropy': sequential(tf => [tf.layers.dense({ units: 3, inputShape: [3], activation: 'sigmoid' })], ce),
  'a dense sigmoid': sequential(tf => [tf.layers.dense({ units: 3, inputShape: [3], activation: 'sigmoid' })], bce),
  'a softmax for binary cross-entropy': sequential(tf => [tf.layers.dense({ units: 3, inputShape: [3], activation: 'softmax' })], bce),
  'a sigmoid, then a reshape': sequential(
    tf => [tf.layers.dense({ units: 4, inputShape: [3], activation: 'sigmoid' }), tf.layers.reshape({ targetShape: [4, 1] })],
    bce,
  ),
  'two sigmoids side by side': {
    loss: bce,
    make: tf => {
      const input = tf.input({ shape: [3] })
      const [a, b] = [1, 2].map(units => tf.layers.dense({ units, activation: 'sigmoid' }).apply(input))
      return tf.model({ inputs: input, outputs: tf.layers.concatenate().apply([a, b] as never) as never })
    },
  },
  'a head on another model’s output': {
    loss: mse,
    make: tf => {
      const base = tf.sequential({ layers: [tf.layers.dense({ units: 4, inputShape: [3], activation: 'tanh' })] })
      base.layers[0]!.trainable = false
      const head = tf.sequential({ layers: [tf.layers.dense({ units: 2, inputShape: [4] })] })
      return tf.model({ inputs: base.inputs, outputs: head.apply(base.outputs[0]!) as never })
    },
  },
  'one tower, called twice': {
    loss: mse,
    make: tf => {
      const tower = tf.sequential({ layers: [tf.layers.dense({ units: 3, inputShape: [3], activation: 'tanh' })] })
      const input = tf.input({ shape: [3] })
      const twice = [input, tf.layers.activation({ activation: 'tanh' }).apply(input)].map(each => tower.apply(each as never))
      return tf.model({ inputs: input, outputs: tf.layers.dense({ units: 1 }).apply(tf.layers.add().apply(twice as never)) as never })
    },
  },
  'a layer without weights at two shapes': {
    loss: mse,
    make: tf => {
      const [act, input] = [tf.layers.activation({ activation: 'tanh' }), tf.input({ shape: [3] })]
      const inner = tf.layers.dense({ units: 4 }).apply(act.apply(input))
      return tf.model({ inputs: input, outputs: tf.layers.dense({ units: 1 }).apply(act.apply(inner)) as never })
    },
  },
}

/** Two heads on one layer, each in a model of its own; or without these models. */
function sharing(tf: Tf, isNested: boolean): LayersModel {
  const shared = tf.layers.dense({ units: 3, inputShape: [3], activation: 'tanh' })
  const input = tf.input({ shape: [3] })
  const heads = [0, 1].map(() => {
    const [own, dense] = [isNested ? tf.input({ shape: [3] }) : input, tf.layers.dense({ units: 2 })]
    const head = dense.apply(shared.apply(own)) as never
    return isNested ? tf.model({ inputs: own, outputs: head }).apply(input) : head
  })
  return tf.model({ inputs: input, outputs: tf.layers.add().apply(heads as never) as never })
}

const x = NdArray.from(Array.from({ length: 4 }, (_, i) => [0, 1, 2].map(j => Math.sin(i * 1.7 + j))))

/** Targets of the output's shape: a one for each last axis. */
function targetsFor(shape: readonly number[]): NdArray {
  const all = NdArray.zeros([4, ...shape], 'float32')
  const width = shape.at(-1)!
  for (let i = 0; i < all.data.length / width; i++) all.data[i * width + (i % width)] = 1
  return all
}

describe("a user's own model in a pipeline, against tfjs's own fit", () => {
  let tf: Tf
  before(async () => {
    tf = await loadTensorflow()
  })

  for (const engine of ['graph', 'eager']) {
    for (const [what, { loss, make }] of Object.entries(cases)) {
      it(`has the losses and weights of fit: ${what}, ${engine}`, async () => {
        const config = { loss: loss[0], optimizer: { name: 'SGD', learningRate: 0.1 }, engine }
        const model = await toModelClass(function net(_: unknown, tf: Tf) {
          return make(tf)
        }).build(config, { name: 'net', seed: 1 })
        const twin = make(tf)
        twin.setWeights(model.layersModel.getWeights())
        twin.compile({ loss: loss[1], optimizer: tf.train.sgd(0.1) })
        const labels = targetsFor(twin.outputs[0]!.shape.slice(1) as number[])
        const data = [x, labels].map(({ data, shape }) => tf.tensor(data as Float32Array, [...shape])) as [any, any]
        for (let step = 0; step < 3; step++) {
          const [ours] = await model.train({ x, labels })
          expect(ours).to.be.closeTo((await twin.trainOnBatch(...data)) as number, 2e-6)
        }
        const evaluated = (twin.evaluate(...data, { batchSize: 4 }) as any).dataSync()[0]
        expect((await model.predict({ x, labels }, ['loss']))[0]).to.be.closeTo(evaluated, 2e-6)
        const weights = model.layersModel.getWeights().map(weight => [...weight.dataSync()])
        for (const [i, weight] of twin.getWeights().entries())
          for (const [j, value] of weight.dataSync().entries()) expect(weights[i]![j]).to.be.closeTo(value, 2e-6)
        const count = (all: readonly any[]) =>
          [...new Set(all)].reduce((sum, { shape }) => sum + shape.reduce((a: number, b: number) => a * b, 1), 0)
        expect(model.parameterCount).to.equal(count(twin.trainableWeights))
        expect(model.countParameters({ frozen: true })).to.equal(count(twin.weights))
        expect(model.summary()).to.contain(`Total params: ${count(twin.weights)}`)
        model.dispose()
        twin.dispose()
        tf.dispose(data)
      })
    }
  }

  it('a regularizer’s penalty is in the loss of training, and not in that of predictions', async () => {
    const { make } = cases['a kernel’s regularizer']!
    const model = await toModelClass((_: unknown, tf: Tf) => make(tf)).build(
      { loss: 'mse', optimizer: { name: 'SGD', learningRate: 0 } },
      { name: 'net', seed: 1 },
    )
    const kernel = [...model.layersModel.getWeights()[0]!.dataSync()]
    const labels = targetsFor([2])
    const [[trained], [predicted]] = [await model.train({ x, labels }), await model.predict({ x, labels }, ['loss'])]
    expect((trained as number) - (predicted as number)).to.be.closeTo(0.5 * kernel.reduce((sum, value) => sum + value ** 2, 0), 1e-5)
    model.dispose()
  })

  it('microbatches count a penalty once', async () => {
    const losses = [undefined, 1, 2].map(async microbatch_size => {
      const build = (_: unknown, tf: Tf) => cases['a kernel’s regularizer']!.make(tf)
      const model = await toModelClass(build).build(
        { loss: 'mse', ...(microbatch_size ? { microbatch_size } : {}) },
        { name: 'net', seed: 1 },
      )
      const [loss] = await model.train({ x, labels: targetsFor([2]) })
      model.dispose()
      return loss as number
    })
    const [whole, ...parts] = await Promise.all(losses)
    for (const part of parts) expect(part).to.be.closeTo(whole!, 1e-6)
  })

  it('layers of nested models are rows of their own, fetched where they are used once', async () => {
    const build = (_: unknown, tf: Tf) => {
      const tower = tf.sequential({
        name: 'tower',
        layers: [tf.layers.dense({ units: 4, inputShape: [3], name: 'first' }), tf.layers.batchNormalization({ name: 'norm' })],
      })
      const [input, act] = [tf.input({ shape: [3], name: 'x' }), tf.layers.activation({ activation: 'tanh', name: 'act' })]
      const narrow = tf.layers.dense({ units: 2, name: 'narrow' }).apply(act.apply(tower.apply(input)))
      return tf.model({ inputs: input, outputs: act.apply(narrow) as never })
    }
    const model = await toModelClass(build).build({ loss: 'mse' }, { name: 'net', seed: 1 })
    const rows = model.layerRows.map(({ path, kind, shape }) => [path, kind, shape])
    expect(rows).to.deep.include.members([
      ['tower/first', 'dense', [4]],
      ['tower/norm', 'norm', [4]],
      ['act', 'activation', [null]],
      ['narrow', 'dense', [2]],
    ])
    expect(model.countParameters({ without: ['norm'] })).to.equal(3 * 4 + 4 + 4 * 2 + 2)
    expect(model.countByPart().find(({ part }) => part === 'tower')).to.deep.equal({ part: 'tower', parameters: 3 * 4 + 4 + 8 })
    expect(model.fetchNames).to.include.members(['tower', 'narrow']).and.not.include('act')
    const [tower] = await model.predict({ x }, ['tower'])
    expect((tower as NdArray).shape).to.deep.equal([4, 4])
    model.dispose()
  })

  it('nested and shared layers are saved and loaded, with what is frozen in them', async () => {
    const folder = temporaryFolder()
    for (const [i, what] of ['a head on another model’s output', 'one tower, called twice'].entries()) {
      const build = (_: unknown, tf: Tf) => cases[what]!.make(tf)
      const net = toModelClass(build)
      const model = await net.build({ loss: 'mse' }, { name: 'net', seed: 1 })
      const labels = targetsFor(model.layersModel.outputs[0]!.shape.slice(1) as number[])
      await model.train({ x, labels })
      await model.save(folder.in(`${i}`))
      const loaded = await loadModel(folder.in(`${i}`))
      const again = await net.build({ loss: 'mse' }, { name: 'net', seed: 2 })
      await again.restore(folder.in(`${i}`))
      expect([loaded.parameterCount, again.parameterCount]).to.deep.equal([model.parameterCount, model.parameterCount])
      for (let step = 0; step < 2; step++) {
        const expected = await model.train({ x, labels })
        expect([await loaded.train({ x, labels }), await again.train({ x, labels })]).to.deep.equal([expected, expected])
      }
      for (const each of [model, loaded, again]) each.dispose()
    }
    folder.remove()
  })

  it('a layer that two nested models share is trained once per step, saved and restored, and not loaded as two', async () => {
    const folder = temporaryFolder()
    const [nested, flat, again] = await Promise.all(
      [true, false, true].map((isNested, i) =>
        toModelClass((_: unknown, tf: Tf) => sharing(tf, isNested)).build({ loss: 'mse', optimizer: 'SGD' }, { name: 'net', seed: i }),
      ),
    )
    const [shared, bias, ...own] = flat!.layersModel.getWeights()
    nested!.layersModel.setWeights([shared!, bias!, ...own.slice(0, 2), shared!, bias!, ...own.slice(2)])
    const feed = { x, labels: targetsFor([2]) }
    for (let step = 0; step < 3; step++) expect((await nested!.train(feed))[0]).to.be.closeTo((await flat!.train(feed))[0] as number, 1e-6)
    expect([nested!.parameterCount, nested!.countParameters({ frozen: true })]).to.deep.equal([28, 28])
    await nested!.save(folder.in('saved'))
    await again!.restore(folder.in('saved'))
    expect(await again!.train(feed)).to.deep.equal(await nested!.train(feed))
    expect((await errorOf(() => loadModel(folder.in('saved')))).message).to.contain('build the model by its function')
    for (const each of [nested, flat, again]) each!.dispose()
    folder.remove()
  })

  it('layers of the same name in two nested models are saved and restored', async () => {
    const folder = temporaryFolder()
    const net = toModelClass((_: unknown, tf: Tf) => {
      const input = tf.input({ shape: [3] })
      const towers = [1, 2].map(() =>
        tf.sequential({ layers: [tf.layers.dense({ units: 2, inputShape: [3], name: 'same' })] }).apply(input),
      )
      return tf.model({ inputs: input, outputs: tf.layers.add().apply(towers as never) as never })
    })
    const model = await net.build({ loss: 'mse' }, { name: 'net', seed: 1 })
    await model.save(folder.in('saved'))
    const restored = [await net.build({ loss: 'mse' }, { name: 'net', seed: 2 }), await loadModel(folder.in('saved'))]
    await restored[0]!.restore(folder.in('saved'))
    for (const each of restored) expect(await each.predict({ x })).to.deep.equal(await model.predict({ x }))
    for (const each of [model, ...restored]) each.dispose()
    folder.remove()
  })

  it('a nested model whose layers are frozen in part stays so when it is restored', async () => {
    const folder = temporaryFolder()
    const build = (_: unknown, tf: Tf) => {
      const layers = ['frozen', 'free'].map(name => tf.layers.dense({ units: 3, name, inputShape: [3], trainable: name === 'free' }))
      const input = tf.input({ shape: [3] })
      const nested = tf.sequential({ layers }).apply(input) as never
      return tf.model({ inputs: input, outputs: tf.layers.dense({ units: 2 }).apply(nested) as never })
    }
    const model = await toModelClass(build).build({ loss: 'mse' }, { name: 'net', seed: 1 })
    await model.train({ x, labels: targetsFor([2]) })
    await model.save(folder.in('saved'))
    const frozenOf = (of: typeof model) => [...of.layersModel.getWeights()[4]!.dataSync()]
    const frozen = frozenOf(model)
    expect(frozen).to.have.length(9)
    for (const restored of [await loadModel(folder.in('saved')), model]) {
      await restored.restore(folder.in('saved'))
      await restored.train({ x, labels: targetsFor([2]) })
      expect(restored.parameterCount).to.equal(3 * 3 + 3 + 3 * 2 + 2)
      expect(frozenOf(restored)).to.deep.equal(frozen)
      restored.dispose()
    }
    folder.remove()
  })

  describe('of several outputs', () => {
    const net = toModelClass(function net(_: unknown, tf: Tf) {
      const input = tf.input({ shape: [3], name: 'x' })
      const hidden = tf.layers.dense({ units: 4, activation: 'tanh', ...l2(tf) }).apply(input)
      const first = tf.layers.dense({ units: 1, name: 'first' }).apply(hidden)
      const second = tf.layers.dense({ units: 3, name: 'second', activation: 'softmax' }).apply(hidden)
      return tf.model({ inputs: input, outputs: [first, second] as never })
    })
    const first = targetsFor([1])
    const second = [0, 2, 1, 2]
    const losses: Readonly<Record<string, unknown>> = {
      'a list': ['mse', 'ce'],
      'an object': { second: 'cross_entropy', first: 'mean_squared_error' },
    }
    for (const engine of ['graph', 'eager']) {
      for (const [what, loss] of Object.entries(losses)) {
        it(`trains on a target for each, as fit does: losses in ${what}, ${engine}`, async () => {
          const model = await net.build({ loss, optimizer: { name: 'SGD', learningRate: 0.1 }, engine }, { name: 'net', seed: 1 })
          const twin = (net.source as (config: object, tf: Tf) => LayersModel)({}, tf)
          twin.setWeights(model.layersModel.getWeights())
          twin.compile({ loss: [mse[1], ce[1]], optimizer: tf.train.sgd(0.1) })
          const hot = tf.oneHot(tf.tensor1d(second, 'int32'), 3)
          const targets = [tf.tensor(first.data as Float32Array, [4, 1]), hot]
          const data = tf.tensor(x.data as Float32Array, [4, 3])
          for (let step = 0; step < 3; step++) {
            const ours = await model.train({ x, first, second }, ['loss', 'first/loss', 'second/loss'])
            const theirs = (await twin.trainOnBatch(data, targets)) as number[]
            for (const [i, value] of theirs.entries()) expect(ours[i]).to.be.closeTo(value, 2e-6)
          }
          const [loss1, labels, proba] = await model.predict({ x, first, second }, ['loss', 'second', 'first/loss'])
          // tfjs's evaluate adds the losses up, one value per output.
          const [own, total] = (twin.evaluate(data, targets) as any[]).map(value => value.dataSync()[0])
          expect(loss1).to.be.closeTo(total, 2e-6)
          expect(proba).to.be.closeTo(own, 2e-6)
          expect((labels as NdArray).shape).to.deep.equal([4, 3])
          model.dispose()
        })
      }
    }

    it('in parts, and after it is loaded, it trains the same', async () => {
      const folder = temporaryFolder()
      const build = (more: object) => net.build({ loss: ['mse', 'ce'], ...more }, { name: 'net', seed: 1 })
      const [whole, parts] = [await build({}), await build({ microbatch_size: 1 })]
      const feed = { x, first, second }
      expect((await parts.train(feed))[0]).to.be.closeTo((await whole.train(feed))[0] as number, 1e-6)
      await whole.save(folder.in('saved'))
      const loaded = await loadModel(folder.in('saved'))
      expect(await loaded.train(feed, ['loss', 'second/loss'])).to.deep.equal(await whole.train(feed, ['loss', 'second/loss']))
      for (const each of [whole, parts, loaded]) each.dispose()
      folder.remove()
    })

    const refused: Readonly<Record<string, readonly [loss: unknown, said: string]>> = {
      'fewer losses': [['mse'], '1 losses for 2 outputs'],
      'more losses': [['mse', 'ce', 'ce'], '3 losses for 2 outputs'],
      'a loss of another output': [{ first: 'mse', third: 'ce' }, 'first, third'],
      'no loss for an output': [{ first: 'mse' }, 'one for each of first, second'],
    }
    for (const [what, [loss, said]] of Object.entries(refused)) {
      it(`is refused with ${what}`, async () => {
        const { code, message } = await errorOf(() => net.build({ loss }, { name: 'net', seed: 1 }))
        expect([code, message.includes(said) || message]).to.deep.equal(['model-config', true])
      })
    }

    it('needs each target, takes one loss for all, and predicts without any', async () => {
      const model = await net.build({ loss: 'mse' }, { name: 'net', seed: 1 })
      expect((await errorOf(() => model.train({ x, first }))).message).to.match(/not fed second/)
      expect((await errorOf(() => model.train({ x, first, secnd: first }))).message).to.match(/Did you mean second/)
      expect((await model.train({ x, first, second: targetsFor([3]) }))[0]).to.be.finite
      const plain = await net.build({}, { name: 'net', seed: 1 })
      expect((await plain.predict({ x }, ['first', 'second'])).map(value => (value as NdArray).shape)).to.deep.equal([
        [4, 1],
        [4, 3],
      ])
      expect((await errorOf(() => plain.train({ x }))).code).to.equal('model-without-loss')
      for (const each of [model, plain]) each.dispose()
    })

    it('takes classes of a target from the config', async () => {
      const inputs = { x: { shape: 3 }, second: { classes: ['a', 'b', 'c'] } }
      const model = await net.build({ inputs, loss: ['mse', 'ce'] }, { name: 'net', seed: 1 })
      expect((await model.train({ x, first, second: ['a', 'c', 'b', 'c'] }))[0]).to.be.finite
      model.dispose()
    })
  })
})
