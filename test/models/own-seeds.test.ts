import { execFile } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { promisify } from 'node:util'
import { ts } from '@ts-morph/common'
import { expect } from 'chai'
import { experiment, runExperiment } from '../../src/experiment.js'
import { loadTensorflow } from '../../src/graph/tensorflow.js'
import { B, component, Dataset, defineBatch, NdArray, V } from '../../src/index.js'
import type { Tf } from '../../src/models/tf-types.js'
import { loadModel, type ModelBuilder, toModelClass } from '../../src/models.js'
import { temporaryFolder } from '../support/temporary-folder.js'

const series = NdArray.from(Array.from({ length: 4 }, (_, i) => [0, 1, 2].map(j => [Math.sin(i * 3 + j), Math.cos(i + j)])))
const labels = [0, 1, 1, 0]

/** Each way to draw initial weights without a seed, as the layers between an input of [3, 2] and two logits. */
const weights: Readonly<Record<string, (tf: Tf) => any[]>> = {
  'dense layers, convolutions, activations with weights': ({ layers }) => [
    layers.conv1d({ filters: 2, kernelSize: 2 }),
    layers.prelu({ alphaInitializer: 'randomNormal' }),
    layers.dense({ units: 3 }),
  ],
  'each initializer': ({ layers, initializers }) =>
    [
      'randomUniform',
      'randomNormal',
      'truncatedNormal',
      'varianceScaling',
      'glorotNormal',
      'heNormal',
      'heUniform',
      'leCunNormal',
      'leCunUniform',
      'orthogonal',
    ].map(kind => layers.dense({ units: 3, kernelInitializer: (initializers as any)[kind]({}), biasInitializer: 'randomNormal' })),
  'seed 0 of a normal distribution, which tfjs takes for none': ({ layers, initializers }) => [
    layers.dense({ units: 3, kernelInitializer: initializers.randomNormal({ seed: 0 }) }),
  ],
  'recurrent layers': ({ layers }) => [
    layers.lstm({ units: 2, returnSequences: true }),
    layers.gru({ units: 2, returnSequences: true }),
    layers.bidirectional({ layer: layers.simpleRNN({ units: 2, returnSequences: true }) as never, mergeMode: 'concat' }),
  ],
  'layers inside layers': tf => [
    tf.layers.timeDistributed({ layer: tf.layers.dense({ units: 3 }) }),
    tf.sequential({ layers: [tf.layers.dense({ units: 3, inputShape: [3, 3] }), tf.layers.dense({ units: 2 })] }),
  ],
  'layers with names of their own': ({ layers }) => ['a', 'b'].map(name => layers.dense({ units: 3, name })),
  'an initializer of its own': tf => [ownLayer(tf, () => ({ apply: (shape: number[]) => tf.randomNormal(shape) }))],
  'Math.random in an initializer of its own': tf => [ownLayer(tf, () => ({ apply: (shape: number[]) => tf.fill(shape, Math.random()) }))],
  'Math.random in the function': tf => [
    tf.layers.dense({ units: 3, kernelInitializer: tf.initializers.constant({ value: Math.random() }) }),
  ],
}

/** A layer of the user's own: x · w. */
function ownLayer(tf: Tf, initializer: () => object, call?: (x: any, training: boolean) => any): any {
  class Own extends tf.layers.Layer {
    static className = 'OwnLayer'
    w: any
    override build(shape: any) {
      this.w = this.addWeight('w', [shape.at(-1)], 'float32', initializer() as never)
    }
    override computeOutputShape(shape: any) {
      return shape
    }
    override call(inputs: any, { training = false }: any) {
      const x = tf.mul([inputs].flat()[0], this.w.read())
      return call ? call(x, training) : x
    }
  }
  return new Own({})
}

/** Each way to draw in training without a seed. */
const draws: Readonly<Record<string, (tf: Tf) => any>> = {
  dropout: ({ layers }) => layers.dropout({ rate: 0.5 }),
  spatialDropout1d: ({ layers }) => layers.spatialDropout1d({ rate: 0.5 }),
  alphaDropout: ({ layers }) => layers.alphaDropout({ rate: 0.5 }),
  gaussianNoise: ({ layers }) => layers.gaussianNoise({ stddev: 1 }),
  gaussianDropout: ({ layers }) => layers.gaussianDropout({ rate: 0.5 }),
  'dropout of a recurrent layer': ({ layers }) => layers.gru({ units: 2, dropout: 0.5, recurrentDropout: 0.5, returnSequences: true }),
  'dropout in a nested model': tf => tf.sequential({ layers: [tf.layers.dropout({ rate: 0.5, inputShape: [3, 2] })] }),
  'Math.random in a layer of its own': tf =>
    ownLayer(
      tf,
      () => tf.initializers.ones(),
      (x, training) => (training ? tf.mul(x, Math.random()) : x),
    ),
  'a layer of its own': tf =>
    ownLayer(
      tf,
      () => tf.initializers.ones(),
      (x, training) => (training ? tf.mul(x, tf.randomUniform(x.shape)) : x),
    ),
}

const around = (between: (tf: Tf) => any[]): ModelBuilder =>
  function net(_, tf) {
    const [first, ...rest] = [tf.layers.activation({ activation: 'linear', inputShape: [3, 2] }), ...between(tf)]
    return tf.sequential({ layers: [first!, ...rest, tf.layers.flatten(), tf.layers.dense({ units: 2 })] })
  }

const numbers = (value: unknown) => JSON.stringify(value)

async function initialWeights(build: ModelBuilder, seed: number, name = 'net'): Promise<string> {
  const model = await toModelClass(build).build({}, { name, seed })
  const values = model.layersModel.getWeights().map(weight => [...weight.dataSync()])
  model.dispose()
  return numbers(values)
}

async function losses(build: ModelBuilder, seed: number, config: object = {}, name = 'net'): Promise<string> {
  const model = await toModelClass(build).build({ loss: 'ce', optimizer: 'SGD', ...config }, { name, seed })
  const seen = []
  for (let i = 0; i < 3; i++) seen.push(...(await model.train({ series, labels })))
  model.dispose()
  return numbers(seen)
}

describe("seeds of a user's own model", () => {
  let tf: Tf
  before(async () => {
    tf = await loadTensorflow()
  })

  for (const [what, between] of Object.entries(weights)) {
    it(`initial weights are functions of the seed: ${what}`, async () => {
      const build = around(between)
      const first = await initialWeights(build, 1)
      // What else is built meanwhile changes nothing.
      await initialWeights(around(weights['layers with names of their own']!), 5, 'other')
      expect(await initialWeights(build, 1)).to.equal(first)
      expect(await initialWeights(build, 2)).not.to.equal(first)
      expect(await initialWeights(build, 1, 'twin')).not.to.equal(first)
    })
  }

  it('no two weights are drawn alike', async () => {
    const build = around(({ layers }) => [1, 2, 3].map(() => layers.dense({ units: 2 })))
    const kernels = (JSON.parse(await initialWeights(build, 1)) as number[][]).filter(values => values.length === 4)
    expect(new Set(kernels.map(numbers)).size).to.equal(3)
  })

  it('a layer keeps its weights where others with names of their own are added', async () => {
    const layers = (names: readonly string[]) => around(tf => names.map(name => tf.layers.dense({ units: 2, name })))
    const kernel = async (names: readonly string[], at: number) =>
      (JSON.parse(await initialWeights(layers(names), 1)) as number[][])[2 * at]
    expect(await kernel(['new', 'old'], 1)).to.deep.equal(await kernel(['old'], 0))
  })

  it('weights that have a seed, or that the function sets, are as tfjs makes them', async () => {
    const kernelInitializer = tf.initializers.glorotNormal({ seed: 3 })
    const build: ModelBuilder = () => {
      const model = tf.sequential({ layers: [tf.layers.dense({ units: 2, inputShape: [2], kernelInitializer })] })
      model.add(tf.layers.dense({ units: 1, name: 'set' }))
      model.getLayer('set').setWeights([tf.tensor2d([[5], [6]]), tf.tensor1d([7])])
      return model
    }
    const [kernel, , ...set] = JSON.parse(await initialWeights(build, 1))
    expect(kernel).to.deep.equal([...kernelInitializer.apply([2, 2]).dataSync()])
    expect(set).to.deep.equal([[5, 6], [7]])
  })

  it('an asynchronous function is seeded too, two of them at once, and nothing outside them', async () => {
    const before = [Math.random, (tf.layers.Layer.prototype as any).addWeight]
    const build = (units: number): ModelBuilder =>
      async function net(_, tf) {
        await new Promise(resolve => setImmediate(resolve))
        return tf.sequential({ layers: [tf.layers.dense({ units, inputShape: [2] })] })
      }
    const expected = [await initialWeights(build(2), 1), await initialWeights(build(3), 1)]
    const [both, outside] = await Promise.all([
      Promise.all([initialWeights(build(2), 1), initialWeights(build(3), 1)]),
      Promise.all([1, 2].map(async () => [...tf.randomNormal([2]).dataSync(), Math.random()])),
    ])
    expect(both).to.deep.equal(expected)
    expect(outside[0]).not.to.deep.equal(outside[1])
    expect([Math.random, (tf.layers.Layer.prototype as any).addWeight]).to.deep.equal(before)
  })

  for (const engine of ['graph', 'eager']) {
    for (const [what, layer] of Object.entries(draws)) {
      it(`draws in training are functions of the seed: ${what}, ${engine}`, async () => {
        const given = (tf: Tf) =>
          Object.fromEntries(['kernelInitializer', 'recurrentInitializer'].map(key => [key, tf.initializers.ones()]))
        const build: ModelBuilder = (_, tf) => {
          const [first, last] = [
            tf.layers.activation({ activation: 'linear', inputShape: [3, 2] }),
            tf.layers.dense({ units: 2, ...given(tf) }),
          ]
          return tf.sequential({ layers: [first, layer(tf), tf.layers.flatten(), last] })
        }
        const first = await losses(build, 1, { engine })
        expect(await losses(build, 1, { engine })).to.equal(first)
        expect(await losses(build, 2, { engine })).not.to.equal(first)
        expect(await losses(build, 1, { engine }, 'twin')).not.to.equal(first)
        expect(await losses(build, 1, { engine, microbatch_size: 2 })).to.equal(await losses(build, 1, { engine, microbatch_size: 2 }))
      })
    }

    it(`a model that was saved goes on with the same draws under any name, ${engine}`, async () => {
      const folder = temporaryFolder()
      const net = toModelClass(around(({ layers }) => [layers.dropout({ rate: 0.5 }), layers.gaussianNoise({ stddev: 1 })]))
      const model = await net.build({ loss: 'ce', engine }, { name: 'net', seed: 1 })
      await model.train({ series, labels })
      await model.save(folder.in('saved'))
      const loaded = await loadModel(folder.in('saved'), { name: 'other' })
      const again = await net.build({ loss: 'ce', engine }, { name: 'net', seed: 1 })
      await again.restore(folder.in('saved'))
      const next = await model.train({ series, labels })
      expect([await loaded.train({ series, labels }), await again.train({ series, labels })]).to.deep.equal([next, next])
      for (const each of [model, loaded, again]) each.dispose()
      folder.remove()
    })
  }

  describe('in a pipeline', () => {
    const Batch = defineBatch({ name: 'Batch', components: { x: component.array('[n, 3, 2]'), y: component.array('[n]') }, actions: {} })
    const net: ModelBuilder = (_, tf) =>
      tf.sequential({
        layers: [
          tf.layers.dense({ units: 3, inputShape: [3, 2] }),
          tf.layers.dropout({ rate: 0.5 }),
          tf.layers.flatten(),
          tf.layers.dense({ units: 2 }),
        ],
      })
    const feed = { x: B('x'), labels: B('y') }
    /** A pipeline that trains models of these names, in turn. */
    const pipeline = (names: readonly string[] = ['a'], mode: 'static' | 'dynamic' = 'dynamic') => {
      const data = new Dataset(4, Batch, { name: 'd', preloaded: { x: series, y: Int32Array.from(labels) } })
      let p: any = data.p
      for (const name of names) p = p.initVariable(name, { default: [] }).initModel(mode, net, name, { config: { loss: 'ce' } })
      for (const name of names) p = p.trainModel(name, { feed, fetches: 'loss', saveTo: V(name), mode: 'append' })
      return p
    }
    const lossesOf = (p: any, name = 'a') => {
      const seen = [...p.v(name)]
      p.dispose()
      return seen
    }
    const shuffled = { epochs: null, iterations: 4, shuffle: true }
    const ways: Readonly<Record<string, (p: any, seed: number) => Promise<unknown>>> = {
      run: (p, seed) => p.run(2, { ...shuffled, seed }),
      nextBatch: async (p, seed) => {
        for (let i = 0; i < 4; i++) await p.nextBatch(2, { ...shuffled, seed })
      },
      experiment: (train, seed) => {
        const out = folder.in(`experiment-${seed}-${experiments++}`)
        const { iterations, ...batch } = shuffled
        return runExperiment(
          experiment({ name: 'e', seed, pipelines: { train }, run: { iterations, batch: { batchSize: 2, ...batch } } }),
          { out },
        )
      },
    }
    const folder = temporaryFolder()
    let experiments = 0
    after(() => folder.remove())

    for (const mode of ['static', 'dynamic'] as const) {
      it(`weights, dropout and order are the same by run, nextBatch and experiment, for one seed: ${mode}`, async () => {
        const seen: Record<string, readonly number[]> = {}
        for (const seed of [1, 2]) {
          for (const [way, take] of Object.entries(ways)) {
            const p = pipeline(['a'], mode)
            await take(p, seed)
            seen[`${way} ${seed}`] = lossesOf(p)
          }
          expect(seen[`nextBatch ${seed}`]).to.deep.equal(seen[`run ${seed}`])
          expect(seen[`experiment ${seed}`]).to.deep.equal(seen[`run ${seed}`])
        }
        expect(seen['run 1']).not.to.deep.equal(seen['run 2'])
      })
    }

    it('two models of a run are independent of each other, and of their order', async () => {
      const [alone, both, reverse] = [pipeline(['a']), pipeline(['a', 'b']), pipeline(['b', 'a'])]
      for (const p of [alone, both, reverse]) await ways.run!(p, 1)
      expect([both.v('a'), reverse.v('a'), reverse.v('b')]).to.deep.equal([alone.v('a'), alone.v('a'), both.v('b')])
      expect(both.v('a')).not.to.deep.equal(both.v('b'))
      for (const p of [alone, both, reverse]) p.dispose()
    })

    it('a state that is restored goes on with the same draws', async () => {
      const [whole, first, second] = [pipeline(), pipeline(), pipeline()]
      await ways.nextBatch!(whole, 1)
      for (let i = 0; i < 2; i++) await first.nextBatch(2, { ...shuffled, seed: 1 })
      await first.saveState(folder.in('state'))
      await second.restoreState(folder.in('state'))
      for (let i = 0; i < 2; i++) await second.nextBatch()
      expect(lossesOf(second)).to.deep.equal(lossesOf(whole))
      first.dispose()
    })
  })

  it("the README's own model has the same losses in every process", async () => {
    const [, example] = /```ts\n(import \{ B, component[^`]*)```/.exec(readFileSync('README.md', 'utf8'))!
    const compiled = ts.transpileModule(example!, { compilerOptions: { module: ts.ModuleKind.ESNext, target: ts.ScriptTarget.ES2022 } })
    const program = compiled.outputText
      .replaceAll("fetches: 'accuracy'", "fetches: 'loss'")
      .replace(/console\.log\(.*\)/, "console.log(JSON.stringify(fit.v('accuracy')))")
    const run = async () => (await promisify(execFile)(process.execPath, ['--input-type=module', '-e', program])).stdout
    const [one, other] = await Promise.all([run(), run()])
    expect(JSON.parse(one)).to.have.length(160)
    expect(one).to.equal(other)
  })
})
