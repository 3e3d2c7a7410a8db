import { classifier } from '../classifier.js'
import { defineFamily } from '../define-family.js'

/** A fire: 1×1 convolutions to an eighth of the filters, then 1×1 and 3×3 ones side by side, half of the filters each. */
const fire = {
  'body/block/type': 'branches',
  'body/block/squeeze': { layout: 'ca', kernel_size: 1, share: 1 / 8 },
  'body/block/branches': [
    { layout: 'ca', kernel_size: 1, share: 1 / 2 },
    { layout: 'ca', kernel_size: 3, share: 1 / 2 },
  ],
}

/**
 * Fires: few 1×1 convolutions, then 1×1 and 3×3 ones side by side (Iandola and others 2016). They have biases and no normalisation.
 * `SqueezeNet11` is version 1.1, which pools earlier. All padding is `same`, as in BatchFlow. BatchFlow: `SqueezeNet`.
 *
 * @example
 * SqueezeNet.describe({ inputs: { images: { shape: [224, 224, 3] }, labels: { classes: 10, name: 'targets' } } }).countParameters()
 */
export const { SqueezeNet, SqueezeNet11 } = defineFamily({
  name: 'SqueezeNet',
  summary: 'fires of 1×1 and 3×3 convolutions (Iandola and others 2016)',
  shape: classifier,
  defaults: {
    'initial_block/layout': 'cap',
    'initial_block/strides': 2,
    'initial_block/pool_size': 3,
    'initial_block/pool_strides': 2,
    ...fire,
    'body/downsample': { layout: 'p', pool_size: 3, place: 'between' },
    'head/layout': 'dcaV',
    'head/kernel_size': 1,
    'head/dropout_rate': 0.5,
    loss: 'ce',
  },
  smallStem: { 'initial_block/layout': 'ca', 'initial_block/kernel_size': 3, 'initial_block/strides': 1 },
  rows: {
    SqueezeNet: {
      summary: 'version 1.0',
      defaults: {
        'initial_block/filters': 96,
        'initial_block/kernel_size': 7,
        'body/num_blocks': [3, 4, 1],
        'body/filters': [[128, 128, 256], [256, 384, 384, 512], 512],
      },
    },
    SqueezeNet11: {
      summary: 'version 1.1, which pools earlier',
      defaults: {
        'initial_block/filters': 64,
        'initial_block/kernel_size': 3,
        'body/num_blocks': [2, 2, 4],
        'body/filters': [128, 256, [384, 384, 512, 512]],
      },
    },
  },
})
