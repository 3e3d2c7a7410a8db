/** Two LSTM layers over a sequence, a class from the last output. tfjs's recurrent activation is set to the sigmoid, which PyTorch has. */
import type { ModelBuilder } from '../../src/models.js'
import { randomArray, randomLabels } from '../support/random.js'
import type { BenchNet } from './net.js'
import { buildOwn, initializers } from './own.js'

const build: ModelBuilder = (_, tf) => {
  const draw = initializers(tf)
  const recurrent = { units: 64, recurrentActivation: 'sigmoid' } as const
  const weights = () => ({ kernelInitializer: draw(), recurrentInitializer: draw() })
  return tf.sequential({
    layers: [
      tf.layers.lstm({ ...recurrent, ...weights(), returnSequences: true, inputShape: [32, 32] }),
      tf.layers.lstm({ ...recurrent, ...weights() }),
      tf.layers.dense({ units: 10, kernelInitializer: draw() }),
    ],
  })
}

export const lstm: BenchNet = {
  summary: 'two LSTM layers of 64 units, 32 steps of 32 features',
  batch: 64,
  peers: ['torch'],
  build: options => buildOwn(build, options),
  feed: batch => ({ sequences: randomArray([batch, 32, 32]), labels: randomLabels(batch, 10) }),
}
