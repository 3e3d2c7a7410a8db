import { classifier } from '../../classifier.js'
import { defineFamily } from '../../define-family.js'
import { block, chain, inceptionDefaults, pooled, reducing, reducingPool, smallInceptionStem, unpaddedStem } from './branches.js'

const residual = { residual: true, post_activation: 'a' }
/** Blocks between the residual ones. */
const plain = { residual: false, post_activation: null }

const mixed = {
  ...block(chain([96, 1]), chain([48, 1], [64, 5]), chain([64, 1], [96, 3], [96, 3]), pooled('v', 64)),
  ...plain,
}
const reductionA = { ...block(reducing([384, 3]), reducing([256, 1], [256, 3], [384, 3]), reducingPool), ...plain }
const reductionB = {
  ...block(reducing([256, 1], [384, 3]), reducing([256, 1], [288, 3]), reducing([256, 1], [288, 3], [320, 3]), reducingPool),
  ...plain,
}

const residualA = {
  ...block(chain([32, 1]), chain([32, 1], [32, 3]), chain([32, 1], [48, 3], [64, 3])),
  ...residual,
  scale: 0.17,
}
const residualB = { ...block(chain([192, 1]), chain([128, 1], [160, [1, 7]], [192, [7, 1]])), ...residual, scale: 0.1 }
const residualC = { ...block(chain([192, 1]), chain([192, 1], [224, [1, 3]], [256, [3, 1]])), ...residual, scale: 0.2 }

const rest = (count: number) => Array.from({ length: count }, () => ({}))

/**
 * Inception-ResNet v2 (Szegedy and others 2016), published for 299×299 images: Inception's branches as residual blocks, scaled before the
 * sum. As published, the first layers and the reductions have no padding, so that images have at least 75×75 positions, or 7×7 with
 * `stem: small`. BatchFlow: `InceptionResNet_v2`.
 *
 * @example
 * InceptionResNetV2.describe({ inputs: { images: { shape: [299, 299, 3] }, labels: { classes: 10, name: 'targets' } } }).countParameters()
 */
export const { InceptionResNetV2 } = defineFamily({
  name: 'InceptionResNetV2',
  summary: "Inception's branches as residual blocks (Szegedy and others 2016)",
  shape: classifier,
  defaults: {
    ...inceptionDefaults,
    ...unpaddedStem,
    'body/num_blocks': [11, 21, 11],
    'body/by_group': [
      { ...residualA, by_block: [mixed, ...rest(10)] },
      { ...residualB, by_block: [reductionA, ...rest(20)] },
      { ...residualC, by_block: [reductionB, ...rest(9), { scale: 1, post_activation: null }] },
    ],
    'head/layout': 'cna V d f',
    'head/filters': 1536,
    'head/kernel_size': 1,
    'head/dropout_rate': 0.2,
  },
  smallStem: smallInceptionStem(192),
  widened: ['initial_block/filters', 'head/filters'],
  published: { shape: [299, 299, 3] },
  rows: { InceptionResNetV2: { summary: '40 residual blocks' } },
})
