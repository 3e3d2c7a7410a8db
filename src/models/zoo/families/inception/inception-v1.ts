import { classifier } from '../../classifier.js'
import { defineFamily } from '../../define-family.js'
import { block, chain, inceptionDefaults, pooled, smallInceptionStem } from './branches.js'

/** Filters: 1×1; 1×1 and 3×3; 1×1 and 3×3 in place of 5×5; 1×1 after pooling. */
type Widths = readonly [number, number, number, number, number, number]

const mixed = ([one, squeeze3, three, squeeze5, five, pool]: Widths) =>
  block(chain([one, 1]), chain([squeeze3, 1], [three, 3]), chain([squeeze5, 1], [five, 3]), pooled('p', pool))

const groups: readonly (readonly Widths[])[] = [
  [
    [64, 96, 128, 16, 32, 32],
    [128, 128, 192, 32, 96, 64],
  ],
  [
    [192, 96, 208, 16, 48, 64],
    [160, 112, 224, 24, 64, 64],
    [128, 128, 256, 24, 64, 64],
    [112, 144, 288, 32, 64, 64],
    [256, 160, 320, 32, 128, 128],
  ],
  [
    [256, 160, 320, 32, 128, 128],
    [384, 192, 384, 48, 128, 128],
  ],
]

/**
 * GoogLeNet (Szegedy and others 2014): convolutions of several sizes side by side. Two differences from the paper: convolutions are
 * normalised, and 3×3 ones stand in place of 5×5, both as in torchvision. All pooling is 3×3, as in the paper; torchvision's last is
 * 2×2. There are no auxiliary heads. BatchFlow: `Inception_v1`.
 *
 * @example
 * InceptionV1.describe({ inputs: { images: { shape: [224, 224, 3] }, labels: { classes: 10, name: 'targets' } } }).countParameters()
 */
export const { InceptionV1 } = defineFamily({
  name: 'InceptionV1',
  summary: 'GoogLeNet: convolutions of several sizes side by side (Szegedy and others 2014)',
  shape: classifier,
  defaults: {
    ...inceptionDefaults,
    'initial_block/layout': 'cnap cna cnap',
    'initial_block/filters': [64, 64, 192],
    'initial_block/kernel_size': [7, 1, 3],
    'initial_block/strides': [2, 1, 1],
    'initial_block/pool_size': 3,
    'initial_block/pool_strides': 2,
    'body/num_blocks': groups.map(({ length }) => length),
    'body/by_group': groups.map(widths => ({ by_block: widths.map(mixed) })),
    'body/downsample': { layout: 'p', pool_size: 3, place: 'between' },
    'head/dropout_rate': 0.4,
  },
  smallStem: smallInceptionStem(192),
  rows: { InceptionV1: { summary: '22 layers, 3×3 convolutions in place of 5×5' } },
})
