/** The same small networks in PyTorch: `fixtures/torch_reference.py` wrote what is compared here. */
import { expect } from 'chai'
import { toTensors } from '../../src/models/train/eager-step.js'
import { trainingStep } from '../../src/models/train/training-step.js'
import type { NdArray } from '../../src/util/nd-array.js'
import { buildTorchNetwork, images, labels, references } from './torch-network.js'

/** The difference's norm in proportion to the reference's. */
function difference(got: ArrayLike<number>, wanted: readonly number[]): number {
  let [off, size] = [0, 0]
  for (const [i, value] of wanted.entries()) {
    off += (got[i]! - value) ** 2
    size += value ** 2
  }
  return Math.sqrt(off / size)
}

describe('against PyTorch on the same weights', () => {
  for (const [name, seBlock] of [
    ['resnet', false],
    ['seResnet', { ratio: 4 }],
  ] as const) {
    it(`${name}: forward pass, loss, gradients and one step are equal to 1e-4`, async () => {
      const reference = references[name]!
      const model = await buildTorchNetwork(seBlock, 'graph')
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
          expect(difference(gradient.dataSync(), reference.gradients[weight.originalName]!), weight.originalName).to.be.below(1e-4)
        }
      })
      await model.train({ images, labels }, [])
      const [stepped] = await model.train({ images, labels }, ['loss'])
      expect(Math.abs((stepped as number) / reference.lossAfterStep - 1)).to.be.below(1e-4)
      model.dispose()
    })
  }
})
