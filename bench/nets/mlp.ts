/** Three dense layers. */
import type { ModelBuilder } from '../../src/models.js'
import { randomArray, randomLabels } from '../support/random.js'
import type { BenchNet } from './net.js'
import { buildOwn, initializers } from './own.js'

const build: ModelBuilder = (_, tf) => {
  const draw = initializers(tf)
  return tf.sequential({
    layers: [
      tf.layers.dense({ units: 512, activation: 'relu', inputShape: [784], kernelInitializer: draw() }),
      tf.layers.dense({ units: 512, activation: 'relu', kernelInitializer: draw() }),
      tf.layers.dense({ units: 10, kernelInitializer: draw() }),
    ],
  })
}

export const mlp: BenchNet = {
  summary: 'dense layers 784-512-512-10, ReLU',
  batch: 128,
  peers: ['torch'],
  build: options => buildOwn(build, options),
  feed: batch => ({ images: randomArray([batch, 784]), labels: randomLabels(batch, 10) }),
}
