import { expect } from 'chai'
import { B } from '../../src/index.js'
import { ResNet18, toModelClass } from '../../src/models.js'
import { errorOf } from '../models/small.js'
import { smallImages } from '../support/small-images.js'

const images = { shape: [8, 8, 1] }
const problemOf = (config: object) => {
  const { errors } = ResNet18.checkConfig(config as Record<string, unknown>)
  expect(errors).to.have.length(1)
  return errors[0]!
}

describe('missing inputs and targets are reported before anything is built, with the names that exist', () => {
  it('targets under a name that is none of theirs', () => {
    const problem = problemOf({ inputs: { images, answers: { classes: 3 } } })
    expect(problem.allowed).to.contain('images, answers')
    expect(problem.fix).to.contain('targets, labels or masks').and.to.contain("name: 'targets'")
    const known = problemOf({ inputs: { images, answers: { classes: 3 } }, 'initial_block/inputs': 'images' })
    expect(known.path).to.deep.equal(['inputs', 'answers'])
    expect(known.fix).to.contain("name: 'targets'")
    const right = { inputs: { images, answers: { classes: 3, name: 'targets' } }, 'initial_block/inputs': 'images' }
    expect(ResNet18.checkConfig(right).errors).to.deep.equal([])
  })

  it('no inputs, no targets, an input that is not there', () => {
    expect(problemOf({}).what).to.equal('a model needs inputs')
    expect(problemOf({ inputs: { images } }).allowed).to.contain('targets')
    const misspelt = problemOf({ inputs: { images, labels: { classes: 3 } }, 'initial_block/inputs': 'image' })
    expect(misspelt.allowed).to.equal('images, labels')
    expect(misspelt.fix).to.equal('Did you mean images?')
  })

  it('a model of one’s own with inputs too many', async () => {
    const net = toModelClass((_: unknown, tf) => tf.sequential({ layers: [tf.layers.dense({ units: 3, inputShape: [2] })] }))
    const inputs = { points: { shape: [2] }, answers: { classes: 3 } }
    const error = await errorOf(() => net.build({ inputs, loss: 'ce' }, { name: 'net', seed: 1 }))
    expect(error.code).to.equal('model-config')
    expect(error.message).to.contain("name: 'targets'")
  })

  const feeds = [
    ['labels are not fed', { images: B('images') }, 'missing-feed', ['labels', '[batch, 3]', 'images']],
    ['a misspelt input', { image: B('images'), labels: B('labels') }, 'unknown-feed', ['image', 'images, labels', 'Did you mean images?']],
  ] as const
  for (const [what, feed, code, parts] of feeds) {
    it(`in a pipeline: ${what}`, async () => {
      const small = { inputs: { images, labels: { classes: 3 } }, 'initial_block/filters': 4, 'body/num_blocks': [1], engine: 'eager' }
      const train = smallImages(4).p.named('train').initModel('dynamic', ResNet18, 'net', { config: small }).trainModel('net', { feed })
      const error = await errorOf(() => train.run(4))
      expect(error.code).to.equal(code)
      for (const part of [...parts, 'pipeline train', 'trainModel', 'model net']) expect(error.message).to.contain(part)
      train.dispose()
    })
  }
})
