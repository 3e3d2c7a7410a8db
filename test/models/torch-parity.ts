/** Compares a network with PyTorch's on the same weights: both compute these from the same formula of their names. */
import { readFileSync } from 'node:fs'
import { crc32 } from 'node:zlib'
import { expect } from 'chai'
import { toTensors } from '../../src/models/train/eager-step.js'
import { trainingStep } from '../../src/models/train/training-step.js'
import type { TfModel } from '../../src/models.js'
import { NdArray } from '../../src/util/nd-array.js'

/** What PyTorch got, in float64. */
export interface Reference {
  readonly logits: number[]
  readonly loss: number
  readonly lossAfterStep: number
  readonly gradients: Readonly<Record<string, number[]>>
}

interface Fixture<R> {
  /** What the script set: sizes, numbers of filters, the learning rate. */
  readonly setting: Readonly<Record<string, any>>
  readonly references: Readonly<Record<string, R>>
}

/** What a script of the folder `fixtures` wrote. */
export function readFixture<R = Reference>(name: string): Fixture<R> {
  const { setting, made: _, ...references } = JSON.parse(readFileSync(new URL(`fixtures/${name}.json`, import.meta.url), 'utf8'))
  return { setting, references }
}

/** The formula of the scripts. */
export function formula(name: string, shape: readonly number[]): Float32Array {
  const size = shape.reduce((product, n) => product * n, 1)
  const start = (crc32(name) % 1000) / 1000
  const amplitude = Math.sqrt(3 / (size / shape.at(-1)!))
  return Float32Array.from({ length: size }, (_, i) => {
    const saw = ((start + i * 0.6180339887498949) % 1) * 2 - 1
    if (name.endsWith('gamma')) return 1 + 0.2 * saw
    if (name.endsWith('beta') || name.endsWith('bias')) return 0.1 * saw
    return name === 'images' ? 0.5 + 0.5 * saw : saw * amplitude
  })
}

/** Writes the script's weights into the network. */
export function writeWeights(model: TfModel): void {
  const { tf } = model.network
  for (const weight of model.layersModel.trainableWeights) {
    const shape = weight.shape as number[]
    weight.write(tf.tidy(() => tf.tensor(formula(weight.originalName, shape), shape)))
  }
}

export interface Batch {
  readonly images: NdArray
  readonly labels: NdArray
}

/** The script's batch. */
export function batchOf({ batch, size, classes }: Fixture<Reference>['setting']): Batch {
  return {
    images: new NdArray(formula('images', [batch, size, size, 1]), [batch, size, size, 1]),
    labels: new NdArray(
      Int32Array.from({ length: batch }, (_, i) => i % classes),
      [batch],
    ),
  }
}

const norm = (values: readonly number[]) => Math.sqrt(values.reduce((sum, value) => sum + value ** 2, 0))

/** The difference's norm in proportion to the reference's, or to `floor` if that is larger. */
export function difference(got: ArrayLike<number>, wanted: readonly number[], floor = 0): number {
  return norm(wanted.map((value, i) => got[i]! - value)) / Math.max(norm(wanted), floor)
}

/** Of gradients that are next to nothing beside the largest, only the rounding errors differ. */
const floorOf = ({ gradients }: Reference) => Math.max(...Object.values(gradients).map(norm)) / 1000

/** Predictions, loss, every gradient and the loss after a step of gradient descent are equal to 1e-4. */
export async function expectParity(model: TfModel, reference: Reference, { images, labels }: Batch): Promise<void> {
  const { network } = model
  const names = model.layersModel.trainableWeights.map(weight => weight.originalName)
  expect(names).to.have.members(Object.keys(reference.gradients))
  const fed = new Map<string, NdArray>([
    ['images', images],
    ['labels', labels],
  ])
  network.tf.tidy(() => {
    const { loss, gradients, values } = trainingStep(network, toTensors(network, fed), ['predictions'])
    expect(Math.abs(loss.dataSync()[0]! / reference.loss - 1)).to.be.below(1e-4)
    expect(difference(values[0]!.dataSync(), reference.logits)).to.be.below(1e-4)
    for (const weight of model.layersModel.trainableWeights) {
      const gradient = gradients[(weight as unknown as { val: { name: string } }).val.name]!
      const off = difference(gradient.dataSync(), reference.gradients[weight.originalName]!, floorOf(reference))
      expect(off, weight.originalName).to.be.below(1e-4)
    }
  })
  await model.train({ images, labels }, [])
  const [stepped] = await model.train({ images, labels }, ['loss'])
  expect(Math.abs((stepped as number) / reference.lossAfterStep - 1)).to.be.below(1e-4)
}
