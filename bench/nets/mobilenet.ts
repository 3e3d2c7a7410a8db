/** MobileNet (Howard and others 2017): depthwise-separable convolutions with batch normalisation and ReLU6. */
import type { ModelBuilder } from '../../src/models.js'
import { randomArray, randomLabels } from '../support/random.js'
import type { BenchNet } from './net.js'
import { buildOwn, convLayers } from './own.js'

const stem = 32
/** Filters and strides of each block. */
const blocks = [
  [64, 1],
  [128, 2],
  [128, 1],
  [256, 2],
  [256, 1],
] as const

const build: ModelBuilder = (_, tf) => {
  const { conv, norm, activation, classifier, draw } = convLayers(tf)
  const depthwise = (strides: number) =>
    tf.layers.depthwiseConv2d({ kernelSize: 3, strides, padding: 'same', useBias: false, depthwiseInitializer: draw() })
  const separable = (filters: number, strides: number) => [
    depthwise(strides),
    norm(),
    activation('relu6'),
    conv(filters, 1),
    norm(),
    activation('relu6'),
  ]
  return tf.sequential({
    layers: [
      tf.layers.inputLayer({ inputShape: [32, 32, 3] }),
      conv(stem, 3),
      norm(),
      activation('relu6'),
      ...blocks.flatMap(([filters, strides]) => separable(filters, strides)),
      tf.layers.globalAveragePooling2d({}),
      classifier(10),
    ],
  })
}

export const mobilenet: BenchNet = {
  summary: 'MobileNet, five depthwise-separable blocks, ReLU6, 32×32×3',
  batch: 64,
  peers: ['torch'],
  build: options => buildOwn(build, options),
  feed: batch => ({ images: randomArray([batch, 32, 32, 3]), labels: randomLabels(batch, 10) }),
}
