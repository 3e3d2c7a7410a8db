/** Compares a network with modules of PyTorch's libraries on the same weights, as `fixtures/torch_parity.py` summarises them. */
import { expect } from 'chai'
import { toTensors } from '../../src/models/train/eager-step.js'
import { trainingStep } from '../../src/models/train/training-step.js'
import type { TfModel } from '../../src/models.js'
import type { NdArray } from '../../src/util/nd-array.js'
import { type Batch, difference, formula, write, writeWeights } from './torch-parity.js'

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

function expectGradient(values: ArrayLike<number>, [norm, sum, ...elements]: readonly number[], largest: number, name: string): void {
  const { length } = values
  const list = Array.from(values)
  const weights = formula('check', [length])
  // A bias before a normalisation has no gradient but for rounding.
  const scale = norm! > 1e-9 * largest ? norm! : largest
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
  writeWeights(model)
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
