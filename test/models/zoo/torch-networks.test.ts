/** Whole networks of torchvision and timm, with fewer filters: `fixtures/torch_networks.py` wrote what is compared. */
import { models, type ZooName } from '../../../src/models.js'
import { expectModuleParity, type ModuleReference, moduleBatch } from '../torch-modules.js'
import { readFixture } from '../torch-parity.js'

const residual = readFixture<ModuleReference>('torch_networks')
const small = readFixture<ModuleReference>('torch_small_networks')
const { setting } = residual
const references = { ...residual.references, ...small.references }

const configs: Partial<Record<ZooName, object>> = {
  ResNet18: { 'body/filters': setting.filters },
  ResNet50: { 'body/filters': setting.filters },
  // timm's hidden channels are multiples of 8, which those of as many filters as published are by themselves.
  SEResNet50: { 'body/filters': setting.filters, 'body/block/attention': { type: 'se', divisor: 8 } },
  MobileNetV2: { 'body/width_factor': 0.25, 'body/num_blocks': [1, 2, 1, 2, 1, 1, 1], 'head/dropout_rate': 0 },
  MobileNetV3Small: { 'body/width_factor': 0.25, 'head/dropout_rate': 0 },
  EfficientNetB0: { 'body/width_factor': 0.25, 'body/depth_factor': 0.4, 'body/drop_path': 0, 'head/dropout_rate': 0 },
  ConvNeXtTiny: {
    'initial_block/filters': 8,
    'body/filters': [8, 16, 24, 32],
    'body/num_blocks': [1, 1, 2, 1],
    'body/drop_path': 0,
  },
  ViTTiny: {
    'initial_block/filters': 16,
    'initial_block/kernel_size': 8,
    'initial_block/strides': 8,
    'body/filters': [16],
    'body/num_blocks': [2],
    'body/block/heads': 2,
  },
  DenseNet121: { 'body/num_blocks': [2, 3, 2, 2], 'body/block/growth_rate': 6, 'initial_block/filters': 12 },
}

describe('networks like torchvision and timm on the same weights', () => {
  for (const [name, config] of Object.entries(configs)) {
    it(`${name}: predictions, loss, gradients and one step are equal to 1e-4`, async () => {
      const inputs = {
        images: { shape: [setting.size, setting.size, setting.channels] },
        labels: { classes: setting.classes, name: 'targets' },
      }
      const optimizer = { name: 'SGD', learningRate: setting.learningRate }
      const written = { inputs, like: 'torchvision', optimizer, engine: 'eager', ...config }
      const model = await models[name as ZooName].build(written, { name: 'net', seed: 1 })
      await expectModuleParity(model, references[name]!, moduleBatch(setting))
      model.dispose()
    })
  }
})
