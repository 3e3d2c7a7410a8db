import { expect } from 'chai'
import { watchStages } from '../../../src/graph/show.js'
import { engineNames, ResNet } from '../../../src/models.js'
import type { NdArray } from '../../../src/util/nd-array.js'
import { batch, errorOf, tiny } from '../small.js'
import { buildTwoLayers, points, weightsOf } from './two-layers.js'

describe('values of a training step', () => {
  for (const engine of engineNames) {
    it(`gradientNorm is the norm of all gradients or of those at a path, before clipping, ${engine}`, async () => {
      // An update of gradient descent with the rate 1 is the gradient itself.
      const model = await buildTwoLayers({ engine, optimizer: { name: 'SGD', learningRate: 1 } })
      const before = weightsOf(model)
      const paths = ['', '/first', '/second', '/second/bias']
      const found = (await model.train(points, ['loss', ...paths.map(path => `gradientNorm${path}`)])) as number[]
      const after = weightsOf(model)
      const norm = (...weights: number[]) =>
        Math.sqrt(weights.flatMap(i => before[i]!.map((value, j) => (value - after[i]![j]!) ** 2)).reduce((sum, square) => sum + square, 0))
      for (const [i, wanted] of [norm(0, 1, 2, 3), norm(0, 1), norm(2, 3), norm(3)].entries())
        expect(found[i + 1]).to.be.closeTo(wanted, 1e-6)
      model.dispose()
      const clipped = await buildTwoLayers({ engine, gradient_clipping: { norm: 1e-3 }, microbatch_size: 4 })
      const [whole] = (await clipped.train(points, ['gradientNorm'])) as number[]
      expect(whole).to.be.closeTo(found[1]!, 1e-5)
      clipped.dispose()
    })

    it(`inputs are what the network and the loss take, ${engine}`, async () => {
      const model = await ResNet.build({ ...tiny, engine }, { name: 'net', seed: 1 })
      const { images, labels } = batch(4)
      const names = ['inputs', 'inputs/images', 'inputs/labels']
      for (const [data, same, encoded] of [await model.train({ images, labels }, names), await model.predict({ images, labels }, names)]) {
        expect(Array.from((data as NdArray).data)).to.deep.equal(Array.from(images.data))
        expect(same).to.deep.equal(data)
        const { shape, data: values } = encoded as NdArray
        expect([shape, [...values]]).to.deep.equal([
          [4, 3],
          [1, 0, 0, 0, 1, 0, 0, 0, 1, 1, 0, 0],
        ])
      }
      expect(((await model.predict({ images }, ['inputs'])) as [NdArray])[0].shape).to.deep.equal([4, 8, 8, 1])
      expect((await errorOf(() => model.predict({ images }, ['inputs/labels']))).code).to.equal('missing-feed')
      model.dispose()
    })
  }

  it('are listed, with TensorFlow and without; a prediction does not have them', async () => {
    const model = await ResNet.build({ ...tiny, parameter_groups: [{ match: 'head' }] }, { name: 'net', seed: 1 })
    const { fetchNames, trainingFetchNames } = ResNet.describe({ ...tiny, parameter_groups: [{ match: 'head' }] })
    expect([...model.fetchNames].sort()).to.deep.equal([...fetchNames].sort())
    expect(model.trainingFetchNames).to.deep.equal(trainingFetchNames)
    expect(fetchNames).to.include.members(['inputs', 'inputs/images', 'inputs/labels'])
    expect(trainingFetchNames).to.include.members(['learningRate', 'learningRate/head', 'gradientNorm', 'gradientNorm/head/dense/kernel'])
    const { images, labels } = batch()
    for (const name of ['learningRate', 'gradientNorm/head'])
      expect((await errorOf(() => model.predict({ images }, [name]))).code, name).to.equal('fetch-of-training')
    expect((await errorOf(() => model.train({ images, labels }, ['gradientNorm/hed']))).message).to.match(
      /Did you mean gradientNorm\/head\?/,
    )
    model.dispose()
  })

  it('cost nothing if they are not fetched: the graph is the same, and a rate is not in it', async () => {
    const graphs: string[] = []
    const stop = watchStages((_, stage) => graphs.push(JSON.stringify(stage)))
    try {
      const model = await buildTwoLayers({ decay: { name: 'cosine', decaySteps: 9 } })
      await model.train(points, ['loss'])
      const before = graphs.length
      await model.train(points, ['loss', 'learningRate'])
      await model.train(points, ['learningRate', 'loss'])
      expect(graphs.length).to.equal(before)
      await model.train(points, ['loss', 'gradientNorm'])
      expect(graphs.length).to.be.above(before)
      model.dispose()
    } finally {
      stop()
    }
  })
})
