/** DenseNet (Huang, Liu, van der Maaten, Weinberger 2017): three dense blocks of four layers, growth 12, half the channels between them. */
import type { ModelBuilder } from '../../src/models.js'
import type { SymbolicTensor } from '../../src/tf.js'
import { randomArray, randomLabels } from '../support/random.js'
import type { BenchNet } from './net.js'
import { buildOwn, convLayers } from './own.js'

const growth = 12
const blocks = [4, 4, 4]

const build: ModelBuilder = (_, tf) => {
  const { conv, norm, activation, classifier } = convLayers(tf)
  type Layer = ReturnType<typeof conv | typeof norm | typeof activation>
  const chain = (x: SymbolicTensor, ...layers: readonly Layer[]) => layers.reduce((last, layer) => layer.apply(last) as SymbolicTensor, x)
  const dense = (x: SymbolicTensor) =>
    tf.layers.concatenate({ axis: -1 }).apply([x, chain(x, norm(), activation('relu'), conv(growth, 3))]) as SymbolicTensor
  const transition = (x: SymbolicTensor) => {
    const narrow = chain(x, norm(), activation('relu'), conv(x.shape.at(-1)! / 2, 1))
    return tf.layers.averagePooling2d({ poolSize: 2 }).apply(narrow) as SymbolicTensor
  }

  const input = tf.input({ shape: [32, 32, 3] })
  let last = chain(input, conv(2 * growth, 3))
  for (const [block, layers] of blocks.entries()) {
    if (block > 0) last = transition(last)
    for (let layer = 0; layer < layers; layer++) last = dense(last)
  }
  const pooled = tf.layers.globalAveragePooling2d({}).apply(chain(last, norm(), activation('relu'))) as SymbolicTensor
  return tf.model({ inputs: input, outputs: classifier(10).apply(pooled) as SymbolicTensor })
}

export const densenet: BenchNet = {
  summary: 'DenseNet, three blocks of four layers, growth 12, 32×32×3',
  batch: 64,
  peers: ['torch'],
  build: options => buildOwn(build, options),
  feed: batch => ({ images: randomArray([batch, 32, 32, 3]), labels: randomLabels(batch, 10) }),
}
