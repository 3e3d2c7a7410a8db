import { classifier } from '../../classifier.js'
import { defineFamily } from '../../define-family.js'
import { block, chain, forking, inceptionDefaults, pooled, reducing, reducingPool, smallInceptionStem } from './branches.js'

/** The blocks of the stem: two that halve the positions, one between them. */
const stem = [
  block(reducingPool, reducing([96, 3])),
  block(reducing([64, 1], [96, 3]), reducing([64, 1], [64, [1, 7]], [64, [7, 1]], [96, 3])),
  block(reducing([192, 3]), reducingPool),
]

const mixedA = block(chain([96, 1]), chain([64, 1], [96, 3]), chain([64, 1], [96, 3], [96, 3]), pooled('v', 96))
const mixedB = block(
  chain([384, 1]),
  chain([192, 1], [224, [1, 7]], [256, [7, 1]]),
  chain([192, 1], [192, [7, 1]], [224, [1, 7]], [224, [7, 1]], [256, [1, 7]]),
  pooled('v', 128),
)
const mixedC = block(
  chain([256, 1]),
  forking([[384, 1]], [256, [1, 3]], [256, [3, 1]]),
  forking(
    [
      [384, 1],
      [448, [3, 1]],
      [512, [1, 3]],
    ],
    [256, [1, 3]],
    [256, [3, 1]],
  ),
  pooled('v', 256),
)

const reductionA = block(reducing([384, 3]), reducing([192, 1], [224, 3], [256, 3]), reducingPool)
const reductionB = block(reducing([192, 1], [192, 3]), reducing([256, 1], [256, [1, 7]], [320, [7, 1]], [320, 3]), reducingPool)

const rest = (count: number) => Array.from({ length: count }, () => ({}))

/**
 * Inception v4 (Szegedy and others 2016), published for 299×299 images. As published, the stem and the reductions have no padding, so that
 * images have at least 75×75 positions, or 13×13 with `stem: small`. BatchFlow: `Inception_v4`.
 *
 * @example
 * InceptionV4.describe({ inputs: { images: { shape: [299, 299, 3] }, labels: { classes: 10, name: 'targets' } } }).countParameters()
 */
export const { InceptionV4 } = defineFamily({
  name: 'InceptionV4',
  summary: 'Inception with a stem of branches, deeper and more uniform (Szegedy and others 2016)',
  shape: classifier,
  defaults: {
    ...inceptionDefaults,
    'initial_block/layout': 'cna cna cna',
    'initial_block/filters': [32, 32, 64],
    'initial_block/kernel_size': 3,
    'initial_block/strides': [2, 1, 1],
    'initial_block/padding': ['valid', 'valid', 'same'],
    'body/num_blocks': [2, 5, 8, 4],
    'body/strides': [2, 2, 2, 2],
    'body/by_group': [
      { by_block: stem.slice(0, 2) },
      { ...mixedA, by_block: [stem[2], ...rest(4)] },
      { ...mixedB, by_block: [reductionA, ...rest(7)] },
      { ...mixedC, by_block: [reductionB, ...rest(3)] },
    ],
    'head/dropout_rate': 0.2,
  },
  smallStem: { ...smallInceptionStem(64), 'body/strides': [1, 1, 2, 2] },
  published: { shape: [299, 299, 3] },
  rows: { InceptionV4: { summary: '76 layers' } },
})
