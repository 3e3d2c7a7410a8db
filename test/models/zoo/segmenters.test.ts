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

const hidden = (channels: number) => Math.max(1, Math.floor(channels / 16))
const se = (channels: number) => 2 * channels * hidden(channels) + hidden(channels) + channels
/** Parameters of attentions by the channels. */
const formulas = {
  se,
  scse: (channels: number) => se(channels) + channels + 1,
  cbam: (channels: number) => se(channels) + 2 * 49 + 2,
}

interface Problem {
  readonly config: Config
  readonly row?: ZooName
  readonly problem: string
}

const problems: readonly Problem[] = [
  {
    config: { 'encoder/model': 'ViTTiny' },
    problem: 'encoder: the encoder returns the shape [13, 192], without the positions of the input',
  },
  { config: { stem: 'small' }, problem: 'stem: stem does nothing without encoder/model' },
  {
    config: { 'encoder/model': 'ResNet35' },
    problem: 'encoder/model: "ResNet35" cannot be used for a classifier, of which this part and the initial block are taken',
  },
  { config: { 'encoder/at': [3] }, problem: 'encoder/at: the encoder has nothing at the stride 3' },
  { config: { 'decoder/skip/at': [32] }, problem: 'decoder/skip/at: the encoder has nothing at the stride 32' },
  {
    config: { 'decoder/combine/resize': 'error' },
    problem: 'decoder/combine/resize: a step has 6×8 positions, where the encoder has 5×7',
  },
  { row: 'FCN8', config: { 'decoder/filters': 8 }, problem: 'decoder/filters: a decoder of the type scores has no key filters' },
  { row: 'FPN', config: { 'decoder/filters': [8] }, problem: 'decoder/filters: the levels of a pyramid have equal widths' },
  {
    config: { 'decoder/combine/op': 'sum', 'decoder/filters': [8, 8, 8, 8] },
    problem: 'decoder/combine/op: sum of tensors of 8 and 512 channels',
  },
  { config: { 'encoder/block/attention': 'gate' }, problem: 'encoder/group-0/block-0/gate: gate compares two tensors' },
  {
    row: 'PSPNet',
    config: { 'head/resize': false },
    problem: 'head/resize: the network returns 5×7 positions, where the masks have 37×53',
  },
  {
    config: { 'decoder/order': ['block'] },
    problem: 'decoder/filters: steps without upsampling do not end by themselves',
  },
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

  it('reads the paths that BatchFlow had, with a note for each', () => {
    const old = {
      body: { encoder: { base_class: 'ResNet18', num_blocks: [1, 1, 1, 1] }, decoder: { filters: [8, 8, 8, 8, 8] } },
      'body/embedding': null,
    }
    const { errors, notes } = models.UNet.checkConfig({ inputs: inputs(64, 64), ...old })
    expect(errors).to.deep.equal([])
    expect(notes.map(({ what }) => what)).to.deep.equal([
      'body/encoder/base_class is the old name of encoder/model',
      'body/encoder is the old name of encoder',
      'body/embedding is the old name of embedding',
      'body/decoder is the old name of decoder',
    ])
    const today = { encoder: { model: 'ResNet18', num_blocks: [1, 1, 1, 1] }, decoder: { filters: [8, 8, 8, 8, 8] }, embedding: null }
    expect(describeRow('UNet', old).summary()).to.equal(describeRow('UNet', today).summary())
  })

  for (const { config, row = 'UNet', problem } of problems) {
    it(`refuses ${JSON.stringify(config)}`, () => {
      const { errors } = models[row].checkConfig({ inputs: inputs(37, 53), ...config })
      expect(errors.map(({ path, what }) => `${path.join('/')}: ${what}`)).to.deep.equal([problem])
    })
  }

  it('suggests the classifier that was meant', () => {
    const { errors } = models.UNet.checkConfig({ inputs: inputs(64, 64), 'encoder/model': 'ResNet35' })
    expect(errors.map(({ fix }) => fix)).to.deep.equal(['Did you mean ResNet34?'])
  })

  it('common/attention goes to every block of encoder and decoder', () => {
    const [plain, attended] = [describeRow('UNet'), describeRow('UNet', { 'common/attention': 'se' })]
    const blocks = [64, 128, 256, 512, 512, 256, 128, 64]
    expect(attended.countParameters() - plain.countParameters()).to.equal(blocks.reduce((sum, channels) => sum + se(channels), 0))
    expect(attended.fetchNames).to.include.members(['encoder/group-1/block-0/se', 'decoder/group-2/block-0/se'])
    expect(attended.layers.at(-1)!.shape).to.deep.equal(plain.layers.at(-1)!.shape)
  })

  for (const row of segmenters) {
    it(`common/attention in ${row} adds what its formula says for each block, and keeps the shapes`, () => {
      const plain = describeRow(row, {}, [32, 32])
      const isBlock = (path: string) => /^(encoder|decoder)\/.*block-\d+$/.test(path)
      for (const [type, formula] of Object.entries(formulas)) {
        const attended = describeRow(row, { 'common/attention': type }, [32, 32])
        const outputs = attended.layers.filter(({ path }) => path.endsWith(`/${type}/scale`) || path.endsWith(`/${type}/sum`))
        expect(outputs.length).to.equal(plain.fetchNames.filter(isBlock).length)
        const added = outputs.reduce((sum, { shape }) => sum + formula(shape.at(-1)!), 0)
        expect(attended.countParameters() - plain.countParameters()).to.equal(added)
        expect(attended.layers.at(-1)!.shape).to.deep.equal(plain.layers.at(-1)!.shape)
      }
    })
  }

  it('takes signals of one axis, too', () => {
    const signals = { signals: { shape: [50, 2] }, masks: { shape: [50, 3], name: 'targets' } }
    for (const row of ['UNet', 'LinkNet', 'DeepLabV3Plus'] as const) {
      expect(models[row].describe({ inputs: signals }).layers.at(-1)!.shape).to.deep.equal([50, 3])
    }
  })

  it('a gate compares what the encoder has with what is decoded', () => {
    const gated = describeRow('UNet', { 'decoder/skip/attention': 'gate' })
    const gate = (channels: number) => 2 * (channels * (channels / 2) + channels / 2) + channels / 2 + 1
    const added = [512, 256, 128, 64].reduce((sum, channels) => sum + gate(channels), 0)
    expect(gated.countParameters()).to.equal(31_046_741 + added)
    expect(gated.fetchNames).to.include('decoder/group-0/skip/gate')
  })

  it('feature-pyramid attention has the parameters of segmentation-models-pytorch', () => {
    // FPABlock(64, 64)
    const fpa = { 'encoder/filters': [64, 64, 64, 64], decoder: null }
    const counts = [null, { attention: 'fpa' }].map(embedding => count('UNetResNet18', { ...fpa, embedding }))
    expect(counts[1]! - counts[0]!).to.equal(11_847)
  })
})
