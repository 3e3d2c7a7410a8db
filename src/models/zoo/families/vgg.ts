import { classifier } from '../classifier.js'
import { defineFamily } from '../define-family.js'
import { normalised } from './fragments.js'

const defaults = {
  ...normalised,
  'body/block/type': 'plain',
  'body/block/layout': 'cna',
  'body/filters': [64, 128, 256, 512, 512],
  'body/downsample': { layout: 'p', place: 'after' },
  'head/layout': 'Vdf',
  loss: 'ce',
}

/** The published head: two hidden dense layers after flattening; convolutions with biases, without normalisation. */
const published = {
  'common/conv/use_bias': true,
  'body/block/layout': 'ca',
  'head/layout': 'fad fad f',
  'head/units': [4096, 4096],
  'head/dropout_rate': 0.5,
}

const row = (summary: string, ...blocks: number[]) => ({ summary, defaults: { 'body/num_blocks': blocks } })
const publishedRow = (summary: string, ...blocks: number[]) => ({ summary, defaults: { ...published, 'body/num_blocks': blocks } })

/**
 * Plain 3×3 convolutions, pooled after each group (Simonyan and Zisserman 2014). `VGG7` … `VGG19` are BatchFlow's: normalised, with a head
 * of one dense layer after global pooling; `VGG11Dense` … are as published. They have no initial block: `stem: small` leaves them as they
 * are, and images of 32×32 fit five groups. BatchFlow: `VGG7`, `VGG16`, `VGG19`.
 *
 * @example
 * VGG7.describe({ inputs: { images: { shape: [32, 32, 3] }, labels: { classes: 10, name: 'targets' } } }).countParameters()
 */
export const { VGG7, VGG11, VGG13, VGG16, VGG19, VGG11Dense, VGG13Dense, VGG16Dense, VGG19Dense } = defineFamily({
  name: 'VGG',
  summary: 'plain convolutions, pooled after each group (Simonyan and Zisserman 2014)',
  shape: classifier,
  defaults,
  smallStem: {},
  rows: {
    VGG7: {
      summary: '7 layers',
      defaults: {
        'body/num_blocks': [2, 2, 3],
        'body/filters': [64, 128, 256],
        'body/by_group': [{}, {}, { by_block: [{}, {}, { kernel_size: 1 }] }],
      },
    },
    VGG11: row('11 layers', 1, 1, 2, 2, 2),
    VGG13: row('13 layers', 2, 2, 2, 2, 2),
    VGG16: row('16 layers', 2, 2, 3, 3, 3),
    VGG19: row('19 layers', 2, 2, 4, 4, 4),
    VGG11Dense: publishedRow('11 layers, the published head of dense layers', 1, 1, 2, 2, 2),
    VGG13Dense: publishedRow('13 layers, the published head of dense layers', 2, 2, 2, 2, 2),
    VGG16Dense: publishedRow('16 layers, the published head of dense layers', 2, 2, 3, 3, 3),
    VGG19Dense: publishedRow('19 layers, the published head of dense layers', 2, 2, 4, 4, 4),
  },
})
