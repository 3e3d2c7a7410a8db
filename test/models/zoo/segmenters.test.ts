/** Segmenters as they are described, without TensorFlow. */
import { expect } from 'chai'
import type { PlanNode } from '../../../src/models/plan/plan.js'
import { describeModel } from '../../../src/models/zoo/describe.js'
import { models, type ZooName } from '../../../src/models.js'
import { segmenterCounts } from './segmenter-counts.js'

type Config = Readonly<Record<string, unknown>>

const inputs = (height: number, width: number, classes = 21) => ({
  images: { shape: [height, width, 3] },
  masks: { shape: [height, width, classes], name: 'targets' },
})
const describeRow = (row: ZooName, config: Config = {}, [height, width] = [224, 224]) =>
  models[row].describe({ inputs: inputs(height!, width!), ...config })
const count = (row: ZooName, config: Config = {}) => describeRow(row, config).countParameters()

/** The plan of a network, its layers by path. */
function planOf(row: ZooName, config: Config = {}, [height, width] = [224, 224]): (path: string) => PlanNode {
  const { plan } = describeModel(row, models[row].row, { inputs: inputs(height!, width!), ...config })
  const nodes = new Map(plan.nodes.map(node => [node.path, node]))
  return path => nodes.get(path) ?? nodes.get(plan.blocks.get(path)!)!
}

/** Parameters of groups of a classifier's body. */
function countGroups(model: ZooName, groups: readonly number[]): number {
  const parts = models[model].describe({ inputs: { images: { shape: [224, 224, 3] } }, 'head/units': 1 }).countByPart()
  const wanted = groups.map(group => `body/group-${group}`)
  return parts.filter(({ part }) => wanted.includes(part)).reduce((sum, { parameters }) => sum + parameters, 0)
}

/** What an encoder hands on: stride → channels, read off what the steps of a decoder take. */
function tapsOf(model: ZooName): Readonly<Record<number, number>> {
  const node = planOf('UNet', { 'encoder/model': model, embedding: null })
  const taps: Record<number, number> = {}
  const note = ({ shape: [height, , channels] }: PlanNode) => {
    taps[224 / height!] = channels!
  }
  note(node('encoder'))
  for (let group = 0; node(`decoder/group-${group}`); group++) {
    const concat = node(`decoder/group-${group}/concat`)
    if (concat) note(node(concat.inputs[1]!))
  }
  return taps
}

/** As timm's `features_only` returns them. */
const taps: readonly (readonly [ZooName, Readonly<Record<number, number>>])[] = [
  ['ResNet34', { 2: 64, 4: 64, 8: 128, 16: 256, 32: 512 }],
  ['EfficientNetB0', { 2: 16, 4: 24, 8: 40, 16: 112, 32: 320 }],
  ['MobileNetV2', { 2: 16, 4: 24, 8: 32, 16: 96, 32: 320 }],
  ['DenseNet121', { 2: 64, 4: 256, 8: 512, 16: 1024, 32: 1024 }],
  ['ConvNeXtTiny', { 4: 96, 8: 192, 16: 384, 32: 768 }],
  ['VGG16', { 1: 64, 2: 128, 4: 256, 8: 512, 16: 512, 32: 512 }],
]

const segmenters = (Object.keys(models) as ZooName[]).filter(name => 'decoder' in models[name].row.family.shape.keys.table)

describe('segmenters', () => {
  for (const { row, config = {}, parameters, unused } of segmenterCounts) {
    it(`${row} ${JSON.stringify(config)} has the published number of parameters`, () => {
      expect(count(row, config) + (unused ? countGroups(unused.model, unused.groups) : 0)).to.equal(parameters)
    })
  }

  for (const [model, channels] of taps) {
    it(`${model} hands on the last tensor at each size`, () => {
      expect(tapsOf(model)).to.deep.equal(channels)
    })
  }

  for (const row of segmenters) {
    it(`${row} returns masks of the size of any image`, () => {
      const { layers, config } = describeRow(row, {}, [37, 53])
      expect(layers.at(-1)!.shape).to.deep.equal([37, 53, 21])
      expect(describeRow(row, config, [37, 53]).layers).to.deep.equal(layers)
    })
  }

  it('names parts, groups, and the layers of a step', () => {
    const { fetchNames, countByPart } = describeRow('UNet', { 'decoder/skip': { layout: 'ca', filters: 8 } })
    expect(fetchNames).to.include.members(['encoder', 'embedding', 'decoder', 'head'])
    expect(fetchNames).to.include.members(['encoder/group-3/block-0', 'encoder/group-3/downsample', 'decoder/group-0'])
    expect(fetchNames).to.include.members(['decoder/group-0/upsample', 'decoder/group-0/skip', 'decoder/group-0/block-0'])
    expect(countByPart().map(({ part }) => part)).to.include.members(['encoder/group-0', 'embedding', 'decoder/group-3', 'head'])
  })
})
