import { expect } from 'chai'
import { models } from '../../../src/models.js'
import { zooNames } from './facts.js'

const configOf = (size: number, more: object = {}) => ({
  inputs: { images: { shape: [size, size, 3] }, labels: { classes: 10, name: 'targets' } },
  ...more,
})
const classifiers = zooNames.filter(name => models[name].row.family.shape.trunks.includes('body'))

describe('keys that stand for several others', () => {
  it('like is an error where it would do nothing', () => {
    for (const name of classifiers) {
      const { likes } = models[name].row.family
      const { errors } = models[name].checkConfig(configOf(64, { like: 'torchvision' }))
      const found = errors.filter(({ path }) => path.join() === 'like')
      expect(found, name).to.have.lengthOf(Object.hasOwn(likes, 'torchvision') ? 0 : 1)
    }
  })

  it('the error of like says which network it is, what is allowed, and what to do', () => {
    const [error] = models.VGG16.checkConfig(configOf(32, { like: 'torchvision' })).errors
    expect(error).to.deep.equal({
      path: ['like'],
      what: 'there are no parameters like torchvision for VGG',
      allowed: 'no like for this family',
      fix: 'Leave like out, and set what differs, such as common/padding: torch.',
    })
  })

  it('like of a segmenter is that of its encoder', () => {
    const segmenter = (model: string) =>
      models.UNet.checkConfig({
        inputs: { images: { shape: [64, 64, 3] }, masks: { classes: 2, shape: [64, 64] } },
        'encoder/model': model,
        like: 'torchvision',
      })
    expect(segmenter('ResNet18').errors.filter(({ path }) => path.includes('like'))).to.deep.equal([])
    expect(segmenter('VGG16').errors.map(({ what }) => what)).to.deep.equal(['there are no parameters like torchvision for UNet over VGG'])
  })

  it('stem: small makes the first part another, but for VGG, which has none', () => {
    const without = classifiers.filter(name => Object.keys(models[name].row.family.smallStem).length === 0)
    expect(without.filter(name => !name.startsWith('VGG'))).to.deep.equal([])
    for (const name of ['VGG7', 'VGG16', 'VGG19Dense'] as const) {
      const [small, published] = [{ stem: 'small' }, {}].map(more => models[name].describe(configOf(32, more)).layers)
      expect(small, name).to.deep.equal(published)
    }
  })
})
