import { expect } from 'chai'
import { models, ResNet, ResNet50, type ZooName } from '../../../src/models.js'
import { flagship } from '../../models/small.js'
import { needed } from '../../models/zoo/facts.js'

const plain = { inputs: flagship.inputs }
const channelsOf = (config: object) => {
  const { layers } = ResNet.describe({ ...plain, 'body/num_blocks': [1, 1, 1], ...config })
  return [0, 1, 2].map(group =>
    layers
      .filter(({ path }) => path.startsWith(`body/group-${group}/block-0`))
      .at(-1)!
      .shape.at(-1),
  )
}

describe('the width of a network is applied once', () => {
  it('groups double the filters of the first part, each once', () => {
    expect(channelsOf({ 'initial_block/filters': 8 })).to.deep.equal([8, 16, 32])
    expect(channelsOf({ 'initial_block/filters': 16 })).to.deep.equal([16, 32, 64])
    expect(channelsOf({ 'body/filters': [4, 6, 10] })).to.deep.equal([4, 6, 10])
  })

  it('a bottleneck widens its last convolution, once', () => {
    const wide = { 'initial_block/filters': 8, 'body/block/bottleneck': true }
    expect(channelsOf(wide)).to.deep.equal([32, 64, 128])
    expect(channelsOf({ ...wide, 'body/block/bottleneck_factor': 2 })).to.deep.equal([16, 32, 64])
    const blocks = ResNet50.describe(plain).layers.filter(({ path }) => /group-1\/block-2\/conv-\d$/.test(path))
    expect(blocks.map(({ weights }) => weights[0]!.shape)).to.deep.equal([
      [1, 1, 512, 128],
      [3, 3, 128, 128],
      [1, 1, 128, 512],
    ])
  })

  it('width_factor multiplies each width once, and stands in one place', () => {
    expect(channelsOf({ 'initial_block/filters': 8, 'body/width_factor': 2 })).to.deep.equal([16, 32, 64])
    expect(channelsOf({ 'body/filters': [8, 16, 24], 'body/width_factor': 2 })).to.deep.equal([16, 32, 48])
    for (const [name, model] of Object.entries(models)) {
      for (const key of ['body/block/width_factor', 'common/width_factor']) {
        const { errors } = model.checkConfig({ ...needed(name as ZooName), [key]: 2 })
        expect(errors.map(({ what }) => what).join(), `${name} ${key}`).to.contain('there is no key')
      }
    }
  })
})
