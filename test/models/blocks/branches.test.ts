/** Blocks of branches: which layers they add, of which shapes, and where strides go. No TensorFlow. */
import { expect } from 'chai'
import { describeModel } from '../../../src/models/zoo/describe.js'
import { ResNet } from '../../../src/models.js'

type ConfigData = Readonly<Record<string, unknown>>

/** A network with one block of branches on 9×9 positions of 4 channels; the block has 8 filters. */
const configOf = (block: ConfigData, more: ConfigData = {}): ConfigData => ({
  inputs: { images: { shape: [9, 9, 3] }, labels: { classes: 2, name: 'targets' } },
  initial_block: { layout: 'c', filters: 4, kernel_size: 3, strides: 1 },
  'common/conv/use_bias': false,
  'body/num_blocks': [1],
  'body/filters': [8],
  'body/block': { type: 'branches', ...block },
  ...more,
})
const describeBlock = (block: ConfigData, more: ConfigData = {}) => {
  const prefix = 'body/group-0/block-0/'
  const { layers } = ResNet.describe(configOf(block, more))
  return layers.filter(({ path }) => path.startsWith(prefix)).map(layer => ({ ...layer, path: layer.path.slice(prefix.length) }))
}
/** Path: shape, e.g. `branch-0/conv: 9 9 8`. */
const shapesOf = (block: ConfigData, more: ConfigData = {}) =>
  describeBlock(block, more).map(({ path, shape }) => `${path}: ${shape.join(' ')}`)
const countOf = (block: ConfigData, more: ConfigData = {}) =>
  describeBlock(block, more)
    .flatMap(({ weights }) => weights)
    .filter(({ trainable }) => trainable)
    .reduce((sum, { shape }) => sum + shape.reduce((size, n) => size * n, 1), 0)
const errorOf = (block: ConfigData, more: ConfigData = {}) => {
  const [error] = ResNet.checkConfig(configOf(block, more)).errors
  return error && `${error.path.join('/')}: ${error.what}`
}

const one = { layout: 'c', kernel_size: 1 }
const three = { layout: 'c' }

describe('a block of branches', () => {
  const layouts: readonly (readonly [string, ConfigData, readonly string[]])[] = [
    ['concatenates them', { branches: [one, three] }, ['branch-0/conv: 9 9 8', 'branch-1/conv: 9 9 8', 'concat: 9 9 16']],
    ['sums them', { combine: 'sum', branches: [one, three] }, ['branch-0/conv: 9 9 8', 'branch-1/conv: 9 9 8', 'sum: 9 9 8']],
    ['is a layout if there is one', { branches: [three] }, ['branch-0/conv: 9 9 8']],
    ['keeps its input as a branch without a layout', { branches: [{}, three] }, ['branch-1/conv: 9 9 8', 'concat: 9 9 12']],
    [
      'squeezes first',
      { squeeze: { layout: 'ca', kernel_size: 1, filters: 2 }, branches: [one, {}] },
      ['squeeze/conv: 9 9 2', 'squeeze/activation: 9 9 2', 'branch-0/conv: 9 9 8', 'concat: 9 9 10'],
    ],
    [
      "takes shares of the trunk's filters",
      {
        branches: [
          { ...one, share: 0.25 },
          { ...three, share: 0.75 },
        ],
      },
      ['branch-0/conv: 9 9 2', 'branch-1/conv: 9 9 6', 'concat: 9 9 8'],
    ],
    [
      'forks at the end of a branch',
      { branches: [one, { ...one, filters: 2, branches: [three, { ...three, branches: [one, { layout: 'p', pool_size: 3 }] }] }] },
      [
        'branch-0/conv: 9 9 8',
        'branch-1/conv: 9 9 2',
        'branch-1/branch-0/conv: 9 9 8',
        'branch-1/branch-1/conv: 9 9 8',
        'branch-1/branch-1/branch-0/conv: 9 9 8',
        'branch-1/branch-1/branch-1/pool: 9 9 8',
        'branch-1/branch-1/concat: 9 9 16',
        'branch-1/concat: 9 9 24',
        'concat: 9 9 32',
      ],
    ],
    [
      'adds branches of a fork up, if it says so',
      { branches: [{ ...one, combine: 'sum', branches: [three, three] }] },
      ['branch-0/conv: 9 9 8', 'branch-0/branch-0/conv: 9 9 8', 'branch-0/branch-1/conv: 9 9 8', 'branch-0/sum: 9 9 8'],
    ],
    [
      'is added to its input after a 1×1 convolution and a scale',
      { residual: true, scale: 0.5, post_activation: 'relu', branches: [one, three] },
      [
        'branch-0/conv: 9 9 8',
        'branch-1/conv: 9 9 8',
        'concat: 9 9 16',
        'residual/conv: 9 9 4',
        'residual/scale: 9 9 4',
        'residual/sum: 9 9 4',
        'post/activation: 9 9 4',
      ],
    ],
  ]
  for (const [what, block, wanted] of layouts) it(what, () => expect(shapesOf(block)).to.deep.equal(wanted))

  it('is added to its input with attention and drop path before the sum, without a scale of 1', () => {
    const paths = describeBlock({ residual: true, attention: 'eca', branches: [one] }, { 'body/drop_path': { rate: 0.2, first: 0.1 } })
      .map(({ path }) => path)
      .filter(path => !path.startsWith('branch'))
    expect(paths[0]).to.equal('residual/conv')
    expect(paths.slice(-2)).to.deep.equal(['residual/drop-path', 'residual/sum'])
    expect(paths.slice(1, -2)).to.satisfy((all: string[]) => all.length > 0 && all.every(path => path.startsWith('eca/')))
  })

  it('has a bias in the 1×1 convolution of a residual block alone', () => {
    expect(countOf({ branches: [one] })).to.equal(4 * 8)
    expect(countOf({ residual: true, branches: [one] })).to.equal(4 * 8 + 8 * 4 + 4)
  })

  it('has the attention of all blocks after the combination', () => {
    const layers = describeBlock({ branches: [one, three] }, { 'common/attention': { type: 'se', ratio: 4 } })
    const at = layers.findIndex(({ path }) => path === 'concat')
    expect(layers.slice(at + 1).every(({ path }) => path.startsWith('se/'))).to.equal(true)
    expect(layers.at(-1)!.shape).to.deep.equal([9, 9, 16])
    expect(countOf({ branches: [one, three] }, { 'common/attention': { type: 'se', ratio: 4 } })).to.equal(
      countOf({ branches: [one, three] }) + 2 * 16 * 4 + 4 + 16,
    )
  })

  it('widens the filters of its own, and those of the trunk', () => {
    const block = {
      squeeze: { ...one, filters: 6 },
      branches: [{ ...three, filters: 10 }, { layout: 'c c', kernel_size: [1, 3], filters: [2, 4] }, one],
    }
    const factors = { 'body/width_factor': 2, 'body/width_divisor': 2 }
    const channels = describeBlock(block, factors).map(({ path, shape }) => [path, shape.at(-1)])
    expect(channels).to.deep.equal([
      ['squeeze/conv', 12],
      ['branch-0/conv', 20],
      ['branch-1/conv-0', 4],
      ['branch-1/conv-1', 8],
      ['branch-2/conv', 16],
      ['concat', 44],
    ])
  })

  describe('with a stride', () => {
    const stride = { 'body/strides': [2] }
    const strides: readonly (readonly [string, ConfigData, readonly string[]])[] = [
      ['pools', { layout: 'p', pool_size: 3 }, ['pool: 5 5 4']],
      ['pools before a convolution', { layout: 'v c', pool_size: 3 }, ['mean-pool: 5 5 4', 'conv: 5 5 8']],
      [
        'takes the last of its largest kernels',
        { layout: 'ccc', kernel_size: [1, 3, 3] },
        ['conv-0: 9 9 8', 'conv-1: 9 9 8', 'conv-2: 5 5 8'],
      ],
      [
        'takes 3×3 rather than 1×7',
        { layout: 'ccc', kernel_size: [[1, 7], [7, 1], 3] },
        ['conv-0: 9 9 8', 'conv-1: 9 9 8', 'conv-2: 5 5 8'],
      ],
      ['leaves it to a fork if it has no layer for it', { branches: [three] }, ['branch-0/conv: 5 5 8']],
      ['leaves none to a fork otherwise', { ...three, branches: [three] }, ['conv: 5 5 8', 'branch-0/conv: 5 5 8']],
      ['loses positions without padding', { layout: 'cc', padding: ['same', 'valid'] }, ['conv-0: 9 9 8', 'conv-1: 4 4 8']],
      ['pools without padding', { layout: 'cp', pool_size: 3, pool_padding: 'valid' }, ['conv: 9 9 8', 'pool: 4 4 8']],
    ]
    for (const [what, branch, wanted] of strides) {
      it(`a branch ${what}`, () => expect(shapesOf({ branches: [branch] }, stride)).to.deep.equal(wanted.map(line => `branch-0/${line}`)))
    }

    it('a squeeze has none', () => {
      expect(shapesOf({ squeeze: three, branches: [three] }, stride)).to.deep.equal(['squeeze/conv: 9 9 8', 'branch-0/conv: 5 5 8'])
    })
  })

  it('keeps its positions where output_stride turns its stride into dilation, also without padding', () => {
    const config = {
      inputs: { images: { shape: [64, 64, 3] }, labels: { classes: 2, name: 'targets' } },
      initial_block: { layout: 'c', filters: 4, kernel_size: 3, strides: 8 },
      'body/num_blocks': [1, 1],
      'body/strides': [2, 2],
      'body/output_stride': 8,
      'body/block': {
        type: 'branches',
        branches: [
          { layout: 'c', padding: 'valid' },
          { layout: 'p', pool_size: 3, pool_padding: 'valid' },
        ],
      },
    }
    const shapes = ResNet.describe(config)
      .layers.filter(({ path }) => path.startsWith('body/'))
      .map(({ shape }) => shape.slice(0, 2))
    expect(shapes).to.have.lengthOf(6)
    for (const shape of shapes) expect(shape).to.deep.equal([8, 8])
  })

  it('multiplies the dilation of each branch by that of output_stride, but for 1×1 convolutions', () => {
    const block = { branches: [one, { ...three, dilation_rate: 2 }, { layout: 'cc', kernel_size: [1, 3] }] }
    const body = { 'body/num_blocks': [1, 1], 'body/filters': [8, 8], 'body/strides': [2, 1], 'body/output_stride': 8 }
    const { plan } = describeModel('ResNet', ResNet.row, configOf(block, { ...body, 'initial_block/strides': 8 }))
    const dilations = plan.nodes.flatMap(({ path, spec }) =>
      path.startsWith('body/group-1') && spec.type === 'conv' ? [spec.dilationRate] : [],
    )
    expect(dilations).to.deep.equal([
      [1, 1],
      [4, 4],
      [1, 1],
      [2, 2],
    ])
  })

  describe('reports', () => {
    const errors: readonly (readonly [string, ConfigData, string])[] = [
      ['a misspelt key of a branch', { branches: [one, { kernel: 1 }] }, 'body/block/branches/1/kernel: there is no key kernel'],
      [
        'a misspelt key at any depth',
        { branches: [{ branches: [{ branches: [{ branches: [{ layot: 'c' }] }] }] }] },
        'body/block/branches/0/branches/0/branches/0/branches/0/layot: there is no key layot',
      ],
      ['a misspelt key of the squeeze', { squeeze: { filter: 2 }, branches: [one] }, 'body/block/squeeze/filter: there is no key filter'],
      ['filters and a share of them', { branches: [{ ...one, filters: 2, share: 0.5 }] }, 'body/block/branches/0: filters and share'],
      ['no branches', {}, 'body/group-0/block-0/branches: the branches are missing'],
      [
        'branches of several sizes',
        { branches: [three, { ...three, padding: 'valid' }] },
        'body/group-0/block-0: its branches have the shapes [9, 9, 8], [7, 7, 8]',
      ],
      [
        'a sum of several shapes',
        { combine: 'sum', branches: [three, {}] },
        'body/group-0/block-0: its branches have the shapes [9, 9, 8], [9, 9, 4]',
      ],
      [
        'a residual block that loses positions',
        { residual: true, branches: [{ ...three, padding: 'valid' }] },
        'body/group-0/block-0: its branches have the shape [7, 7, 8]',
      ],
      [
        'more paddings than layers',
        { branches: [{ ...three, padding: ['same', 'valid'] }] },
        'body/group-0/block-0/branch-0/padding: a list of 2',
      ],
    ]
    for (const [what, block, wanted] of errors) it(what, () => expect(errorOf(block)).to.include(wanted))
  })
})
