/** Compares a network with modules of PyTorch's libraries on the same weights, as `fixtures/torch_parity.py` summarises them. */
import { crc32 } from 'node:zlib'
import { expect } from 'chai'
import type { LayersModel } from '../../src/models/tf-types.js'
import { toTensors } from '../../src/models/train/eager-step.js'
import { trainingStep } from '../../src/models/train/training-step.js'
import type { TfModel } from '../../src/models.js'
import { NdArray } from '../../src/util/nd-array.js'
import { type Batch, difference } from './torch-parity.js'

type LayerVariable = LayersModel['weights'][number]

/** What PyTorch got, in float64. */
export interface ModuleReference {
  /** By moving statistics. */
  readonly inference: readonly number[]
  /** By the statistics of the batch. */
  readonly logits: readonly number[]
  readonly loss: number
  /** The norm, a weighted sum, some elements. */
  readonly gradients: Readonly<Record<string, readonly number[]>>
  readonly lossAfterStep: number
  /** By the same moving statistics as before. */
  readonly inferenceAfterStep: readonly number[]
}

const tolerance = 1e-4

/** The formula of the scripts: a hash of the index, started by the name. */
function formula(name: string, shape: readonly number[]): Float32Array {
  const size = shape.reduce((product, n) => product * n, 1)
  const start = crc32(name)
  const amplitude = Math.sqrt(3 / (size / shape.at(-1)!))
  return Float32Array.from({ length: size }, (_, i) => {
    const value = mix(Math.imul(i, 0x9e3779b1) + start) / 2 ** 31 - 1
    // Rounding grows from block to block unless the branches of bottlenecks are small.
    if (name.endsWith('norm-2/gamma')) return 0.3 + 0.2 * value
    if (/(gamma|moving_variance)$/.test(name)) return 1 + 0.2 * value
    if (/(beta|bias|moving_mean)$/.test(name)) return 0.1 * value
    if (name === 'images') return 0.5 + 0.5 * value
    return name === 'check' ? value : value * amplitude
  })
}

function mix(x: number): number {
  let mixed = x >>> 0
  for (const factor of [0x85ebca6b, 0xc2b2ae35]) mixed = Math.imul(mixed ^ (mixed >>> 15), factor) >>> 0
  return (mixed ^ (mixed >>> 16)) >>> 0
}

function write({ network: { tf } }: TfModel, weights: readonly LayerVariable[]): void {
  for (const weight of weights) {
    const shape = weight.shape as number[]
    weight.write(tf.tidy(() => tf.tensor(formula(weight.originalName, shape), shape)))
  }
}

/** The scripts' batch. */
export function moduleBatch({ batch, size, classes, channels }: Readonly<Record<string, any>>): Batch {
  const shape = [batch, size, size, channels]
  return {
    images: new NdArray(formula('images', shape), shape),
    labels: new NdArray(
      Int32Array.from({ length: batch }, (_, i) => i % classes),
      [batch],
    ),
  }
}

function expectGradient(values: ArrayLike<number>, [norm, sum, ...elements]: readonly number[], largest: number, name: string): void {
  const { length } = values
  const list = Array.from(values)
  const weights = formula('check', [length])
  // A bias before a normalisation has no gradient but for rounding.
  const scale = norm! > 1e-9 * largest ? Math.max(norm!, largest / 100) : largest
  const off = (got: number, wanted: number, size: number) =>
    expect(Math.abs(got - wanted) / size, `gradient of ${name}`).to.be.below(tolerance)
  off(Math.hypot(...list), norm!, scale)
  off(
    list.reduce((total, value, i) => total + value * weights[i]!, 0),
    sum!,
    scale,
  )
  for (const [i, element] of elements.entries()) off(list[Math.floor(((2 * i + 1) * length) / (2 * elements.length))]!, element, scale)
}

async function predict(model: TfModel, { images }: Batch): Promise<ArrayLike<number>> {
  const [values] = await model.predict({ images }, ['predictions'])
  return (values as NdArray).data as Float32Array
}

/** Predictions, loss, every gradient, the loss and the predictions after a step of gradient descent are equal to 1e-4. */
export async function expectModuleParity(model: TfModel, wanted: ModuleReference, batch: Batch): Promise<void> {
  const { network, layersModel } = model
  write(model, layersModel.weights)
  expect(layersModel.trainableWeights.map(weight => weight.originalName)).to.have.members(Object.keys(wanted.gradients))
  expect(difference(await predict(model, batch), wanted.inference), 'predictions').to.be.below(tolerance)
  const largest = Math.max(...Object.values(wanted.gradients).map(([norm]) => norm!))
  network.tf.tidy(() => {
    const { loss, gradients, values } = trainingStep(network, toTensors(network, new Map(Object.entries(batch))), ['predictions'])
    expect(Math.abs(loss.dataSync()[0]! / wanted.loss - 1), 'loss').to.be.below(tolerance)
    expect(difference(values[0]!.dataSync(), wanted.logits), 'logits').to.be.below(tolerance)
    for (const weight of layersModel.trainableWeights) {
      const gradient = gradients[(weight as unknown as { val: { name: string } }).val.name]!
      expectGradient(gradient.dataSync(), wanted.gradients[weight.originalName]!, largest, weight.originalName)
    }
  })
  await model.train({ ...batch }, [])
  write(model, layersModel.nonTrainableWeights)
  expect(difference(await predict(model, batch), wanted.inferenceAfterStep), 'predictions after a step').to.be.below(tolerance)
  const [stepped] = await model.train({ ...batch }, ['loss'])
  expect(Math.abs((stepped as number) / wanted.lossAfterStep - 1), 'loss after a step').to.be.below(tolerance)
}
