/** Each key of a segmenter's parts changes the network. */
import { expect } from 'chai'
import { ownBlocks } from '../../../src/models/blocks/types/table.js'
import { convolutionKeys, layerKeys, layoutKeys } from '../../../src/models/config/layout-keys.js'
import { combineOptions, decoderKeys, headKeys, skipOptions, upsampleOptions } from '../../../src/models/decoders/keys.js'
import { trunkKeys } from '../../../src/models/trunk/keys.js'
import { describeModel } from '../../../src/models/zoo/describe.js'
import { segmenter } from '../../../src/models/zoo/segmenter.js'
import { models } from '../../../src/models.js'
import type { Options, OptionTable } from '../../../src/options/index.js'
import { errorOf } from '../small.js'

type Config = Readonly<Record<string, unknown>>

const inputs = { images: { shape: [13, 19, 3] }, masks: { shape: [13, 19, 5], name: 'targets' } }
const small = { 'encoder/num_blocks': [1, 1], 'encoder/filters': [4, 6], 'embedding/filters': 8 }
/** Every layer, and what is added to the loss. */
function networkOf(config: Config = {}): string {
  const { nodes, penalties } = describeModel('UNet', models.UNet.row, { inputs, ...small, ...config }).plan
  return JSON.stringify({ nodes, penalties })
}

interface Change {
  readonly value: unknown
  /** What the key needs to do anything. */
  readonly on?: Config
}

const projected = { 'decoder/skip/layout': 'c' }

const changes: Readonly<Record<string, Change>> = {
  'encoder/model': { value: 'ResNet18', on: { 'encoder/filters': [4, 4, 6, 6], 'encoder/num_blocks': [1, 1, 1, 1] } },
  'encoder/at': { value: [1, 2] },
  'encoder/common': { value: { conv: { use_bias: false } } },
  'encoder/initial_block': { value: { filters: 3 }, on: { 'encoder/model': 'ResNet18' } },
  'encoder/body': { value: { block: { attention: 'se' } }, on: { 'encoder/model': 'ResNet18' } },
  embedding: { value: null },
  decoder: { value: null },
  'decoder/type': { value: 'nested' },
  'decoder/filters': { value: [6, 5] },
  'decoder/order': { value: ['upsampling', 'block', 'combine'] },
  'decoder/upsample': { value: { layout: 'N' } },
  'decoder/upsample/layout': { value: 'b' },
  'decoder/upsample/factor': { value: 4 },
  'decoder/upsample/reduction': { value: 0.5, on: { 'decoder/upsample/layout': 'ctc' } },
  'decoder/combine': { value: { op: 'sum' }, on: projected },
  'decoder/combine/op': { value: 'sum', on: projected },
  'decoder/combine/resize': { value: 'bilinear' },
  'decoder/combine/attention': { value: 'se' },
  'decoder/skip': { value: null },
  'decoder/skip/layout': { value: 'cna' },
  'decoder/skip/attention': { value: 'gate' },
  'decoder/skip/at': { value: [1] },
  'decoder/block': { value: null },
  'decoder/attention': { value: 'scse' },
  'head/resize': { value: false, on: { decoder: null } },
}

/** Keys of the blocks that are made for an embedding. */
const embeddings = {
  aspp: { rates: [2], separable: true },
  pyramid_pooling: { levels: [1, 2] },
  gaussian: { kernel_size: 3, kl_weight: 0.5 },
} as const

const own = (table: OptionTable, inherited: OptionTable, path: string) =>
  Object.keys(table)
    .filter(key => !Object.hasOwn(inherited, key))
    .map(key => `${path}/${key}`)
const layers = { ...convolutionKeys, ...layerKeys }
const encoder = segmenter.keys.table.encoder!.type as Options

describe('the keys of a segmenter', () => {
  it('are all in this table', () => {
    const all = [
      'embedding',
      'decoder',
      ...own(encoder.table, trunkKeys, 'encoder'),
      ...own(decoderKeys, {}, 'decoder'),
      ...own(upsampleOptions.table, layers, 'decoder/upsample'),
      'decoder/upsample/factor',
      ...own(combineOptions.table, {}, 'decoder/combine'),
      ...own(skipOptions.table, layers, 'decoder/skip'),
      ...own(headKeys, layoutKeys, 'head'),
    ]
    expect(Object.keys(changes)).to.have.members(all)
  })

  for (const [key, { value, on = {} }] of Object.entries(changes)) {
    it(`${key} changes the network`, async () => {
      const before = networkOf(on)
      const changed = () => networkOf({ ...on, [key]: value })
      // Masks of another size than the network's are an error without resizing.
      if (key === 'head/resize') expect((await errorOf(changed)).message).to.include('head/resize')
      else expect(changed()).not.to.equal(before)
    })
  }

  for (const [type, keys] of Object.entries(embeddings)) {
    it(`each key of ${type} changes the network`, () => {
      expect(Object.keys(keys)).to.have.members(Object.keys(ownBlocks[type as keyof typeof embeddings].options.table))
      const embedding = { type, filters: 8 }
      for (const [key, value] of Object.entries(keys)) {
        expect(networkOf({ embedding: { ...embedding, [key]: value } }), key).not.to.equal(networkOf({ embedding }))
      }
      const dropping = { ...embedding, dropout_rate: 0.5 }
      if (type !== 'gaussian') expect(networkOf({ embedding: dropping })).not.to.equal(networkOf({ embedding }))
    })
  }
})
