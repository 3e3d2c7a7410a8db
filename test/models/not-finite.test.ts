/** A step that computes something other than finite numbers changes nothing and says what it was, in both engines. */

import { expect } from 'chai'
import { loadTensorflow } from '../../src/graph.js'
import { B, Dataset, ImagesBatch } from '../../src/index.js'
import type { LayersModel, Tensor, Variable } from '../../src/models/tf-types.js'
import { toVariable } from '../../src/models/train/network.js'
import { optimizerVariables } from '../../src/models/train/step-state.js'
import { ResNet, type TfModel, toModelClass } from '../../src/models.js'
import { NdArray } from '../../src/util/nd-array.js'
import { warningsOf } from '../graph/semantics/support.js'
import { batch, errorOf, tiny } from './small.js'

const tf = await loadTensorflow()
const engines = ['graph', 'eager'] as const

/** Everything a step may change, to the bit. */
function stateOf({ network, step }: TfModel): unknown {
  const variables = [...network.layersModel.weights.map(toVariable), ...Object.values(optimizerVariables(network))]
  const { iterations } = network.optimizer as unknown as { iterations: number }
  return [variables.map(variable => Buffer.from(variable.dataSync().slice().buffer).toString('base64')), step, iterations]
}

/** A batch of images with this number in one pixel of its third item. */
function withPixel(value: number) {
  const { images, labels } = batch(6, 9)
  const data = Float32Array.from(images.data as Float32Array)
  data[2 * 64 + 5] = value
  return { images: new NdArray(data, [...images.shape]), labels }
}

/** Its gradient at 0 is infinite. */
class Root extends tf.layers.Layer {
  static className = 'RootOfTheTest'

  override call(inputs: Tensor | Tensor[]): Tensor {
    return tf.sqrt([inputs].flat()[0]!)
  }

  override computeOutputShape(shape: never): never {
    return shape
  }
}

const numbers = (rows: readonly (readonly number[])[]) => NdArray.from(rows as never, 'float32')

/** A dense layer of two inputs, perhaps with a root after it. */
async function line(config: object, kernel: number, root = false) {
  const own = toModelClass(function line(_config: object, t: typeof tf) {
    const dense = t.layers.dense({
      units: 1,
      inputShape: [2],
      kernelInitializer: t.initializers.constant({ value: kernel }),
      name: 'dense',
    })
    return t.sequential({ layers: [dense, ...(root ? [new Root({})] : [])] }) as LayersModel
  })
  const model = await own.build({ loss: 'mse', ...config }, { name: 'line', seed: 1 })
  const [input, target] = [model.network.inputs.data[0]!.name, model.network.inputs.target!.name]
  const feed = (x: readonly (readonly number[])[]) => ({ [input]: numbers(x), [target]: numbers(x.map(() => [0])) })
  return { model, feed }
}

interface Case {
  readonly config?: object
  readonly pixel: number
  readonly code: string
  /** A layer that is not trained. */
  readonly freeze?: string
  readonly says: RegExp
}

const pixels: Readonly<Record<string, Case>> = {
  'NaN in a batch': { pixel: Number.NaN, code: 'loss-not-finite', says: /Seen: NaN/ },
  'Infinity in a batch, clipped': {
    pixel: Infinity,
    config: { gradient_clipping: { norm: 1 } },
    code: 'loss-not-finite',
    says: /input images is not finite in items 2 of the batch/,
  },
  'a number too large to square': { pixel: 1e38, code: 'average-not-finite', says: /Seen: (NaN|Infinity) in .*moving_variance/ },
  'one too large to square, in microbatches': {
    pixel: 1e38,
    config: { microbatch_size: 2 },
    code: 'average-not-finite',
    says: /moving_variance/,
  },
  '-Infinity, with post-activations and frozen layers': {
    pixel: -Infinity,
    config: { 'body/block/post_activation': 'relu' },
    freeze: 'initial_block/conv',
    code: 'loss-not-finite',
    says: /at step 2 /,
  },
}

describe('a step that is not finite changes nothing', () => {
  for (const [what, { config, pixel, code, says, freeze }] of Object.entries(pixels)) {
    it(`${what}: ${code}, and training goes on`, async () => {
      for (const engine of engines) {
        const build = () => ResNet.build({ ...tiny, ...config, engine }, { name: 'net', seed: 3 })
        const [model, other] = [await build(), await build()]
        if (freeze) for (const each of [model, other]) each.layersModel.getLayer(freeze).trainable = false
        for (const each of [model, other]) await each.train(batch(6, 1))
        const before = stateOf(model)
        const error = await errorOf(() => model.train(withPixel(pixel), ['loss', 'predictions']))
        expect(error.code).to.equal(code)
        expect(error.message)
          .to.match(says)
          .and.to.match(/model net .*step 2/)
        expect(stateOf(model)).to.deep.equal(before)
        for (const each of [model, other]) await each.train(batch(6, 2))
        expect(stateOf(model)).to.deep.equal(stateOf(other))
        for (const each of [model, other]) each.dispose()
      }
    })
  }

  const gradients: Readonly<Record<string, readonly [config: object, kernel: number, root: boolean, x: number, says: RegExp]>> = {
    'an infinite gradient': [{}, 0, true, 1, /(NaN|Infinity) in the gradient of dense/],
    'one that clipping by value would hide': [{ gradient_clipping: { value: 1 } }, 0, true, 1, /in the gradient of dense/],
    'a norm that overflows, so that clipping would return zeros': [
      { gradient_clipping: { norm: 1 } },
      1,
      false,
      1e15,
      /Infinity in the norm of the gradient of all variables/,
    ],
    'a norm of one variable that overflows': [
      { gradient_clipping: { variable_norm: 1 } },
      1,
      false,
      1e15,
      /Infinity in the norm of the gradient of dense/,
    ],
  }

  for (const [what, [config, kernel, root, x, says]] of Object.entries(gradients)) {
    it(`${what}: gradient-not-finite`, async () => {
      for (const engine of engines) {
        const { model, feed } = await line({ ...config, engine }, kernel, root)
        const before = stateOf(model)
        const error = await errorOf(() => model.train(feed([[x, x]])))
        expect(error.code).to.equal('gradient-not-finite')
        expect(error.message).to.match(says)
        expect((stateOf(model) as [string[]])[0].slice(0, 2)).to.deep.equal((before as [string[]])[0].slice(0, 2))
        expect(model.step).to.equal(0)
        model.dispose()
      }
    })
  }

  const updates: Readonly<Record<string, object>> = {
    'SGD with a rate that overflows': { name: 'SGD', learningRate: 1e38 },
    'Momentum with a rate that overflows': { name: 'Momentum', learningRate: 1e38 },
    'Momentum that grows without bound': { name: 'Momentum', momentum: 1e38, learningRate: 1e3 },
    'Adam without epsilon, and a gradient of 0': { name: 'Adam', epsilon: 0 },
    'Adam whose mean never forgets': { name: 'Adam', beta1: 1 },
    'AdamW without epsilon, and a gradient of 0': { name: 'AdamW', epsilon: 0 },
    'RMSProp, centered, and a gradient of 0': { name: 'RMSProp', centered: true },
    'RMSProp without epsilon, and a gradient of 0': { name: 'RMSProp', epsilon: 0 },
    'Adagrad with a rate that overflows': { name: 'Adagrad', learningRate: 1e39 },
    'Adadelta without epsilon': { name: 'Adadelta', epsilon: 0 },
    'Adamax without epsilon, and a gradient of 0': { name: 'Adamax', epsilon: 0 },
  }

  for (const [what, optimizer] of Object.entries(updates)) {
    it(`${what}: update-not-finite`, async () => {
      for (const engine of engines) {
        const { model, feed } = await line({ optimizer, engine }, 1)
        const weights = () => model.layersModel.weights.map(weight => [...toVariable(weight).dataSync()])
        const before = weights()
        // The second time, a momentum has something to multiply.
        const error = await errorOf(async () => {
          for (let i = 0; i < 4; i++) await model.train(feed([[30, 0]]))
        })
        expect(error.code, engine).to.equal('update-not-finite')
        expect(error.message).to.match(/(NaN|Infinity) in .*dense/)
        if (model.step === 0) expect(weights()).to.deep.equal(before)
        for (const number of weights().flat()) expect(number).to.satisfy(Number.isFinite)
        for (const variable of Object.values(optimizerVariables(model.network)))
          for (const number of variable.dataSync()) expect(number).to.satisfy(Number.isFinite)
        model.dispose()
      }
    })
  }

  it('a finite step with very large numbers is made, with one warning', async () => {
    const weights: number[][] = []
    const warnings = await warningsOf(async () => {
      for (const engine of engines) {
        const { model, feed } = await line({ optimizer: 'SGD', engine }, 1)
        for (let i = 0; i < 2; i++) await model.train(feed([[1e10, i]])).catch(() => undefined)
        expect(model.step).to.be.above(0)
        weights.push(model.layersModel.weights.flatMap(weight => [...(toVariable(weight) as Variable).dataSync()]))
        model.dispose()
      }
    })
    expect(weights[0]).to.deep.equal(weights[1])
    expect(warnings.filter(text => text.includes('runs operation by operation'))).to.have.length(1)
  })

  it('names the batch, and the items of the dataset that are not finite', async () => {
    const { images, labels } = batch(12, 1)
    ;(images.data as Float32Array)[7 * 64] = Number.NaN
    const dataset = new Dataset(12, ImagesBatch, { preloaded: { images, labels } })
    const pipeline = dataset.p
      .initModel('dynamic', ResNet, 'net', { config: tiny })
      .trainModel('net', { feed: { images: B('images'), labels: B('labels') } })
    const error = await errorOf(() => pipeline.run(4, { shuffle: false, epochs: 1 }))
    expect(error.code).to.equal('loss-not-finite')
    expect(error.location.batch).to.equal(2)
    expect(error.message).to.contain('input images is not finite in items 7')
    pipeline.dispose()
  })
})
