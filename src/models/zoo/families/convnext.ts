import { classifier } from '../classifier.js'
import { defineFamily } from '../define-family.js'

const row = (summary: string, depths: readonly number[], first: number) => ({
  summary,
  defaults: { 'initial_block/filters': first, 'body/num_blocks': depths },
})

/**
 * Large depthwise convolutions with the recipe of transformers (Liu and others 2022).
 *
 * @example
 * ConvNeXtTiny.describe({ inputs: { images: { shape: [224, 224, 3] }, labels: { classes: 1000, name: 'targets' } } }).countParameters()
 */
export const { ConvNeXtAtto, ConvNeXtTiny, ConvNeXtSmall, ConvNeXtBase } = defineFamily({
  name: 'ConvNeXt',
  summary: 'large depthwise convolutions with the recipe of transformers (Liu and others 2022)',
  shape: classifier,
  defaults: {
    'common/activation': 'gelu',
    'common/initializer': { type: 'truncated_normal', stddev: 0.02 },
    'initial_block/layout': 'cl',
    'initial_block/kernel_size': 4,
    'initial_block/strides': 4,
    'body/block/type': 'convnext',
    'body/downsample': { layout: 'lc', kernel_size: 2, strides: 2, place: 'between' },
    'body/drop_path': 0.1,
    'head/layout': 'V l f',
    loss: 'ce',
  },
  likes: { torchvision: { 'common/padding': 'torch' } },
  smallStem: { 'initial_block/kernel_size': 2, 'initial_block/strides': 2 },
  rows: {
    ConvNeXtAtto: row('widths 40 … 320', [2, 2, 6, 2], 40),
    ConvNeXtTiny: row('widths 96 … 768', [3, 3, 9, 3], 96),
    ConvNeXtSmall: row('widths 96 … 768, 27 blocks in the third group', [3, 3, 27, 3], 96),
    ConvNeXtBase: row('widths 128 … 1024', [3, 3, 27, 3], 128),
  },
})
