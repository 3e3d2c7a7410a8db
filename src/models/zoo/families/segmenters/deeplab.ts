import { defineFamily } from '../../define-family.js'
import { segmenter } from '../../segmenter.js'
import { segmenterDefaults, voc, withoutBiases } from './defaults.js'

const defaults = { ...segmenterDefaults, ...withoutBiases }

/**
 * Convolutions of several dilations at an eighth of the input's size (Chen and others 2017). `encoder/output_stride: 16` is faster.
 *
 * @example
 * DeepLabV3.describe({ inputs: { images: { shape: [64, 64, 3] }, masks: { shape: [64, 64], classes: 5, name: 'targets' } } }).countParameters()
 */
export const { DeepLabV3 } = defineFamily({
  name: 'DeepLabV3',
  summary: "convolutions of several dilations at an eighth of the input's size (Chen and others 2017)",
  shape: segmenter,
  defaults: {
    ...defaults,
    'encoder/output_stride': 8,
    embedding: { type: 'aspp', rates: [12, 24, 36], filters: 256, dropout_rate: 0.5 },
    decoder: { type: 'steps', order: ['block'], filters: [256], block: { type: 'plain', layout: 'cna' } },
  },
  smallStem: {},
  published: voc,
  rows: { DeepLabV3: { summary: 'dilated convolutions over ResNet50', defaults: { 'encoder/model': 'ResNet50' } } },
})

/** DeepLabV3 with separable convolutions, and one step to a quarter of the input's size (Chen and others 2018). BatchFlow: `DeepLabX16`. */
export const { DeepLabV3Plus } = defineFamily({
  name: 'DeepLabV3Plus',
  summary: "convolutions of several dilations, then one step to a quarter of the input's size (Chen and others 2018)",
  shape: segmenter,
  defaults: {
    ...defaults,
    'encoder/output_stride': 16,
    embedding: { type: 'aspp', rates: [12, 24, 36], separable: true, filters: 256, dropout_rate: 0.5 },
    decoder: {
      type: 'steps',
      filters: [256],
      upsample: { layout: 'Cnab', factor: 4 },
      skip: { layout: 'cna', filters: 48, kernel_size: 1, at: [4] },
      block: { type: 'plain', layout: 'Cna' },
    },
  },
  smallStem: {},
  published: voc,
  rows: { DeepLabV3Plus: { summary: 'dilated convolutions over ResNet34', defaults: { 'encoder/model': 'ResNet34' } } },
})
