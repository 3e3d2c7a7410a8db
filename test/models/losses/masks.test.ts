import { expect } from 'chai'
import type { Tensor, Tf } from '../../../src/models/tf-types.js'
import { type Feed, loadModel, ResNet, type TfModel, toModelClass } from '../../../src/models.js'
import { NdArray } from '../../../src/util/nd-array.js'
import { uniformAt } from '../../../src/util/seeds.js'
import { temporaryFolder } from '../../support/temporary-folder.js'
import { errorOf, tiny } from '../small.js'

const [side, items, IGNORE] = [4, 6, 255]

/** A network that returns a map of the image's size. */
const segmenter = {
  ...tiny,
  inputs: {
    images: { shape: [side, side, 1] },
    masks: { shape: [side, side], classes: 3, transform: 'ohe', ignore: IGNORE, name: 'targets' },
  },
  'initial_block/strides': 1,
  'head/layout': 'c',
  'head/kernel_size': 1,
}

function batchOf(length = items, seed = 1) {
  const size = length * side * side
  const images = Float32Array.from({ length: size }, (_, i) => uniformAt(seed, i))
  // The class is the brightness; two pixels of each image are ignored, all of the second image's.
  const masks = Uint8Array.from(images, (value, i) => (i % 8 === 3 || (i >> 4) % length === 1 ? IGNORE : Math.floor(value * 3)))
  return {
    images: new NdArray(images, [length, side, side, 1]),
    masks: new NdArray(masks, [length, side, side]),
  }
}

const build = (config: object): Promise<TfModel> => ResNet.build({ ...segmenter, ...config }, { name: 'net', seed: 3 })
/** Cross-entropy of what counts, as a program may write it. */
const entropy = (targets: Tensor, outputs: Tensor, tf: Tf, counts?: Tensor) =>
  tf.losses.softmaxCrossEntropy(targets, outputs, counts && tf.squeeze(counts, [-1]))
const arrayOf = (value: unknown) => value as NdArray

async function using<T>(config: object, work: (model: TfModel) => Promise<T>): Promise<T> {
  const model = await build(config)
  const result = await work(model)
  model.dispose()
  return result
}

describe('masks as targets', () => {
  it('are class numbers: labels has their shape, proba sums to 1 over the classes, accuracy and loss are those of the pixels that count', () =>
    using({}, async model => {
      const { images, masks } = batchOf()
      const [labels, proba, accuracy, loss] = await model.predict({ images, masks }, ['labels', 'proba', 'accuracy', 'loss'])
      expect(arrayOf(labels).shape).to.deep.equal([items, side, side])
      expect(arrayOf(proba).shape).to.deep.equal([items, side, side, 3])
      const pixels = Array.from(masks.data, (label, i) => ({ label, i })).filter(({ label }) => label !== IGNORE)
      const rows = pixels.map(({ label, i }) => ({ label, row: [...arrayOf(proba).data.subarray(i * 3, i * 3 + 3)] }))
      for (const { row } of rows) expect(row[0]! + row[1]! + row[2]!).to.be.closeTo(1, 1e-6)
      const right = rows.filter(({ label, row }) => row.indexOf(Math.max(...row)) === label)
      expect(accuracy).to.be.closeTo(right.length / pixels.length, 1e-6)
      const lost = rows.map(({ label, row }) => -Math.log(row[label]!)).reduce((sum, value) => sum + value, 0)
      expect(loss).to.be.closeTo(lost / pixels.length, 1e-5)
    }))

  it('may be fed as bytes, integers, floats, lists, one-hot vectors', async () => {
    const inputs = { ...segmenter.inputs, masks: { shape: [side, side], classes: 3, name: 'targets' } }
    await using({ inputs }, async model => {
      const { images, masks: partly } = batchOf()
      const masks = new NdArray(partly.data.map(label => label % 3) as Uint8Array, partly.shape)
      const lossOf = async (masks: unknown) => (await model.predict({ images, masks } as Feed, ['loss']))[0]
      const wanted = await lossOf(masks)
      for (const dtype of ['int32', 'float32', 'float64'] as const) expect(await lossOf(masks.cast(dtype))).to.equal(wanted)
      expect(await lossOf(masks.toNested())).to.equal(wanted)
      const encoded = Float32Array.from({ length: masks.data.length * 3 }, (_, i) => Number(masks.data[Math.floor(i / 3)] === i % 3))
      expect(await lossOf(new NdArray(encoded, [...masks.shape, 3]))).to.equal(wanted)
    })
  })

  it('may hold values of listed classes, and names, of which one is ignored', async () => {
    const { images, masks } = batchOf()
    const lossWith = (written: object, masks: unknown) =>
      using({ inputs: { ...segmenter.inputs, masks: { shape: [side, side], name: 'targets', ...written } } }, async model =>
        (await model.predict({ images, masks } as Feed, ['loss', 'accuracy'])).map(Number),
      )
    const wanted = await lossWith({ classes: 3, ignore: IGNORE }, masks)
    const tens = new NdArray(
      Int32Array.from(masks.data, label => (label === IGNORE ? 0 : (label + 1) * 10)),
      masks.shape,
    )
    expect(await lossWith({ classes: [10, 20, 30], ignore: 0 }, tens)).to.deep.equal(wanted)
    const names = new Map([
      [0, 'sky'],
      [1, 'road'],
      [2, 'car'],
      [IGNORE, 'void'],
    ])
    const rename = (value: unknown): unknown => (Array.isArray(value) ? value.map(rename) : names.get(value as number))
    expect(await lossWith({ classes: ['sky', 'road', 'car'], ignore: 'void' }, rename(masks.toNested()))).to.deep.equal(wanted)
  })

  for (const loss of ['ce', 'dice', ['ce', { name: 'lovasz', weight: 0.5 }], { name: 'focal', weights: [1, 2, 3] }]) {
    it(`train a network by ${JSON.stringify(loss)}, compiled as operation by operation, to 1e-5`, async () => {
      const train = (engine: string) =>
        using({ loss, engine, optimizer: { name: 'SGD', learningRate: 0.1 } }, async model => {
          const found: number[][] = []
          for (let step = 0; step < 3; step++) {
            const [lost, accuracy] = await model.train(batchOf(), ['loss', 'accuracy'])
            found.push([lost as number, accuracy as number])
          }
          expect(model.compiled).to.equal(engine === 'graph' ? true : undefined)
          return found
        })
      const [eager, graph] = [await train('eager'), await train('graph')]
      for (const [step, values] of eager.entries())
        for (const [i, value] of values.entries()) expect(graph[step]![i]).to.be.closeTo(value, 1e-5)
      expect(eager[2]![0]).to.be.below(eager[0]![0]!)
    })
  }

  const norms = { 'common/batch_norm': false, 'initial_block/batch_norm': false, 'body/block/batch_norm': false }
  const binary = { images: segmenter.inputs.images, masks: { shape: [side, side, 1], ignore: IGNORE, name: 'targets' } }
  for (const [loss, engine, inputs] of [
    ['ce', 'eager', segmenter.inputs],
    [{ name: 'ce', weights: [1, 5, 0.2] }, 'eager', segmenter.inputs],
    [['focal', { name: 'ce', weight: 3, weights: [1, 2, 3] }], 'graph', segmenter.inputs],
    ['mse', 'eager', binary],
  ] as const) {
    it(`in parts with different numbers of pixels that count, ${JSON.stringify(loss)} is that of the whole batch, ${engine}`, async () => {
      const fetches = inputs === binary ? ['loss'] : ['loss', 'accuracy']
      const train = (config: object) =>
        using({ ...norms, loss, engine, inputs, ...config }, async model => {
          const values: number[] = []
          for (let step = 0; step < 3; step++) {
            const { images, masks } = batchOf(5, step)
            const fed = inputs === binary ? masks.reshape([...masks.shape, 1]) : masks
            values.push(...((await model.train({ images, masks: fed }, fetches)) as number[]))
          }
          return values
        })
      const whole = await train({})
      for (const [i, value] of (await train({ microbatch_size: 2 })).entries()) expect(value).to.be.closeTo(whole[i]!, 1e-5)
    })
  }

  it('are compared by a function with what counts', async () => {
    const lossOf = (loss: unknown) => using({ loss }, async model => (await model.predict(batchOf(), ['loss']))[0] as number)
    expect(await lossOf([entropy, 'dice'])).to.be.closeTo(await lossOf(['ce', 'dice']), 1e-6)
    const all = (targets: Tensor, outputs: Tensor, tf: Tf) => entropy(targets, outputs, tf)
    expect(await lossOf([all, 'dice'])).not.to.be.closeTo(await lossOf(['ce', 'dice']), 1e-3)
  })

  it('and losses with options are those of a model that is saved and loaded', async () => {
    const folder = temporaryFolder()
    const config = { loss: ['ce', { name: 'tversky', weights: [1, 2, 3], weight: 0.5 }] }
    await using(config, async model => {
      await model.train(batchOf())
      await model.save(folder.in('net'))
      const again = await loadModel(folder.in('net'))
      expect(await again.predict(batchOf(), ['loss', 'labels'])).to.deep.equal(await model.predict(batchOf(), ['loss', 'labels']))
      again.dispose()
    })
    folder.remove()
  })

  it('a step on a batch that is ignored altogether has the loss 0 and changes no trained weight', () =>
    using({ optimizer: 'SGD' }, async model => {
      const { images, masks } = batchOf()
      const weightsOf = () => model.layersModel.trainableWeights.flatMap(weight => [...weight.read().dataSync()])
      const before = weightsOf()
      const all = new NdArray(masks.data.map(() => IGNORE) as Uint8Array, masks.shape)
      expect(await model.train({ images, masks: all }, ['loss', 'accuracy'])).to.deep.equal([0, 0])
      expect(weightsOf()).to.deep.equal(before)
    }))

  for (const loss of ['ce', 'bce', 'dice', 'jaccard', 'tversky', 'focal', 'lovasz']) {
    it(`a step by ${loss} on an image that is not finite ends with an error that names it, and changes nothing`, () =>
      using({ loss, optimizer: 'SGD' }, async model => {
        const weightsOf = () => model.layersModel.weights.flatMap(weight => [...weight.read().dataSync()])
        await model.train(batchOf())
        const before = weightsOf()
        const { images, masks } = batchOf()
        images.data[2 * side * side + 5] = Number.NaN
        const error = await errorOf(() => model.train({ images, masks }))
        expect(error.code).to.equal('loss-not-finite')
        expect(error.message).to.contain('input images is not finite in items 2')
        expect(weightsOf()).to.deep.equal(before)
      }))
  }

  for (const [what, change, code, ...parts] of [
    [
      'a value outside the classes',
      { at: 37, to: 7 },
      'labels-outside-classes',
      'item 2 of the batch, at [1, 1]',
      'Seen: 7',
      '0 to 2; 255',
    ],
    ['a mask of another size', { shape: [items, 2, 8] }, 'feed-shape', '[6, 2, 8]', '[batch, 4, 4] or [batch, 4, 4, 3]'],
    ['one label per image', { labels: true }, 'feed-shape', '[6]', '[batch, 4, 4]'],
  ] as const) {
    it(`refuses ${what}`, () =>
      using({ engine: 'eager' }, async model => {
        const { images, masks } = batchOf()
        if ('at' in change) masks.data[change.at] = change.to
        const fed =
          'labels' in change ? new NdArray(new Int32Array(items), [items]) : 'shape' in change ? masks.reshape(change.shape) : masks
        const error = await errorOf(() => model.train({ images, masks: fed }))
        expect(error.code).to.equal(code)
        for (const part of parts) expect(error.message).to.contain(part)
      }))
  }

  it('are known to check, by number and encoded', () => {
    const described = ResNet.describe(segmenter)
    const problemOf = (masks: number[]) => described.findFeedProblem({ images: [side, side, 1], masks }, true)
    expect(problemOf([side, side])).to.equal(undefined)
    expect(problemOf([side, side, 3])).to.equal(undefined)
    expect(problemOf([side, 5])).to.deep.equal({
      misfit: 'masks',
      seen: '[batch, 4, 5]',
      expected: '[batch, 4, 4] or [batch, 4, 4, 3]',
    })
    expect(problemOf([])).to.have.property('misfit', 'masks')
  })

  it('of one class are numbers of which some are ignored', async () => {
    const { images, masks } = batchOf()
    const inputs = { images: segmenter.inputs.images, masks: { shape: [side, side, 1], dtype: 'uint8', ignore: IGNORE, name: 'targets' } }
    const binary = new NdArray(masks.data.map(label => (label === IGNORE ? IGNORE : label & 1)) as Uint8Array, [...masks.shape, 1])
    await using({ inputs, loss: 'bce' }, async model => {
      const [proba, loss] = await model.predict({ images, masks: binary }, ['sigmoid', 'loss'])
      const lost = Array.from(binary.data, (label, i) => ({ label, p: arrayOf(proba).data[i]! })).filter(({ label }) => label !== IGNORE)
      const sum = lost.reduce((total, { label, p }) => total - Math.log(label === 1 ? p : 1 - p), 0)
      expect(loss).to.be.closeTo(sum / lost.length, 1e-5)
    })
  })
})

describe('masks of a model of one’s own', () => {
  const { images, masks } = batchOf()
  const net = toModelClass((_, tf) => {
    const input = tf.input({ shape: [side, side, 1] })
    const layer = (name: string) => tf.layers.conv2d({ name, filters: 3, kernelSize: 1, kernelInitializer: 'ones' }).apply(input) as never
    return tf.model({ inputs: input, outputs: [layer('one'), layer('other')] })
  })
  const single = toModelClass((_, tf) =>
    tf.sequential({ layers: [tf.layers.conv2d({ filters: 3, kernelSize: 1, inputShape: [side, side, 1] })] }),
  )

  it('take their size from the output', async () => {
    const inputs = { images: {}, masks: { classes: 3, ignore: IGNORE, name: 'targets' } }
    const model = await single.build({ loss: ['ce', 'dice'], inputs }, { name: 'own', seed: 1 })
    const parts = await Promise.all(
      ['ce', 'dice'].map(async loss => {
        const one = await single.build({ loss, inputs }, { name: 'own', seed: 1 })
        const [value] = await one.predict({ images, masks }, ['loss'])
        one.dispose()
        return value as number
      }),
    )
    const [loss, labels] = await model.predict({ images, masks }, ['loss', 'labels'])
    expect(loss).to.be.closeTo(parts[0]! + parts[1]!, 1e-5)
    expect(arrayOf(labels).shape).to.deep.equal(masks.shape)
    model.dispose()
  })

  it('of several outputs have a list of losses for each, in their order or by name', async () => {
    const plain = new NdArray(masks.data.map(label => label % 3) as Uint8Array, masks.shape)
    const fetches = ['loss', 'one/loss', 'other/loss']
    const found: number[][] = []
    for (const loss of [
      [['ce', { name: 'dice', weight: 0.5 }], { name: 'ce', weights: [1, 2, 3] }],
      { one: ['ce', { name: 'dice', weight: 0.5 }], other: ['ce', { weights: [1, 2, 3] }] },
      { one: [entropy, { name: 'dice', weight: 0.5 }], other: ['ce', { weights: [1, 2, 3] }] },
    ]) {
      const model = await net.build({ loss }, { name: 'own', seed: 1 })
      found.push((await model.predict({ images, one: plain, other: plain }, fetches)) as number[])
      model.dispose()
    }
    for (const values of found.slice(1)) expect(values).to.deep.equal(found[0])
    const [sum, one, other] = found[0]!
    expect(sum).to.be.closeTo(one! + other!, 1e-5)
    expect(one).not.to.be.closeTo(other!, 1e-3)
  })
})
