import { classifier } from '../classifier.js'
import { defineFamily } from '../define-family.js'
import { normalised } from './fragments.js'
import { smallInceptionStem } from './inception/branches.js'

const repeat = <T>(count: number, value: T): readonly T[] => new Array<T>(count).fill(value)

/**
 * Xception (Chollet 2016), published for 299×299 images: residual blocks of separable convolutions. The first two convolutions have no
 * padding, as published: images have at least 7×7 positions. BatchFlow: `Xception`.
 *
 * @example
 * Xception.describe({ inputs: { images: { shape: [299, 299, 3] }, labels: { classes: 10, name: 'targets' } } }).countParameters()
 */
export const { Xception } = defineFamily({
  name: 'Xception',
  summary: 'residual blocks of separable convolutions (Chollet 2016)',
  shape: classifier,
  defaults: {
    ...normalised,
    'initial_block/layout': 'cna cna',
    'initial_block/filters': [32, 64],
    'initial_block/kernel_size': 3,
    'initial_block/strides': [2, 1],
    'initial_block/padding': 'valid',
    'body/block/layout': 'aCn aCn p',
    'body/block/shortcut': 'cn',
    'body/num_blocks': [1, 1, 9, 2],
    'body/filters': [128, 256, 728, [1024, 2048]],
    'body/strides': [2, 2, 2, 2],
    'body/by_group': [
      { layout: 'Cn aCn p' },
      {},
      { by_block: [{}, ...repeat(8, { layout: 'aCn aCn aCn' })] },
      { by_block: [{ inner_factor: 728 / 1024 }, { type: 'plain', layout: 'Cna Cna', filters: [1536, 2048] }] },
    ],
    'head/layout': 'Vdf',
    'head/dropout_rate': 0.5,
    loss: 'ce',
  },
  smallStem: smallInceptionStem(64),
  published: { shape: [299, 299, 3] },
  rows: { Xception: { summary: '36 convolutional layers' } },
})
