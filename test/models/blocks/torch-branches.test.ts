/** Blocks of branches and separable residual blocks in PyTorch: `fixtures/torch_branches.py` wrote what is compared here. */
import { ResNet } from '../../../src/models.js'
import { batchOf, expectParity, readFixture, writeWeights } from '../torch-parity.js'

const { setting, references } = readFixture('torch_branches')

const chain = (...steps: readonly (readonly [filters: number, kernel: number | readonly [number, number]])[]) => {
  const list = <T>(values: readonly T[]) => (values.length === 1 ? values[0] : values)
  return {
    layout: steps.map(() => 'cna').join(' '),
    filters: list(steps.map(([filters]) => filters)),
    kernel_size: list(steps.map(([, kernel]) => kernel)),
  }
}

const bodies: Readonly<Record<string, object>> = {
  concatenated: {
    num_blocks: [2],
    strides: [2],
    block: { type: 'branches' },
    by_group: [
      {
        by_block: [
          {
            branches: [
              { ...chain([3, 3]), padding: 'valid' },
              { ...chain([2, 1], [3, [1, 5]], [2, 3]), padding: ['same', 'same', 'valid'] },
              { layout: 'p', pool_size: 3, pool_padding: 'valid' },
            ],
          },
          {
            squeeze: chain([5, 1]),
            branches: [
              chain([4, 1]),
              { ...chain([3, 1]), branches: [chain([2, [1, 3]]), chain([2, [3, 1]])] },
              { ...chain([2, 1]), layout: 'v cna', pool_size: 3 },
            ],
          },
        ],
      },
    ],
  },
  residual: {
    num_blocks: [2],
    block: {
      type: 'branches',
      branches: [chain([3, 1]), chain([2, 1], [3, [1, 3]], [4, [3, 1]])],
      residual: true,
      scale: 0.2,
      post_activation: 'tanh',
    },
  },
  separable: {
    num_blocks: [2],
    filters: [6],
    strides: [2],
    block: { layout: 'aCn aCn p', shortcut: 'cn' },
    by_group: [{ by_block: [{ inner_factor: 0.5 }, { layout: 'aCn aCn aCn' }] }],
  },
}

const configOf = (body: object) => ({
  inputs: { images: { shape: [setting.size, setting.size, 1] }, labels: { classes: setting.classes, name: 'targets' } },
  initial_block: { layout: 'cna', filters: setting.first, kernel_size: 3, strides: 1 },
  body,
  'common/activation': 'tanh',
  optimizer: { name: 'SGD', learningRate: setting.learningRate },
  engine: 'graph',
})

describe('blocks of branches against PyTorch on the same weights', () => {
  for (const [name, body] of Object.entries(bodies)) {
    it(`${name}: forward pass, loss, gradients and one step are equal to 1e-4`, async () => {
      const model = await ResNet.build(configOf(body), { name: 'net', seed: 1 })
      writeWeights(model)
      await expectParity(model, references[name]!, batchOf(setting))
      model.dispose()
    })
  }
})
