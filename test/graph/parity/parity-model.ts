/** What a model of the parity tests is, and its numbers: a pure function of names and places, so that two builds are the same model. */
import type { Tensorflow } from '../../../src/graph/tensorflow.js'
import { uniformAt } from '../../../src/util/seeds.js'

export type Tf = Tensorflow
export type Model = import('@tensorflow/tfjs-node-gpu').LayersModel
export type Layer = import('@tensorflow/tfjs-node-gpu').layers.Layer
export type Symbolic = import('@tensorflow/tfjs-node-gpu').SymbolicTensor
export type Tensor = import('@tensorflow/tfjs-node-gpu').Tensor
type Loss = Parameters<Model['compile']>[0]['loss']

export interface ParityModel {
  readonly name: string
  readonly build: (tf: Tf) => Model
  /** Kinds of the outputs' targets: numbers, one-hot vectors, numbers in 0 … 1. Default: numbers. */
  readonly targets?: readonly ('numbers' | 'classes' | 'shares')[]
  /** Default: mean squared error, for classes categorical cross-entropy. */
  readonly loss?: (tf: Tf) => Loss
  /** Inputs are whole numbers below this. */
  readonly vocabulary?: number
  /** Has a derivative that jumps where numbers lie at random: one rounding more or less may decide on a whole gradient entry. */
  readonly kink?: true
}

/** `size` numbers in [−1, 1). */
export function numbers(seed: number, size: number): Float32Array {
  return Float32Array.from({ length: size }, (_, i) => 2 * uniformAt(seed, i) - 1)
}

/** A model in a row of layers. */
export function chain(tf: Tf, inputShape: number[], ...layers: Layer[]): Model {
  const input = tf.input({ shape: inputShape })
  return tf.model({ inputs: input, outputs: layers.reduce<Symbolic>((x, layer) => layer.apply(x) as Symbolic, input) })
}

/** Gives every weight the numbers of its place. */
export function setNumbers(tf: Tf, model: Model): void {
  for (const [i, weight] of model.weights.entries()) {
    const shape = weight.shape as number[]
    const size = tf.util.sizeFromShape(shape)
    const amplitude = shape.length > 1 ? Math.min(1, Math.sqrt(3 / (size / shape.at(-1)!))) : 0.3
    const values = numbers(100 + i, size).map(value => (/gamma|variance/.test(weight.originalName) ? 1 + 0.3 * value : amplitude * value))
    const tensor = tf.tensor(values, shape)
    weight.write(tensor)
    tensor.dispose()
  }
}

export interface Batch {
  readonly x: Tensor[]
  readonly y: Tensor[]
}

/** A batch by its number. The caller disposes it. */
export function makeBatch(tf: Tf, model: Model, { targets = [], vocabulary }: ParityModel, seed: number, items = 4): Batch {
  const sized = (symbol: Symbolic) => [items, ...(symbol.shape.slice(1) as number[])]
  const x = model.inputs.map((symbol, i) => {
    const shape = sized(symbol)
    const values = numbers(seed * 10 + i, tf.util.sizeFromShape(shape))
    return tf.tensor(vocabulary ? values.map(value => Math.floor(((value + 1) / 2) * vocabulary)) : values, shape)
  })
  const y = model.outputs.map((symbol, i) => toTarget(tf, sized(symbol), targets[i] ?? 'numbers', seed * 10 + 5 + i))
  return { x, y }
}

function toTarget(tf: Tf, shape: number[], kind: 'numbers' | 'classes' | 'shares', seed: number): Tensor {
  const size = tf.util.sizeFromShape(shape)
  if (kind !== 'classes')
    return tf.tensor(
      numbers(seed, size).map(value => (kind === 'shares' ? (value + 1) / 2 : value)),
      shape,
    )
  const classes = shape.at(-1)!
  const values = new Float32Array(size)
  for (let start = 0; start < size; start += classes) values[start + Math.floor(uniformAt(seed, start) * classes)] = 1
  return tf.tensor(values, shape)
}

/** The loss of each output. */
export function lossesOf(tf: Tf, row: ParityModel, model: Model): Loss {
  if (row.loss) return row.loss(tf)
  return model.outputs.map((_, i) => (row.targets?.[i] === 'classes' ? 'categoricalCrossentropy' : 'meanSquaredError'))
}
