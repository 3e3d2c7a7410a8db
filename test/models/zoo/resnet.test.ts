import { expect } from 'chai'
import { models, ResNet, ResNet18, ResNet50, SEResNet50 } from '../../../src/models.js'
import { flagship } from '../small.js'

const se = { ...flagship, 'body/block/se_block': true }
const biased = { 'common/conv/use_bias': true }

const plain = { inputs: flagship.inputs }

describe('residual networks', () => {
  it('the article’s config has 8,022,474 parameters, with SE 8,722,874', () => {
    expect(ResNet.describe(flagship).countParameters()).to.equal(8_022_474)
    expect(ResNet.describe(se).countParameters()).to.equal(8_722_874)
    expect(models.SEResNet.describe(flagship).countParameters()).to.equal(8_722_874)
  })

  it('with convolution biases 8,032,138 and 8,732,538', () => {
    expect(ResNet.describe({ ...flagship, ...biased }).countParameters()).to.equal(8_032_138)
    expect(ResNet.describe({ ...se, ...biased }).countParameters()).to.equal(8_732_538)
  })

  it('the counts printed in the article come from ResNet-50, biases on, normalisation not counted, 16 units in SE', () => {
    const deep = { ...flagship, ...biased, 'body/num_blocks': [3, 4, 6, 3] }
    expect(ResNet.describe(deep).countParameters({ without: ['norm'] })).to.equal(23_495_690)
    expect(ResNet.describe({ ...deep, 'body/block/se_block': { units: 16 } }).countParameters({ without: ['norm'] })).to.equal(23_994_378)
  })

  it('ResNet-50 with normalisation after each convolution has BatchFlow’s counts', () => {
    const post = { ...plain, 'body/block/shortcut': 'c' }
    expect(ResNet50.describe(post).countParameters()).to.equal(23_514_570)
    expect(SEResNet50.describe(post).countParameters()).to.equal(26_045_562)
  })

  it('SE takes a ratio or a number of units', () => {
    const counted = (option: unknown) => ResNet.describe({ ...flagship, 'body/block/se_block': option }).countParameters() - 8_022_474
    const overhead = (hidden: (channels: number) => number) =>
      [256, 512, 1024, 2048].reduce((sum, channels) => sum + 2 * channels * hidden(channels) + hidden(channels) + channels, 0)
    expect(counted(true)).to.equal(overhead(channels => channels / 16))
    expect(counted({ ratio: 4 })).to.equal(overhead(channels => channels / 4))
    expect(counted({ units: 16 })).to.equal(overhead(() => 16))
    expect(counted(false)).to.equal(0)
  })

  it('names blocks and layers, and counts by part', () => {
    const { fetchNames, countByPart, summary } = ResNet.describe(se)
    expect(fetchNames).to.include.members(['loss', 'predictions', 'initial_block', 'body', 'body/group-3', 'body/group-3/block-0', 'head'])
    expect(fetchNames).to.include.members(['head/gap', 'head/dense', 'body/group-0/block-0/conv-0', 'body/group-0/block-0/se/dense-1'])
    expect(new Set(fetchNames).size).to.equal(fetchNames.length)
    expect(summary()).to.match(
      /head\/dense +\[10\] +20,490\nTotal params: 8,734,522\nTrainable params: 8,722,874\nNon-trainable params: 11,648$/,
    )
    expect(countByPart()).to.deep.equal([
      { part: 'initial_block', parameters: 3_264 },
      { part: 'body/group-0', parameters: 82_960 },
      { part: 'body/group-1', parameters: 411_680 },
      { part: 'body/group-2', parameters: 1_642_560 },
      { part: 'body/group-3', parameters: 6_561_920 },
      { part: 'head', parameters: 20_490 },
    ])
  })

  it('a deep network with SE and normalisation first is built as described: paths, shapes, weights', async () => {
    const config = { ...plain, 'initial_block/filters': 4, 'body/block/se_block': { ratio: 2 } }
    const described = ResNet18.describe(config)
    const built = await ResNet18.build(config, { name: 'net', seed: 1 })
    const weights = built.layersModel.trainableWeights.reduce((sum, w) => sum + (w.shape as number[]).reduce((a, b) => a * b, 1), 0)
    expect(weights).to.equal(described.countParameters()).and.to.equal(built.parameterCount)
    const shapes = built.layers.map(layer => [layer.name, (layer.outputShape as number[]).slice(1)])
    // tfjs orders layers by depth, the description as they are computed.
    expect(new Map(shapes as never)).to.deep.equal(new Map(described.layers.map(({ path, shape }) => [path, shape])))
    expect(built.fetchNames).to.deep.equal(described.fetchNames)
    built.dispose()
  })
})
