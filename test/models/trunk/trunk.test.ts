/** What the keys of a trunk make of its groups. */
import { expect } from 'chai'
import { type ModelDescription, models, type ZooName } from '../../../src/models.js'

type ConfigData = Readonly<Record<string, unknown>>
type Layers = ModelDescription['layers']

const inputs = { images: { shape: [32, 32, 3] }, labels: { classes: 10, name: 'targets' } }
const describeRow = (name: ZooName, config: ConfigData = {}) => models[name].describe({ inputs, stem: 'small', ...config })
const two = { 'body/num_blocks': [2, 2], 'body/filters': [8, 16], 'initial_block/filters': 8 }
const layersOf = (config: ConfigData = {}): Layers => describeRow('ResNet', { ...two, ...config }).layers
const at = (layers: Layers, path: string) => layers.filter(layer => layer.path.startsWith(`${path}/`))
const endOf = (layers: Layers, path: string) => at(layers, path).at(-1)!.shape
const problemOf = (config: ConfigData, name: ZooName = 'ResNet') => models[name].checkConfig({ inputs, ...two, ...config }).errors[0]!
const specsOf = (layers: Layers, type: string) =>
  layers.flatMap(layer => {
    const { spec } = layer as unknown as { spec: { readonly type: string } & ConfigData }
    return spec.type === type ? [{ path: layer.path, ...spec } as { readonly path: string } & ConfigData] : []
  })

describe('a trunk', () => {
  it('halves the size from group to group, unless strides say otherwise', () => {
    expect([0, 1].map(group => endOf(layersOf(), `body/group-${group}`))).to.deep.equal([
      [32, 32, 8],
      [16, 16, 16],
    ])
    expect([0, 1].map(group => endOf(layersOf({ 'body/strides': [2, 1] }), `body/group-${group}`))).to.deep.equal([
      [16, 16, 8],
      [16, 16, 16],
    ])
  })

  it('doubles the filters of the initial block, or takes those of groups, or of single blocks', () => {
    const blocks = ['group-0/block-0', 'group-0/block-1', 'group-1/block-0', 'group-1/block-1']
    const widths = (config: ConfigData) => blocks.map(block => endOf(layersOf(config), `body/${block}`).at(-1))
    expect(widths({ 'body/filters': undefined })).to.deep.equal([8, 8, 16, 16])
    expect(widths({ 'body/filters': [4, 6] })).to.deep.equal([4, 4, 6, 6])
    expect(widths({ 'body/filters': [[4, 5], 6] })).to.deep.equal([4, 5, 6, 6])
    expect(widths({ 'body/filters': undefined, 'body/widening': 3 })).to.deep.equal([11, 14, 17, 20])
  })

  it('multiplies widths by width_factor, to multiples that keep nine tenths of them, and blocks by depth_factor', () => {
    const wide = (factor: number) => endOf(layersOf({ 'body/filters': [16, 40], 'body/width_factor': factor }), 'body/group-1').at(-1)
    // 40 × 0.5 = 20 → 24; 40 × 0.33 = 13.2 → 16; 40 × 1.5 = 60 → 64
    expect([0.5, 0.33, 1.5].map(wide)).to.deep.equal([24, 16, 64])
    const deep = layersOf({ 'body/depth_factor': 1.4 })
    expect(at(deep, 'body/group-1/block-2')).not.to.deep.equal([])
    expect(at(deep, 'body/group-1/block-3')).to.deep.equal([])
  })

  it('changes single groups by by_group, and single blocks of them by by_block', () => {
    const layers = layersOf({ 'body/by_group': [{ groups: 2 }, { by_block: [{}, { attention: 'eca' }] }] })
    expect(specsOf(at(layers, 'body/group-0'), 'conv').some(({ groups }) => groups === 2)).to.equal(true)
    expect(specsOf(at(layers, 'body/group-1'), 'conv').every(({ groups }) => groups === 1)).to.equal(true)
    expect(at(layers, 'body/group-1/block-0/eca')).to.deep.equal([])
    expect(at(layers, 'body/group-1/block-1/eca')).not.to.deep.equal([])
  })

  it('puts attention into each block, into those of some groups, or at the end of each group', () => {
    const blocks = (config: ConfigData) =>
      layersOf(config).flatMap(({ path }) => (path.endsWith('/se/scale') ? [path.slice('body/'.length, -'/se/scale'.length)] : []))
    const all = ['group-0/block-0', 'group-0/block-1', 'group-1/block-0', 'group-1/block-1']
    expect(blocks({ 'common/attention': true })).to.deep.equal(all)
    expect(blocks({ 'body/block/attention': { type: 'se', ratio: 2 } })).to.deep.equal(all)
    expect(blocks({ 'common/attention': 'se', 'body/attention_groups': [1] })).to.deep.equal(all.slice(2))
    expect(blocks({ 'body/attention': 'se' })).to.deep.equal(['group-0', 'group-1'])
  })

  it('replaces the attention of a row by that of all parts, which null takes away', () => {
    const kinds = (attention: unknown) => [
      ...new Set(
        describeRow('EfficientNetB0', { 'common/attention': attention }).layers.flatMap(({ path }) => /\/(se|eca)\//.exec(path)?.[1] ?? []),
      ),
    ]
    expect(kinds('eca')).to.deep.equal(['eca'])
    expect(kinds(null)).to.deep.equal([])
    expect(kinds(undefined)).to.deep.equal(['se'])
  })

  it('takes none of the row’s keys with another kind of block, nor what the row says of single groups', () => {
    const config = { inputs, stem: 'small', 'body/num_blocks': [1, 1, 1, 1, 1], 'body/block': { type: 'dense', growth_rate: 8 } }
    const { layers } = models.VGG16.describe(config)
    expect(at(layers, 'body/group-0/block-0').map(({ path }) => path.split('/').at(-1))).to.include('concat')
    const mobile = { 'body/by_group': null, 'body/block/hidden': 24 }
    expect(at(describeRow('MobileNetV3Small', mobile).layers, 'body/group-3/block-0/se')).to.deep.equal([])
    const { config: complete, summary } = models.MobileNetV3Small.describe({ inputs, ...mobile })
    expect(models.MobileNetV3Small.describe(complete).summary()).to.equal(summary())
  })

  it('drops paths at rates that grow in a line over all blocks', () => {
    const rates = (drop_path: unknown) => specsOf(layersOf({ 'body/drop_path': drop_path }), 'dropPath').map(({ rate }) => rate)
    expect(rates(0)).to.deep.equal([])
    // The first block, at the rate 0, drops nothing.
    expect((rates(0.3) as number[]).map(rate => Math.round(rate * 1e6) / 1e6)).to.deep.equal([0.1, 0.2, 0.3])
    expect((rates({ rate: 0.4, first: 0.1 }) as number[]).map(rate => Math.round(rate * 1e6) / 1e6)).to.deep.equal([0.1, 0.2, 0.3, 0.4])
  })

  it('keeps positions from output_stride on: strides become dilations of the layers after', () => {
    const images = { images: { shape: [64, 64, 3] }, labels: { classes: 10, name: 'targets' } }
    const layers = models.ResNet50.describe({ inputs: images, 'body/output_stride': 8 }).layers
    expect([0, 1, 2, 3].map(group => endOf(layers, `body/group-${group}`).slice(0, 2))).to.deep.equal([
      [16, 16],
      [8, 8],
      [8, 8],
      [8, 8],
    ])
    const dilations = specsOf(layers, 'conv').filter(({ kernelSize }) => (kernelSize as number[])[0] === 3)
    const found = new Map(dilations.map(({ path, dilationRate }) => [path.replace(/\/conv-1$/, ''), (dilationRate as number[])[0]]))
    // As torchvision's: the block at the limit has the dilation of the one before.
    expect(found.get('body/group-2/block-0')).to.equal(1)
    expect(found.get('body/group-2/block-1')).to.equal(2)
    expect(found.get('body/group-3/block-0')).to.equal(2)
    expect(found.get('body/group-3/block-1')).to.equal(4)
  })

  it('puts layers between the groups, or after each, in place of strides', () => {
    const pooled = (place: string) => {
      const layers = layersOf({ 'body/downsample': { layout: 'v', place } })
      return [0, 1].map(group => [at(layers, `body/group-${group}/downsample`).length, endOf(layers, `body/group-${group}`)[0]])
    }
    expect(pooled('between')).to.deep.equal([
      [1, 16],
      [0, 16],
    ])
    expect(pooled('after')).to.deep.equal([
      [1, 16],
      [1, 8],
    ])
    const reduced = layersOf({ 'body/downsample': { layout: 'c', kernel_size: 1, strides: 2, reduction: 0.5 } })
    expect(endOf(reduced, 'body/group-0/downsample')).to.deep.equal([16, 16, 4])
  })

  const mistakes: readonly (readonly [what: string, config: ConfigData, path: string, name?: ZooName])[] = [
    ['another number of filters than groups', { 'body/filters': [8] }, 'body/filters'],
    ['another number of filters than blocks', { 'body/filters': [[8], 16] }, 'body/filters'],
    ['another number of strides than groups', { 'body/strides': [1] }, 'body/strides'],
    ['another number of entries than groups', { 'body/by_group': [{}] }, 'body/by_group'],
    ['a group that there is not', { 'body/attention_groups': [2] }, 'body/attention_groups'],
    ['a key of another kind of block', { 'body/block/expansion': 4 }, 'body/block/expansion'],
    ['attention twice', { 'body/block/attention': 'se', 'body/block/se_block': true }, 'body/block/se_block'],
    ['filters where blocks have widths of their own', { 'body/num_blocks': [2, 2, 2, 2] }, 'body/filters', 'DenseNet121'],
  ]
  for (const [what, config, path, name] of mistakes) {
    it(`refuses ${what}, at its key`, () => {
      expect(problemOf(config, name).path.join('/')).to.equal(path)
      expect(problemOf(config, name).allowed).to.be.a('string')
    })
  }
})
