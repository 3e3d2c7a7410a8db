/** Trains a plain model and one of the zoo, both with dropout, by each of some seeds, and prints what became of their weights. */
import { createHash } from 'node:crypto'
import { compileModel, loadTensorflow } from '../../../src/graph.js'
import { ResNet } from '../../../src/models.js'
import { batch, small } from '../../models/small.js'

const tf = await loadTensorflow()

const hash = (model: import('@tensorflow/tfjs-node-gpu').LayersModel) => {
  const digest = createHash('sha256')
  for (const weight of model.getWeights()) digest.update(weight.dataSync())
  return digest.digest('hex')
}

for (const seed of process.argv.slice(2).map(Number)) {
  const plain = compileModel(
    tf.sequential({
      layers: [
        tf.layers.dense({ units: 8, inputShape: [4], activation: 'relu', kernelInitializer: tf.initializers.glorotNormal({ seed: 1 }) }),
        tf.layers.dropout({ rate: 0.5 }),
        tf.layers.dense({ units: 1, kernelInitializer: tf.initializers.glorotNormal({ seed: 2 }) }),
      ],
    }),
    { seed },
  )
  plain.compile({ loss: 'meanSquaredError', optimizer: 'adam' })
  await plain.fit(tf.ones([16, 4]), tf.ones([16, 1]), { epochs: 3, batchSize: 8, verbose: 0, shuffle: false })

  const net = await ResNet.build({ ...small, 'head/dropout_rate': 0.5 }, { name: 'net', seed })
  for (let step = 0; step < 3; step++) await net.train(batch(6, step))

  console.log(hash(plain), hash(net.layersModel))
}
