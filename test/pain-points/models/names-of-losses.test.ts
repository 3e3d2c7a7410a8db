import { expect } from 'chai'
import { lossChoice } from '../../../src/models/losses/index.js'
import { lossNames, ResNet18, toModelClass } from '../../../src/models.js'
import { errorOf, flagship } from '../../models/small.js'

const problemsOf = (loss: unknown) => ResNet18.checkConfig({ inputs: flagship.inputs, loss }).errors

describe('every name of a loss is reachable, and an unknown one lists those that exist', () => {
  const written = {
    ce: ['ce', 'crossentropy', 'cross_entropy', 'Cross Entropy', 'softmax_cross_entropy'],
    bce: ['bce', 'binary_cross_entropy', 'sigmoid_cross_entropy'],
    mse: ['mse', 'mean_squared_error'],
    l1: ['l1', 'absolutedifference', 'absolute_difference'],
    cosine: ['cosine', 'cos', 'cosine_distance'],
    hinge: ['hinge', 'hinge_loss'],
    huber: ['huber', 'huber_loss'],
    logloss: ['logloss', 'log_loss'],
    dice: ['dice', 'Dice', 'dice_loss'],
    jaccard: ['jaccard', 'JaccardLoss', 'iou'],
    tversky: ['tversky', 'tversky loss'],
    focal: ['focal', 'focal_loss'],
    lovasz: ['lovasz', 'LovaszLoss'],
  }

  it('short names and those of TensorFlow', () => {
    expect(Object.keys(written)).to.have.members([...lossNames])
    for (const [name, forms] of Object.entries(written)) {
      for (const form of forms) {
        expect(lossChoice.fill(form as never)[0]!.name, form).to.equal(name)
        expect(problemsOf(form), form).to.deep.equal([])
      }
    }
  })

  for (const loss of ['dyce', 'mean_loss', null, 5]) {
    it(`${loss} is refused before anything is built`, async () => {
      const [problem] = problemsOf(loss)
      expect(problem!.path).to.deep.equal(['loss'])
      for (const name of lossNames) expect(problem!.allowed).to.contain(name)
      const build = toModelClass((_: unknown, tf) => tf.sequential({ layers: [tf.layers.dense({ units: 3, inputShape: [2] })] }))
      const error = await errorOf(() => build.build({ loss }, { name: 'net', seed: 1 }))
      expect(error.message).to.contain(lossNames.join(', '))
    })
  }

  it('a slip has a hint', () => expect(problemsOf('cosin')[0]!.fix).to.equal('Did you mean cosine?'))
})
