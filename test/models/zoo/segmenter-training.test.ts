import { expect } from 'chai'
import { UNet, VariationalAutoEncoder } from '../../../src/models.js'
import type { NdArray } from '../../../src/util/nd-array.js'
import { seeCompiled } from '../../graph/parity/compare.js'
import { classes, meanIou, shapesBatch, side } from './shapes.js'

const inputs = { images: { shape: [side, side, 1] }, masks: { shape: [side, side], classes, name: 'targets' } }

describe('segmenters learn', () => {
  it('a small UNet tells discs, squares and triangles apart in noise', async () => {
    const model = await UNet.build(
      {
        inputs,
        loss: ['ce', 'dice'],
        encoder: { num_blocks: [1, 1, 1], filters: [8, 16, 32] },
        'embedding/filters': 48,
        optimizer: { name: 'Adam', learningRate: 0.01 },
        decay: { name: 'cosine', decaySteps: 120 },
      },
      { name: 'unet', seed: 1 },
    )
    for (let step = 0; step < 120; step++) await model.train(shapesBatch(16, step), [])
    const { images, masks } = shapesBatch(64, 1000)
    const [labels] = await model.predict({ images }, ['labels'])
    expect(meanIou((labels as NdArray).data, masks)).to.be.above(0.7)
    model.dispose()
  })

  it('attentions of decoder and embedding train compiled as they do operation by operation', async () => {
    const losses = async (engine: 'eager' | 'graph') => {
      const model = await UNet.build(
        {
          inputs,
          encoder: { num_blocks: [1, 1], filters: [4, 6] },
          embedding: { filters: 8, attention: 'fpa' },
          'decoder/skip/attention': 'gate',
          'common/activation': 'tanh',
          optimizer: { name: 'Adam', epsilon: 1e-3 },
          engine,
        },
        { name: 'net', seed: 1 },
      )
      const found: number[] = []
      for (let step = 0; step < 3; step++) found.push((await model.train(shapesBatch(4, step), ['loss']))[0] as number)
      model.dispose()
      return found
    }
    const wanted = await losses('eager')
    const { result, compiled } = await seeCompiled(() => losses('graph'))
    expect(compiled).to.deep.equal(['net, training'])
    for (const [step, loss] of result.entries()) expect(loss).to.be.closeTo(wanted[step]!, 1e-5 * wanted[step]!)
  })

  it('a variational auto-encoder adds the divergence of what it draws from to the loss, and learns', async () => {
    const model = await VariationalAutoEncoder.build(
      {
        inputs: { images: { shape: [side, side, 1] }, copies: { shape: [side, side, 1], name: 'targets' } },
        encoder: { num_blocks: [1, 1], filters: [4, 8] },
        'embedding/filters': 4,
        'common/activation': 'tanh',
        optimizer: { name: 'Adam', learningRate: 0.01 },
      },
      { name: 'vae', seed: 1 },
    )
    const names = ['loss', 'predictions', 'embedding/mean', 'embedding/log-variance', 'embedding/sample']
    const feed = (seed: number) => {
      const { images } = shapesBatch(4, seed)
      return { images, copies: images }
    }
    const wanted = (images: NdArray, [, predictions, mean, logVariance]: readonly NdArray[]) => {
      const squares = sum(predictions!.data, (value, i) => (value - images.data[i]!) ** 2) / images.data.length
      const divergence = sum(mean!.data, (value, i) => value ** 2 + Math.exp(logVariance!.data[i]!) - logVariance!.data[i]! - 1) / 2
      return squares + divergence / images.data.length
    }
    const first = (await model.train(feed(0), names)) as readonly NdArray[]
    expect(first[0]).to.be.closeTo(wanted(feed(0).images, first), 1e-5)
    expect(first[4]!.data).not.to.deep.equal(first[2]!.data)
    const seen = (await model.predict(feed(1), names)) as readonly NdArray[]
    expect(seen[0]).to.be.closeTo(wanted(feed(1).images, seen), 1e-5)
    expect(seen[4]!.data).to.deep.equal(seen[2]!.data)

    const before = seen[0] as unknown as number
    for (let step = 1; step < 40; step++) await model.train(feed(step), [])
    const [after] = await model.predict(feed(1), ['loss'])
    expect(after).to.be.below(before / 2)
    model.dispose()
  })
})

const sum = (values: ArrayLike<number>, term: (value: number, i: number) => number) =>
  Array.from(values, term).reduce((total, value) => total + value, 0)
