import { defineFamily } from '../../define-family.js'
import { segmenter } from '../../segmenter.js'
import { segmenterDefaults, voc, withoutBiases } from './defaults.js'

/**
 * Pyramid pooling at an eighth of the input's size (Zhao and others 2016). BatchFlow: `PSPNet18` …
 *
 * @example
 * PSPNet.describe({ inputs: { images: { shape: [64, 64, 3] }, masks: { shape: [64, 64], classes: 5, name: 'targets' } } }).countParameters()
 */
export const { PSPNet } = defineFamily({
  name: 'PSPNet',
  summary: "pyramid pooling at an eighth of the input's size (Zhao and others 2016)",
  shape: segmenter,
  defaults: {
    ...segmenterDefaults,
    ...withoutBiases,
    'encoder/at': [8],
    embedding: { type: 'pyramid_pooling', levels: [1, 2, 3, 6], filters: 512, dropout_rate: 0.2 },
    decoder: null,
    'head/kernel_size': 3,
  },
  smallStem: {},
  published: voc,
  rows: { PSPNet: { summary: 'pyramid pooling over ResNet34', defaults: { 'encoder/model': 'ResNet34' } } },
})
