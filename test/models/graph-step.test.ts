/** The compiled step of a model: a step that fails changes nothing, and whoever touches weights between steps sees what eager code sees. */

import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect } from 'chai'
import { watchStages } from '../../src/graph/show.js'
import { loadTensorflow } from '../../src/graph.js'
import type { LayersModel, Variable } from '../../src/models/tf-types.js'
import { keptVariables, toVariable } from '../../src/models/train/network.js'
import { loadModel, ResNet, type TfModel, toModelClass } from '../../src/models.js'
import { NdArray } from '../../src/util/nd-array.js'
import { warningsOf } from '../graph/semantics/support.js'
import { batch, errorOf, small } from './small.js'

const tf = await loadTensorflow()
const tiny = { ...small, 'body/num_blocks': [1], 'body/filters': [4], 'head/dropout_rate': 0.2 }
const build = (config: object = {}) => ResNet.build({ ...tiny, ...config }, { name: 'net', seed: 3 })

/** Everything a step may change, to the bit. */
function stateOf(model: TfModel): unknown[] {
  const { optimizer, layersModel } = model.network
  const slots = Object.values(optimizer).flatMap(field =>
    Array.isArray(field) ? field.map(slot => (slot as { variable: Variable }).variable) : [],
  )
  const scalars = Object.values(optimizer).filter(field => field instanceof tf.Variable) as Variable[]
  const all = [...layersModel.weights.map(toVariable), ...slots, ...scalars]
  const bits = all.map(variable => Buffer.from(variable.dataSync().slice().buffer).toString('base64'))
  return [...bits, model.step, (optimizer as unknown as { iterations: number }).iterations]
}

const withPixel = (value: number) => {
  const { images, labels } = batch(6, 9)
  const data = Float32Array.from(images.data as Float32Array)
  data[5] = value
  return { images: new NdArray(data, [...images.shape]), labels }
}

const counts = () => {
  const { numTensors, numBytes, numDataBuffers } = tf.memory()
  return { numTensors, numBytes, numDataBuffers }
}

describe('the compiled step', () => {
  for (const optimizer of ['Adam', 'Momentum', 'AdamW', 'Adagrad'] as const) {
    it(`with a loss that is no number changes nothing: weights, averages, state of ${optimizer}, clock`, async () => {
      const [model, other] = [await build({ optimizer }), await build({ optimizer })]
      for (const each of [model, other]) await each.train(batch(6, 1))
      expect(keptVariables(model.network).length).to.be.above(0)
      const before = stateOf(model)
      for (const pixel of [NaN, Infinity]) {
        const error = await errorOf(() => model.train(withPixel(pixel)))
        expect(error.code).to.equal('loss-not-finite')
        expect(error.details).to.deep.include({ model: 'net', step: 2 })
        expect((error.details as { loss: number }).loss).not.to.satisfy(Number.isFinite)
        expect(stateOf(model)).to.deep.equal(before)
      }
      for (const each of [model, other]) await each.train(batch(6, 2))
      expect(stateOf(model)).to.deep.equal(stateOf(other))
      for (const each of [model, other]) each.dispose()
    })
  }

  it('that TensorFlow cannot run changes nothing, and says graph-failed', async () => {
    const own = toModelClass(function words(_config: object, t: typeof tf) {
      return t.sequential({
        layers: [t.layers.embedding({ inputDim: 5, outputDim: 3, inputLength: 2 }), t.layers.flatten(), t.layers.dense({ units: 2 })],
      }) as LayersModel
    })
    const model = await own.build({ loss: 'mse', optimizer: 'Adam' }, { name: 'words', seed: 1 })
    const [input, target] = [model.network.inputs.data[0]!.name, model.network.inputs.target!.name]
    const feed = (last: number) => ({
      [input]: new NdArray(Float32Array.of(0, 1, 2, last), [2, 2]),
      [target]: new NdArray(Float32Array.of(0, 1, 1, 0), [2, 2]),
    })
    await model.train(feed(3))
    const before = stateOf(model)
    const error = await errorOf(() => model.train(feed(77)))
    expect(error.code).to.equal('graph-failed')
    expect(error.message).to.contain('words, training')
    expect(stateOf(model)).to.deep.equal(before)
    await model.train(feed(4))
    expect(stateOf(model)).not.to.deep.equal(before)
    model.dispose()
  })

  it('keeps as many tensors as the eager one, after each thing one does with a model', async () => {
    const seen = []
    for (const engine of ['eager', 'graph']) {
      const start = counts()
      const folder = await mkdtemp(join(tmpdir(), 'millrace-step-'))
      const model = await build({ engine })
      const kept: object[] = []
      const note = () => {
        const now = counts()
        kept.push(Object.fromEntries(Object.entries(now).map(([name, count]) => [name, count - start[name as keyof typeof now]])))
      }
      for (const work of [
        () => model.train(batch(6, 1)),
        () => model.train(batch(6, 2), ['loss', 'predictions', 'head']),
        () => model.train(batch(5, 2)),
        () => model.predict(batch(6, 1), ['proba', 'accuracy']),
        () => errorOf(() => model.train(withPixel(NaN))),
        () => model.save(join(folder, 'net')),
        () => model.layersModel.setWeights(tf.tidy(() => model.layersModel.getWeights().map(weight => tf.clone(weight)))),
        () => model.train(batch(6, 3)),
        () => model.dispose(),
      ]) {
        await work()
        note()
      }
      await rm(folder, { recursive: true })
      seen.push(kept)
    }
    expect(seen[1]).to.deep.equal(seen[0])
  })

  it('lets weights be read, set and used between steps', async () => {
    const seen: number[][] = []
    for (const engine of ['eager', 'graph']) {
      const model = await build({ engine, optimizer: 'SGD' })
      const { images } = batch(6, 1)
      const found: number[] = []
      for (let step = 0; step < 3; step++) {
        found.push((await model.train(batch(6, step)))[0] as number)
        const eager = tf.tidy(() =>
          Array.from((model.layersModel.predict(tf.tensor(images.data as Float32Array, [...images.shape])) as Variable).dataSync()),
        )
        const [own] = (await model.predict({ images })) as [NdArray]
        for (const [i, value] of eager.entries()) expect(own.data[i]).to.be.closeTo(value, 1e-5)
        tf.tidy(() => model.layersModel.setWeights(model.layersModel.getWeights().map(weight => tf.mul(weight, 0.9))))
      }
      seen.push(found)
      model.dispose()
    }
    for (const [i, loss] of seen[0]!.entries()) expect(seen[1]![i]).to.be.closeTo(loss, 1e-5)
  })

  it('gives a value asked for twice, and a block beside it', async () => {
    const model = await build()
    const [a, b, loss, again] = (await model.predict(batch(6, 1), ['head', 'head', 'loss', 'loss'])) as [NdArray, NdArray, number, number]
    expect(Array.from(a.data)).to.deep.equal(Array.from(b.data))
    expect(loss).to.equal(again)
    model.dispose()
  })

  it('is compiled once, whatever the network draws', async () => {
    const seen: string[] = []
    const stop = watchStages((name, stage) => stage === 'recorded' && seen.push(name))
    for (const config of [{ optimizer: 'SGD' }, { optimizer: 'SGD', microbatch_size: 4 }]) {
      const model = await build(config)
      for (let step = 0; step < 4; step++) {
        await model.train(batch(6, step))
        await model.predict(batch(6, step), ['loss'])
      }
      model.dispose()
    }
    stop()
    expect(seen).to.deep.equal(['net, training', 'net, prediction', 'net, training', 'net, prediction'])
  })

  it('draws the same dropout as the eager one after loading, in microbatches too', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'millrace-step-'))
    const seen: number[][] = []
    for (const engine of ['eager', 'graph']) {
      const model = await build({ engine, microbatch_size: 4, optimizer: 'SGD' })
      for (let step = 0; step < 2; step++) await model.train(batch(6, step))
      await model.save(join(folder, engine))
      model.dispose()
      const loaded = await loadModel(join(folder, engine))
      const [dropped] = (await loaded.train(batch(6, 2), ['head/dropout'])) as [NdArray]
      seen.push(Array.from(dropped.data, value => Number(value === 0)))
      loaded.dispose()
    }
    await rm(folder, { recursive: true })
    expect(seen[1]).to.deep.equal(seen[0])
    expect(new Set(seen[0]).size).to.equal(2)
  })

  it('of two models in turn is that of each alone', async () => {
    const alone = async () => {
      const model = await build()
      const losses = []
      for (let step = 0; step < 3; step++) losses.push((await model.train(batch(6, step)))[0])
      model.dispose()
      return losses
    }
    const [wanted, a, b] = [await alone(), await build(), await build({ optimizer: 'SGD' })]
    const losses = []
    for (let step = 0; step < 3; step++) {
      losses.push((await a.train(batch(6, step)))[0])
      await b.train(batch(6, step))
      await b.predict(batch(6, step))
    }
    expect(losses).to.deep.equal(wanted)
    for (const model of [a, b]) model.dispose()
  })

  it('of a network that cannot be traced runs as the eager one, with one warning', async () => {
    class Peeks extends tf.layers.Layer {
      static className = 'PeeksOfTheTest'

      override call(inputs: Variable | Variable[]): Variable {
        return tf.tidy(() => {
          const [x] = [inputs].flat() as [Variable]
          return tf.mul(x, x.dataSync()[0]! > 1e9 ? 2 : 1) as Variable
        })
      }

      override computeOutputShape(shape: never): never {
        return shape
      }
    }
    const own = toModelClass(function peeking(_config: object, t: typeof tf) {
      return t.sequential({
        layers: [
          t.layers.dense({ units: 3, inputShape: [4], kernelInitializer: 'ones' }),
          new Peeks({ name: 'peeks' }),
          t.layers.dense({ units: 1, kernelInitializer: 'ones' }),
        ],
      }) as LayersModel
    })
    const seen: unknown[] = []
    const warnings = await warningsOf(async () => {
      for (const engine of ['graph', 'eager']) {
        const model = await own.build({ loss: 'mse', optimizer: 'SGD', engine }, { name: 'peeking', seed: 1 })
        const [input, target] = [model.network.inputs.data[0]!.name, model.network.inputs.target!.name]
        const feed = { [input]: new NdArray(new Float32Array(8).fill(1), [2, 4]), [target]: new NdArray(new Float32Array(2), [2, 1]) }
        seen.push([await model.train(feed), await model.train(feed), model.step])
        model.dispose()
      }
    })
    expect(seen[0]).to.deep.equal(seen[1])
    expect(warnings).to.have.length(1)
    expect(warnings[0]).to.contain('peeking').and.to.contain('in layer peeks')
  })
})
