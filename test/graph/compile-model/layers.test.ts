/** fit, evaluate and predict with each kind of layer give what they give uncompiled. */
import { type Tensor, tf } from '../semantics/support.js'
import { dense, itTrainsAsEager, type Layer, losses, net, readOnce, type Wrap, x, y } from './support.js'

const inPairs = () => tf.layers.reshape({ targetShape: [2, 2], inputShape: [4] })
const seeded = (seed: number) => ({
  kernelInitializer: tf.initializers.glorotNormal({ seed }),
  recurrentInitializer: tf.initializers.glorotNormal({ seed: seed + 1 }),
})

const layers: Readonly<Record<string, () => Layer[]>> = {
  'dense layers': () => [dense(3, 1, { inputShape: [4], activation: 'tanh' })],
  'batch normalisation': () => [dense(3, 1, { inputShape: [4] }), tf.layers.batchNormalization({ momentum: 0.5 })],
  'frozen batch normalisation': () => [dense(3, 1, { inputShape: [4] }), tf.layers.batchNormalization({ momentum: 0.5, trainable: false })],
  'layer normalisation': () => [dense(3, 1, { inputShape: [4] }), tf.layers.layerNormalization()],
  'an LSTM of masked steps': () => [inPairs(), tf.layers.masking({ maskValue: 0 }), tf.layers.lstm({ units: 3, ...seeded(1) })],
  'a GRU': () => [inPairs(), tf.layers.gru({ units: 3, ...seeded(1) })],
  'a recurrent layer in both directions': () => [
    inPairs(),
    tf.layers.bidirectional({ layer: tf.layers.simpleRNN({ units: 3, ...seeded(1) }) as never, mergeMode: 'concat' }),
  ],
  'regularizers and constraints': () => [
    dense(3, 1, { inputShape: [4], kernelRegularizer: 'l1l2', kernelConstraint: tf.constraints.maxNorm({ maxValue: 0.5 }) }),
  ],
  'dropout that has a seed of its own': () => [tf.layers.dropout({ rate: 0.5, seed: 3, inputShape: [4] })],
  'an embedding': () => [
    tf.layers.embedding({ inputDim: 3, outputDim: 2, inputLength: 4, embeddingsInitializer: tf.initializers.glorotNormal({ seed: 1 }) }),
    tf.layers.flatten(),
  ],
  convolutions: () => [
    tf.layers.reshape({ targetShape: [2, 2, 1], inputShape: [4] }),
    tf.layers.conv2d({
      filters: 2,
      kernelSize: 2,
      padding: 'same',
      activation: 'relu',
      kernelInitializer: tf.initializers.glorotNormal({ seed: 1 }),
    }),
    tf.layers.maxPooling2d({ poolSize: 2 }),
    tf.layers.flatten(),
  ],
}

describe('a model’s own methods, compiled', () => {
  itTrainsAsEager(
    Object.fromEntries(
      Object.entries(layers).map(([name, make]) => [
        `fit, evaluate and predict with ${name}`,
        async (wrap: Wrap) => {
          const model = net(wrap, make(), { metrics: ['mae'] })
          const history = await losses(model, { validationData: [x, y] })
          return [history, readOnce(model.evaluate(x, y, { batchSize: 4 })), readOnce(model.predict(x, { batchSize: 3 }) as Tensor)]
        },
      ]),
    ),
  )
})
