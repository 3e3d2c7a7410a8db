/** Networks that the zoo does not have, as models of a user's own. */
import { type ModelBuilder, type TfModel, toModelClass } from '../../src/models.js'
import type { NetOptions } from './net.js'

type Tf = Parameters<ModelBuilder>[1]

/** Builds a plain `tf.LayersModel` with cross-entropy and Adam. */
export function buildOwn(source: ModelBuilder, { engine }: NetOptions): Promise<TfModel> {
  return toModelClass(source).build({ loss: 'ce', optimizer: 'Adam', engine }, { name: 'net', seed: 42 })
}

/** Initial weights for one layer after the other, the same in every build. */
export function initializers(tf: Tf) {
  let seed = 42
  return () => tf.initializers.glorotUniform({ seed: seed++ })
}

/** The layers that convolutional networks are made of: convolutions without bias before batch normalisation. */
export function convLayers(tf: Tf) {
  const draw = initializers(tf)
  return {
    draw,
    conv: (filters: number, kernelSize: number, strides = 1) =>
      tf.layers.conv2d({ filters, kernelSize, strides, padding: 'same', useBias: false, kernelInitializer: draw() }),
    norm: () => tf.layers.batchNormalization({}),
    activation: (activation: 'relu' | 'relu6') => tf.layers.activation({ activation }),
    classifier: (units: number) => tf.layers.dense({ units, kernelInitializer: draw() }),
  }
}
