/** `common/attention` in every row of the zoo: where it is added, how many parameters it has, what stays as it was. */
import { expect } from 'chai'
import { type LayerRow, models, type ZooName } from '../../../src/models.js'
import { needed, zooNames } from './facts.js'

type ConfigData = Readonly<Record<string, unknown>>

/** Parameters by the number of channels and of axes of positions. */
type Formula = (channels: number, axes: number) => number

const share = (channels: number, ratio: number) => Math.max(1, Math.floor(channels / ratio))
const norm = (channels: number) => 2 * channels
const dense = (from: number, to: number) => from * to + to
const conv = (from: number, to: number, kernel: number, axes: number) => from * to * kernel ** axes
const se: Formula = c => dense(c, share(c, 16)) + dense(share(c, 16), c)

const formulas: Readonly<Record<string, Formula>> = {
  se,
  eca: c => {
    const size = Math.floor((Math.log2(c) + 1) / 2)
    return size + ((size + 1) % 2)
  },
  cbam: (c, axes) => se(c, axes) + conv(2, 1, 7, axes) + norm(1),
  scse: (c, axes) => se(c, axes) + dense(c, 1),
  bam: (c, axes) => {
    const h = share(c, 16)
    const channels = dense(c, h) + norm(h) + dense(h, c)
    const positions = dense(c, h) + 2 * (conv(h, h, 3, axes) + h) + 3 * norm(h) + dense(h, 1)
    return channels + positions
  },
  ssa: c => 2 * (c * share(c, 8) + norm(share(c, 8))) + c * c + norm(c) + 1,
  mhsa: c => 4 * c * c + 4 * c,
}

/** Of images as large as published: more positions than mhsa takes by itself. */
const choices: Readonly<Record<string, unknown>> = { mhsa: { type: 'mhsa', max_positions: 1e6 } }

function layersOf(name: ZooName, more: ConfigData): readonly LayerRow[] {
  const { shape, classes } = models[name].row.published
  const inputs = { images: { shape: [...shape] }, labels: { classes, name: 'targets' } }
  const { inputs: _, ...own } = needed(name)
  return models[name].describe({ ...own, inputs, ...more }).layers
}

const few = { 'body/depth_factor': 0.01 }
const withoutAttention = (name: ZooName) => layersOf(name, { ...few, 'common/attention': null })

/** Rows with groups of blocks; of those that are the same network with one block per group, the first. */
const rows = new Map<string, ZooName>()
for (const name of zooNames.filter(one => models[one].row.family.shape.trunks.includes('body')).reverse()) {
  rows.set(JSON.stringify(withoutAttention(name)), name)
}

const count = (layers: readonly LayerRow[]) =>
  layers
    .flatMap(({ weights }) => weights.filter(one => one.trainable))
    .reduce((sum, { shape }) => sum + shape.reduce((a, b) => a * b, 1), 0)

/** What an expression finds in paths, once each. */
function findAll(layers: readonly LayerRow[], expression: RegExp): readonly string[] {
  const found = layers.map(({ path }) => expression.exec(path)?.[1])
  return [...new Set(found.filter(path => path !== undefined))]
}

/** The paths that attentions are at. */
const sitesOf = (layers: readonly LayerRow[], type: string) => findAll(layers, new RegExp(`^(.*?/${type})/`))
const blocksOf = (layers: readonly LayerRow[]) => findAll(layers, /^(body\/group-\d+\/block-\d+)/)

/** A formula over the shapes that attentions leave. */
function countBy(formula: Formula, layers: readonly LayerRow[], sites: readonly string[]): number {
  return sites
    .map(site => layers.findLast(({ path }) => path.startsWith(`${site}/`))!.shape)
    .reduce((sum, shape) => sum + formula(shape.at(-1)!, shape.length - 1), 0)
}

/** What is computed, with which weights. */
const withoutSites = (layers: readonly LayerRow[], sites: readonly string[]) =>
  layers
    .filter(({ path }) => !sites.some(site => path.startsWith(`${site}/`)))
    .map(({ path, shape, weights }) => ({ path, shape, weights }))

describe('attention by one key', () => {
  for (const name of [...rows.values()].sort()) {
    it(`${name}: each kind is added to each block and is all that is added, null removes the row's own`, () => {
      const plain = withoutAttention(name)
      for (const [type, formula] of Object.entries(formulas)) {
        expect(sitesOf(plain, type), `null, yet ${type}`).to.deep.equal([])
        const layers = layersOf(name, { ...few, 'common/attention': choices[type] ?? type })
        const sites = sitesOf(layers, type)
        expect(sites, type).to.deep.equal(blocksOf(layers).map(block => `${block}/${type}`))
        expect(withoutSites(layers, sites), type).to.deep.equal(withoutSites(plain, []))
        expect(count(layers) - count(plain), type).to.equal(countBy(formula, layers, sites))
      }
    })
  }

  it('letter S of a plain network is it', () => {
    const network = (layout: string, attention: unknown) =>
      layersOf('Network', { 'body/layout': layout, 'body/filters': 16, 'head/layout': 'Vf', 'common/attention': attention })
    const plain = network('cc', null)
    for (const [type, formula] of Object.entries(formulas)) {
      const layers = network('cScS', choices[type] ?? type)
      const sites = ['body/attention-0', 'body/attention-1']
      expect(withoutSites(layers, sites), type).to.deep.equal(withoutSites(plain, []))
      expect(count(layers) - count(plain), type).to.equal(countBy(formula, layers, sites))
    }
  })

  it('mhsa refuses too many positions, and heads that do not divide the channels', () => {
    const problemsOf = (attention: unknown, more: ConfigData = {}) => {
      const inputs = { images: { shape: [64, 64, 3] }, labels: { classes: 10 } }
      const { errors } = models.ResNet18.checkConfig({ inputs, stem: 'small', 'common/attention': attention, ...more })
      return errors.map(({ path, what, allowed }) => `${path.join('/')}: ${what}; ${allowed}`)
    }
    expect(problemsOf('mhsa')).to.deep.equal([
      'body/group-0/block-0/mhsa: mhsa over the 4096 positions of the shape [64, 64, 64]; ' +
        'at most 1024: fewer groups by attention_groups, or a larger max_positions',
    ])
    expect(problemsOf('mhsa', { 'body/attention_groups': [1, 2, 3] })).to.deep.equal([])
    expect(problemsOf({ type: 'mhsa', max_positions: 4096 })).to.deep.equal([])
    expect(problemsOf({ type: 'mhsa', heads: 7 }, { 'body/attention_groups': [3] })).to.deep.equal([
      'body/group-3/block-0/mhsa: 7 heads do not divide 512 channels; heads: a divisor of the channels',
    ])
  })

  it('se in every block of a residual network is its se_block', () => {
    for (const ratio of [16, 4]) {
      const written = { 'common/attention': { type: 'se', ratio } }
      const asBefore = { 'body/block/se_block': ratio === 16 ? true : { ratio } }
      expect(layersOf('ResNet18', written)).to.deep.equal(layersOf('ResNet18', asBefore))
      expect(layersOf('ResNet50', written)).to.deep.equal(layersOf('ResNet50', asBefore))
    }
    expect(layersOf('ResNet50', { 'common/attention': 'se' })).to.deep.equal(layersOf('SEResNet50', {}))
  })
})
