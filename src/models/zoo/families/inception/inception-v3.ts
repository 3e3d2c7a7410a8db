import { classifier } from '../../classifier.js'
import { defineFamily } from '../../define-family.js'
import { block, chain, forking, inceptionDefaults, pooled, reducing, reducingPool, smallInceptionStem, unpaddedStem } from './branches.js'

const mixedA = (pool: number) => block(chain([64, 1]), chain([48, 1], [64, 5]), chain([64, 1], [96, 3], [96, 3]), pooled('v', pool))

/** 7×7 as 1×7 and 7×1. */
const mixedB = (inner: number) =>
  block(
    chain([192, 1]),
    chain([inner, 1], [inner, [1, 7]], [192, [7, 1]]),
    chain([inner, 1], [inner, [7, 1]], [inner, [1, 7]], [inner, [7, 1]], [192, [1, 7]]),
    pooled('v', 192),
  )

const mixedC = block(
  chain([320, 1]),
  forking([[384, 1]], [384, [1, 3]], [384, [3, 1]]),
  forking(
    [
      [448, 1],
      [384, 3],
    ],
    [384, [1, 3]],
    [384, [3, 1]],
  ),
  pooled('v', 192),
)

const reductionA = block(reducing([384, 3]), reducing([64, 1], [96, 3], [96, 3]), reducingPool)
const reductionB = block(reducing([192, 1], [320, 3]), reducing([192, 1], [192, [1, 7]], [192, [7, 1]], [192, 3]), reducingPool)

/**
 * Inception v3 (Szegedy and others 2015), published for 299×299 images: large kernels as several small ones. As published, the first
 * layers and the reductions have no padding, so that images have at least 75×75 positions, or 7×7 with `stem: small`. There is no
 * auxiliary head. Means of pooling leave padding out, as in Keras; torchvision's count its zeros. BatchFlow: `Inception_v3`.
 *
 * @example
 * InceptionV3.describe({ inputs: { images: { shape: [299, 299, 3] }, labels: { classes: 10, name: 'targets' } } }).countParameters()
 */
export const { InceptionV3 } = defineFamily({
  name: 'InceptionV3',
  summary: 'Inception with large kernels as several small ones (Szegedy and others 2015)',
  shape: classifier,
  defaults: {
    ...inceptionDefaults,
    ...unpaddedStem,
    'body/num_blocks': [3, 5, 3],
    'body/by_group': [
      { by_block: [32, 64, 64].map(mixedA) },
      { by_block: [reductionA, ...[128, 160, 160, 192].map(mixedB)] },
      { by_block: [reductionB, mixedC, mixedC] },
    ],
    'head/dropout_rate': 0.2,
  },
  smallStem: smallInceptionStem(192),
  published: { shape: [299, 299, 3] },
  rows: { InceptionV3: { summary: '48 layers' } },
})
