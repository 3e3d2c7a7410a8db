/** The same small networks in PyTorch: `fixtures/torch_reference.py` wrote what is compared here. */
import { buildTorchNetwork, images, labels, references } from './torch-network.js'
import { expectParity } from './torch-parity.js'

describe('against PyTorch on the same weights', () => {
  for (const [name, seBlock] of [
    ['resnet', false],
    ['seResnet', { ratio: 4 }],
  ] as const) {
    it(`${name}: forward pass, loss, gradients and one step are equal to 1e-4`, async () => {
      const model = await buildTorchNetwork(seBlock, 'graph')
      await expectParity(model, references[name]!, { images, labels })
      model.dispose()
    })
  }
})
