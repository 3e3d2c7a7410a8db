import { defineFamily } from '../../define-family.js'
import { segmenter } from '../../segmenter.js'
import { segmenterDefaults, voc, withoutBiases } from './defaults.js'

/**
 * LinkNet (Chaurasia and Culurciello 2017): narrow steps up, to each of which the encoder is added. BatchFlow: `LinkNet`.
 *
 * @example
 * LinkNet.describe({ inputs: { images: { shape: [64, 64, 3] }, masks: { shape: [64, 64], classes: 5, name: 'targets' } } }).countParameters()
 */
export const { LinkNet } = defineFamily({
  name: 'LinkNet',
  summary: 'narrow steps up, to which the encoder is added (Chaurasia and Culurciello 2017)',
  shape: segmenter,
  defaults: {
    ...segmenterDefaults,
    ...withoutBiases,
    'decoder/order': ['upsampling', 'combine'],
    'decoder/upsample': { layout: 'cna tna cna', kernel_size: [1, 4, 1], reduction: 0.25 },
    'decoder/combine/op': 'sum',
    'decoder/block/type': 'plain',
  },
  smallStem: {},
  published: voc,
  rows: { LinkNet: { summary: 'LinkNet over ResNet18', defaults: { 'encoder/model': 'ResNet18' } } },
})
