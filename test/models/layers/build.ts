/** A model of one layer, and what it computes. */
import { crc32 } from 'node:zlib'
import { ownClasses } from '../../../src/models/build/own/own-layers.js'
import { createStockLayers } from '../../../src/models/build/own/stock-layers.js'
import type { Clock } from '../../../src/models/build/stateless-draws.js'
import { applyLayer } from '../../../src/models/build/tf-layers.js'
import type { Shape } from '../../../src/models/plan/layer-rules.js'
import type { Layer, LayersModel, SymbolicTensor, Tensor, Tf, Variable } from '../../../src/models/tf-types.js'
import type { Sample } from './samples.js'

export interface Built {
  readonly tf: Tf
  readonly model: LayersModel
  readonly layer: Layer
}

export function buildLayer(tf: Tf, { spec, inputs: shapes }: Sample, clock: Clock = { step: 0 }, seed = 7): Built {
  const inputs = shapes.map((shape, i) => tf.input({ shape: [...shape], name: `input-${i}` }))
  const context = { tf, stock: createStockLayers(tf), own: ownClasses(tf), seed, clock }
  const output: SymbolicTensor = applyLayer(spec, 'layer', inputs, context)
  return { tf, model: tf.model({ inputs, outputs: output }), layer: output.sourceLayer }
}

/** The formula of `torch_layers.py`: a sawtooth that starts at a place of its own for each name. */
export function saw(name: string, shape: Shape, amplitude = 1): Float32Array {
  const start = (crc32(name) % 1000) / 1000
  const size = shape.reduce((product, n) => product * n, 1)
  return Float32Array.from({ length: size }, (_, i) => (((start + i * 0.6180339887498949) % 1) * 2 - 1) * amplitude)
}

const BATCH = 2

export function inputsOf(tf: Tf, name: string, shapes: readonly Shape[]): Tensor[] {
  return shapes.map((shape, i) => tf.tensor(saw(`${name}/input-${i}`, [BATCH, ...shape], 3), [BATCH, ...shape]))
}

export const weightName = ({ originalName }: Layer['weights'][number]) => originalName.split('/').at(-1)!
export const variableOf = (weight: Layer['weights'][number]) => (weight as unknown as { val: Variable }).val

/** Trained weights by the formula, as the script has them. */
export function fillWeights({ tf, layer }: Built, name: string): void {
  for (const weight of layer.trainableWeights) {
    const shape = weight.shape as number[]
    weight.write(tf.tidy(() => tf.tensor(saw(`${name}/${weightName(weight)}`, shape), shape)))
  }
}

/** The output; the gradients of a weighted sum of it by inputs and trained weights. */
export function passOf({ tf, model, layer }: Built, name: string, inputs: readonly Tensor[], training: boolean): Record<string, Tensor> {
  const call = (given: readonly Tensor[]) => model.apply(given.length === 1 ? given[0]! : [...given], { training }) as Tensor
  const output = call(inputs)
  const weigh = tf.tensor(saw(`${name}/weigh`, output.shape), output.shape)
  const sum = (...given: Tensor[]) => tf.sum(tf.mul(call(given), weigh))
  const ofInputs = tf.grads(sum)([...inputs])
  const variables = layer.trainableWeights.map(variableOf)
  const ofWeights = variables.length > 0 ? tf.variableGrads(() => sum(...inputs) as never, variables).grads : {}
  return {
    output,
    ...Object.fromEntries(ofInputs.map((gradient, i) => [`input-${i}`, gradient])),
    ...Object.fromEntries(layer.trainableWeights.map(weight => [weightName(weight), ofWeights[variableOf(weight).name]!])),
  }
}
