/** Blocks and attentions as torchvision, timm and segmentation-models-pytorch have them: `fixtures/torch_blocks.py` wrote what is compared. */
import { ResNet } from '../../../src/models.js'
import { expectModuleParity, type ModuleReference, moduleBatch } from '../torch-modules.js'
import { readFixture } from '../torch-parity.js'

const { setting, references } = readFixture<ModuleReference>('torch_blocks')

const published = { shortcut: 'cn', post_activation: 'relu' }
const bottleneck = { ...published, layout: 'cna cna cn', bottleneck: true }
const one = { num_blocks: [1], strides: [2] }
const attended = (attention: object) => ({ num_blocks: [1], filters: [16], block: { type: 'plain', attention } })

const bodies: Readonly<Record<string, object>> = {
  residual: { ...one, filters: [12], block: { ...published, layout: 'cna cn' } },
  bottleneck: { ...one, filters: [8], block: bottleneck },
  grouped: { ...one, filters: [8], block: { ...bottleneck, groups: 4, inner_factor: 2 } },
  mbconv: {
    num_blocks: [2],
    strides: [2],
    filters: [16],
    block: {
      type: 'mbconv',
      kernel_size: 5,
      expansion: 4,
      activation: 'swish',
      attention: { type: 'se', ratio: 4, units_of: 'block', activation: ['swish', 'sigmoid'] },
    },
  },
  dense: {
    num_blocks: [2, 1],
    block: { type: 'dense', growth_rate: 6 },
    downsample: { layout: 'nacv', kernel_size: 1, reduction: 0.5, place: 'between' },
  },
  convnext: { num_blocks: [1], block: { type: 'convnext', activation: 'gelu' } },
  transformer: { num_blocks: [1], block: { type: 'transformer', heads: 4, mlp_ratio: 3, activation: 'gelu' } },
  scse: attended({ type: 'scse', ratio: 4 }),
  cbam: attended({ type: 'cbam', ratio: 4 }),
  eca: attended({ type: 'eca' }),
  bam: attended({ type: 'bam', ratio: 4, dilation: 2 }),
  ssa: attended({ type: 'ssa', ratio: 4 }),
  mhsa: attended({ type: 'mhsa' }),
}

const configOf = (body: object) => ({
  inputs: { images: { shape: [setting.size, setting.size, setting.channels] }, labels: { classes: setting.classes, name: 'targets' } },
  initial_block: { layout: 'cna', filters: setting.first, kernel_size: 3, strides: 1 },
  body,
  like: 'torchvision',
  optimizer: { name: 'SGD', learningRate: setting.learningRate },
  engine: 'eager',
})

describe("blocks of PyTorch's libraries on the same weights", () => {
  for (const [name, body] of Object.entries(bodies)) {
    it(`${name}: predictions, loss, gradients and one step are equal to 1e-4`, async () => {
      const model = await ResNet.build(configOf(body), { name: 'net', seed: 1 })
      await expectModuleParity(model, references[name]!, moduleBatch(setting))
      model.dispose()
    })
  }
})
