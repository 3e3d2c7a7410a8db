/** The small networks that `fixtures/torch_reference.py` computed in PyTorch: their weights, their batch, and what came out there. */
import { ResNet, type TfModel } from '../../src/models.js'
import { batchOf, readFixture, writeWeights } from './torch-parity.js'

const fixture = readFixture('torch_reference')
const { setting } = fixture
export const { references } = fixture
export const { images, labels } = batchOf(setting)

/** The network with the script's weights. */
export async function buildTorchNetwork(seBlock: unknown, engine: 'eager' | 'graph'): Promise<TfModel> {
  const config = {
    inputs: { images: { shape: [setting.size, setting.size, 1] }, labels: { classes: setting.classes, name: 'targets' } },
    'initial_block/inputs': 'images',
    'initial_block/filters': setting.first,
    'body/num_blocks': setting.blocks,
    'body/filters': setting.filters,
    'body/block/bottleneck': true,
    'body/block/layout': 'cna cna cn',
    'body/block/post_activation': 'tanh',
    'body/block/se_block': seBlock,
    'common/activation': 'tanh',
    optimizer: { name: 'SGD', learningRate: setting.learningRate },
    engine,
  }
  const model = await ResNet.build(config, { name: 'net', seed: 1 })
  writeWeights(model)
  return model
}
