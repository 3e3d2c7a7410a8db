/** A net of two dense layers that tests train in milliseconds, with the numbers of `fixtures/torch_training.py`. */

import type { Tf } from '../../../src/models/tf-types.js'
import { toVariable } from '../../../src/models/train/network.js'
import { type TfModel, toModelClass } from '../../../src/models.js'
import { NdArray } from '../../../src/util/nd-array.js'

const wave = (shift: number, scale: number, ...shape: number[]) =>
  new NdArray(
    Float32Array.from({ length: shape.reduce((size, n) => size * n, 1) }, (_, i) => Math.sin(i + shift) * scale),
    shape,
  )

/** What is fed at each step. */
export const points = { points: wave(5, 1, 6, 3), targets: wave(6, 1, 6, 2) }

const twoLayers = toModelClass(function twoLayers(_config: object, tf: Tf) {
  const first = tf.layers.dense({ units: 4, activation: 'tanh', inputShape: [3], name: 'first' })
  return tf.sequential({ layers: [first, tf.layers.dense({ units: 2, name: 'second' })] })
})

/** A new net with the same weights each time. */
export async function buildTwoLayers(config: object = {}): Promise<TfModel> {
  const model = await twoLayers.build({ loss: 'mse', optimizer: 'SGD', ...config }, { name: 'net', seed: 1 })
  const { tf, layersModel } = model.network
  const starts = [wave(1, 0.5, 3, 4), wave(2, 0.25, 4), wave(3, 0.5, 4, 2), wave(4, 0.25, 2)]
  tf.tidy(() => layersModel.setWeights(starts.map(({ data, shape }) => tf.tensor(data as Float32Array, [...shape]))))
  return model
}

/** The weights of a model, one list each. */
export const weightsOf = ({ layersModel }: TfModel): number[][] =>
  layersModel.weights.map(weight => Array.from(toVariable(weight).dataSync()))

/** Trains some steps; the values of each. */
export async function trainSteps(model: TfModel, steps: number, fetches: readonly string[] = ['loss']): Promise<number[][]> {
  const found: number[][] = []
  for (let step = 0; step < steps; step++) found.push((await model.train(points, fetches)) as number[])
  return found
}
