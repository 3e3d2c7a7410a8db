import { expect } from 'chai'
import { loadTensorflow } from '../../../src/graph/tensorflow.js'
import { createLoss, lossChoice, losses } from '../../../src/models/losses/index.js'
import type { Tensor, Tf } from '../../../src/models/tf-types.js'
import { lossNames, ResNet, toModelClass } from '../../../src/models.js'
import { batch, errorOf, tiny, vector } from '../small.js'

const check = (config: object) => ResNet.checkConfig({ ...tiny, ...config }).errors
const mask = (written: object) => ({
  inputs: { images: { shape: [4, 4, 1] }, masks: { shape: [4, 4], classes: 3, name: 'targets', ...written } },
})
const segmenting = { 'initial_block/strides': 1, 'head/layout': 'c' }

describe('the loss of a config', () => {
  const equal = [
    { loss: { name: 'dice', smooth: 1 } },
    { loss: ['dice', { smooth: 1 }] },
    { loss: [{ name: 'dice', smooth: 1 }] },
    { loss: { name: 'Dice Loss', smooth: 1, weight: 1 } },
    { 'loss/name': 'dice', 'loss/smooth': 1 },
  ]
  it('is a name with options, in any of the forms of an optimizer, or a list', async () => {
    const found = new Set<unknown>()
    for (const written of equal) {
      const { loss: _, ...others } = vector
      expect(ResNet.checkConfig({ ...others, ...written }).errors).to.deep.equal([])
      const model = await ResNet.build({ ...others, ...written, engine: 'eager' }, { name: 'net', seed: 1 })
      found.add((await model.predict(batch(), ['loss']))[0])
      model.dispose()
    }
    expect(found.size).to.equal(1)
  })

  it('of a list is the sum, each times its weight', async () => {
    const lossOf = async (loss: unknown) => {
      const model = await ResNet.build({ ...vector, loss, engine: 'eager' }, { name: 'net', seed: 1 })
      const [value] = await model.predict(batch(), ['loss'])
      model.dispose()
      return value as number
    }
    const [ce, dice] = [await lossOf('ce'), await lossOf('dice')]
    expect(await lossOf(['ce', 'dice'])).to.be.closeTo(ce + dice, 1e-6)
    expect(
      await lossOf([
        { name: 'ce', weight: 0.25 },
        { name: 'dice', weight: 3 },
      ]),
    ).to.be.closeTo(ce / 4 + dice * 3, 1e-6)
    expect(await lossOf(['ce', { name: 'dice', weight: 3 }])).to.be.closeTo(ce + dice * 3, 1e-6)
    expect(await lossOf({ name: 'ce', weight: 2 })).to.be.closeTo(ce * 2, 1e-6)
    const own = (targets: Tensor, outputs: Tensor, tf: Tf) => tf.losses.softmaxCrossEntropy(targets, outputs)
    expect(await lossOf([own])).to.equal(ce)
    expect(await lossOf([{ name: 'ce', weight: 0.5 }, own, ['dice', { weight: 2 }]])).to.be.closeTo(ce * 1.5 + dice * 2, 1e-6)
  })

  /** A value other than its default for each option. */
  const changes: Readonly<Record<string, unknown>> = {
    weights: [3, 1, 1],
    activation: 'sigmoid',
    smooth: 1,
    alpha: 0.9,
    beta: 0.1,
    gamma: 1,
    delta: 0.1,
    weight: 2,
  }
  for (const name of lossNames) {
    it(`${name} states each option with a summary, and each changes its value`, async () => {
      const tf = await loadTensorflow()
      const context = { tf, outputKind: 'linear' } as const
      const valueOf = (options: object) =>
        tf.tidy(() => {
          const { compute, weight } = createLoss(lossChoice.fill({ name, ...options })[0]!)
          const [targets, outputs] = [
            tf.tensor2d([
              [1, 0, 0],
              [0, 0, 1],
            ]),
            tf.tensor2d([
              [0.1, 0.7, -0.3],
              [0.2, 0.4, 0.3],
            ]),
          ]
          return weight * compute(targets, outputs, context).dataSync()[0]!
        })
      const { summary, takes } = losses[name]
      expect(summary).not.to.equal('')
      for (const [key, option] of Object.entries<{ readonly summary: string }>(takes.table)) {
        expect(option.summary, key).not.to.equal('')
        expect(valueOf({ [key]: changes[key] }), key).not.to.equal(valueOf({}))
      }
    })
  }

  for (const [what, config, path, ...parts] of [
    ['a misspelt option', { loss: { name: 'dice', smoth: 1 } }, 'loss/smoth', 'there is no key smoth', 'Did you mean smooth?'],
    ['an option of another loss', { loss: ['dice', { gamma: 2 }] }, 'loss/1/gamma', 'there is no key gamma'],
    ['options without a name', { loss: { gamma: 2 } }, 'loss', 'name is missing', 'focal'],
    ['an unknown name in a list', { loss: ['ce', 'dyce'] }, 'loss/1', 'Did you mean dice?'],
    ['a misspelt option in a list', { loss: ['ce', { name: 'focal', gama: 2 }] }, 'loss/1/gama', 'Did you mean gamma?'],
    ['an empty list', { loss: [] }, 'loss', 'cannot be used for the loss'],
    ['weights that are all 0', { loss: { name: 'ce', weights: [0, 0, 0] } }, 'loss/weights', 'weights of which one is above 0'],
    ['a negative weight', { loss: { name: 'ce', weights: [1, -1, 1] } }, 'loss/weights/1', 'a number of at least 0'],
    ['weights of other classes', { loss: { name: 'ce', weights: [1, 2] } }, 'loss', '2 weights of ce for 3 classes', 'a list of 3'],
    [
      'a ratio of a batch in parts',
      { loss: ['ce', 'dice'], microbatch_size: 2 },
      'microbatch_size',
      'dice is a ratio over the whole batch',
    ],
    ['a loss of labels', { loss: ['ce', 'mse'], predictions: 'labels' }, 'predictions', 'labels have no gradient for the loss mse'],
    [
      'a function of labels',
      { loss: ['ce', function mine() {}], predictions: 'labels' },
      'predictions',
      'labels have no gradient for the loss function mine',
    ],
    ['no loss in a list', { loss: ['ce', 5] }, 'loss/1', 'or a function (targets, predictions, tf) => scalar'],
  ] as const) {
    it(`is refused with ${what}, where it is written`, () => {
      const [problem, ...others] = check(config)
      expect(others).to.deep.equal([])
      expect(problem!.path.join('/')).to.equal(path)
      const words = [problem!.what, problem!.allowed, problem!.fix].join('; ')
      for (const part of parts) expect(words).to.contain(part)
    })
  }

  it('of a model of one’s own is refused in the same words', async () => {
    const net = toModelClass((_, tf) => tf.sequential({ layers: [tf.layers.dense({ units: 3, inputShape: [2] })] }))
    for (const [config, part] of [
      [{ loss: 'lovasz', microbatch_size: 4 }, 'lovasz is a ratio over the whole batch'],
      [{ loss: { name: 'ce', weights: [1, 2] } }, '2 weights of ce for 3 classes'],
      [{ loss: { name: 'dice', smoth: 1 } }, 'Did you mean smooth?'],
      [{ loss: 'ce', inputs: { images: { ignore: 0 } } }, 'images is no target'],
    ] as const) {
      const error = await errorOf(() => net.build(config, { name: 'net', seed: 1 }))
      expect(error.code).to.equal('model-config')
      expect(error.message).to.contain(part)
    }
  })
})

describe('masks of a config', () => {
  it('have a size, classes, and what is ignored', () => expect(check({ ...segmenting, ...mask({ ignore: 255 }) })).to.deep.equal([]))

  it('that are fed encoded have the classes as their last axis', () => {
    expect(check({ ...segmenting, ...mask({ transform: null, shape: [4, 4, 3] }) })).to.deep.equal([])
  })

  for (const [what, config, path, ...parts] of [
    ['of another size than the outputs', { ...segmenting, ...mask({ shape: [4, 5] }) }, 'inputs/masks', '[4, 5, 3]', '[4, 4, 3]'],
    ['of a network that returns none', mask({}), 'inputs/masks', '[4, 4, 3]', '[3]'],
    ['encoded, without an axis for the classes', { ...segmenting, ...mask({ transform: null }) }, 'inputs/masks/shape', 'ends with 3'],
    [
      'encoded, with something ignored',
      { ...segmenting, ...mask({ transform: null, shape: [4, 4, 3], ignore: 1 }) },
      'inputs/masks/ignore',
      'transform: null',
    ],
    ['of numbers, with a name ignored', mask({ classes: undefined, ignore: 'void' }), 'inputs/masks/ignore', 'a number'],
    [
      'with something ignored in the images',
      { inputs: { images: { shape: [8, 8, 1], ignore: 0 }, labels: { classes: 3 } } },
      'inputs',
      'images is no target',
    ],
  ] as const) {
    it(`are refused ${what}`, () => {
      const [problem] = check(config)
      expect(problem!.path.join('/')).to.contain(path)
      const words = [problem!.what, problem!.allowed, problem!.fix].join('; ')
      for (const part of parts) expect(words).to.contain(part)
    })
  }
})
