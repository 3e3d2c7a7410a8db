import { defineFamily } from '../../define-family.js'
import { segmenter } from '../../segmenter.js'
import { segmenterDefaults, voc, withoutBiases } from './defaults.js'

/**
 * A classifier of positions at an eighth of the input's size (Long, Shelhamer, Darrell 2014), as torchvision has it.
 *
 * @example
 * FCN.describe({ inputs: { images: { shape: [64, 64, 3] }, masks: { shape: [64, 64], classes: 5, name: 'targets' } } }).countParameters()
 */
export const { FCN } = defineFamily({
  name: 'FCN',
  summary: "a classifier at an eighth of the input's size (Long, Shelhamer, Darrell 2014, as torchvision's)",
  shape: segmenter,
  defaults: {
    ...segmenterDefaults,
    ...withoutBiases,
    'encoder/output_stride': 8,
    embedding: { type: 'plain', layout: 'cnad', filters: 512, dropout_rate: 0.1 },
    decoder: null,
  },
  smallStem: {},
  published: voc,
  rows: { FCN: { summary: 'FCN over ResNet50', defaults: { 'encoder/model': 'ResNet50' } } },
})

const scores = (...at: number[]) => ({ 'decoder/skip/at': at })

/**
 * Scores of a classifier at one, two or three sizes, each of the last tensor that VGG16 has there, added (Long, Shelhamer, Darrell 2014).
 * BatchFlow: `FCN32`, `FCN16`, `FCN8`.
 *
 * @example
 * FCN8.describe({ inputs: { images: { shape: [64, 64, 3] }, masks: { shape: [64, 64], classes: 5, name: 'targets' } } }).countParameters()
 */
export const { FCN32, FCN16, FCN8 } = defineFamily({
  name: 'FCN8',
  summary: 'scores of a classifier at several sizes, added (Long, Shelhamer, Darrell 2014)',
  shape: segmenter,
  defaults: {
    ...segmenterDefaults,
    'encoder/model': 'VGG16Dense',
    embedding: { type: 'plain', layout: 'cad cad', filters: 4096, kernel_size: [7, 1], dropout_rate: 0.5 },
    'decoder/type': 'scores',
    'decoder/upsample/layout': 'b',
    'decoder/skip/conv/use_bias': true,
    'head/layout': null,
  },
  smallStem: {},
  published: voc,
  rows: {
    FCN32: { summary: 'scores at the end of VGG16', defaults: scores() },
    FCN16: { summary: 'scores at two sizes of VGG16', defaults: scores(16) },
    FCN8: { summary: 'scores at three sizes of VGG16', defaults: scores(8, 16) },
  },
})
