import { defineFamily } from '../../define-family.js'
import { segmenter } from '../../segmenter.js'
import { segmenterDefaults, voc, withoutBiases } from './defaults.js'

/**
 * Feature pyramids (Lin and others 2016; Kirillov and others 2019): the sizes of the encoder at equal width, each with what the coarser ones
 * have, brought to a quarter of the input's size and added.
 *
 * @example
 * FPN.describe({ inputs: { images: { shape: [64, 64, 3] }, masks: { shape: [64, 64], classes: 5, name: 'targets' } } }).countParameters()
 */
export const { FPN } = defineFamily({
  name: 'FPN',
  summary: 'a feature pyramid, its levels added (Lin and others 2016)',
  shape: segmenter,
  defaults: {
    ...segmenterDefaults,
    ...withoutBiases,
    'decoder/type': 'pyramid',
    'decoder/filters': 256,
    'decoder/skip': { at: [4, 8, 16], conv: { use_bias: true } },
    'decoder/block': { type: 'plain', layout: 'cna', filters: 128, norm: { type: 'group', groups: 32 } },
    'head/layout': 'dc',
    'head/dropout_rate': 0.2,
  },
  smallStem: {},
  published: voc,
  rows: { FPN: { summary: 'a feature pyramid over ResNet34', defaults: { 'encoder/model': 'ResNet34' } } },
})
