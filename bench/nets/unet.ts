/** U-Net (Ronneberger, Fischer, Brox 2015) of three levels, with batch normalisation and transposed convolutions. */
import type { ModelBuilder } from '../../src/models.js'
import type { SymbolicTensor } from '../../src/tf.js'
import { randomArray, randomOneHot } from '../support/random.js'
import type { BenchNet } from './net.js'
import { buildOwn, convLayers } from './own.js'

const build: ModelBuilder = (_, tf) => {
  const { conv, norm, activation, draw } = convLayers(tf)
  const twice = (x: SymbolicTensor, filters: number) =>
    [conv(filters, 3), norm(), activation('relu'), conv(filters, 3), norm(), activation('relu')].reduce(
      (last, layer) => layer.apply(last) as SymbolicTensor,
      x,
    )
  const up = (x: SymbolicTensor, skip: SymbolicTensor, filters: number) => {
    const larger = tf.layers.conv2dTranspose({ filters, kernelSize: 2, strides: 2, padding: 'same', kernelInitializer: draw() }).apply(x)
    return twice(tf.layers.concatenate({ axis: -1 }).apply([skip, larger as SymbolicTensor]) as SymbolicTensor, filters)
  }
  const down = (x: SymbolicTensor) => tf.layers.maxPooling2d({ poolSize: 2 }).apply(x) as SymbolicTensor

  const input = tf.input({ shape: [64, 64, 3] })
  const first = twice(input, 16)
  const second = twice(down(first), 32)
  const bottom = twice(down(second), 64)
  const last = up(up(bottom, second, 32), first, 16)
  const output = tf.layers.conv2d({ filters: 2, kernelSize: 1, kernelInitializer: draw() }).apply(last) as SymbolicTensor
  return tf.model({ inputs: input, outputs: output })
}

export const unet: BenchNet = {
  summary: 'U-Net, levels of 16, 32 and 64 filters, 64×64×3, two classes a pixel',
  batch: 16,
  peers: ['torch'],
  build: options => buildOwn(build, options),
  feed: batch => ({ images: randomArray([batch, 64, 64, 3]), labels: randomOneHot([batch, 64, 64], 2) }),
}
