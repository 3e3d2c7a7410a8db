/** The small networks that `fixtures/torch_reference.py` computed in PyTorch: their weights, their batch, and what came out there. */
import { readFileSync } from 'node:fs'
import { crc32 } from 'node:zlib'
import { ResNet, type TfModel } from '../../src/models.js'
import { NdArray } from '../../src/util/nd-array.js'

/** What PyTorch got, in float64. */
export interface Reference {
  readonly logits: number[]
  readonly loss: number
  readonly lossAfterStep: number
  readonly gradients: Readonly<Record<string, number[]>>
}

const { setting, ...read } = JSON.parse(readFileSync(new URL('fixtures/torch_reference.json', import.meta.url), 'utf8'))
export const references: Readonly<Record<string, Reference>> = read

/** The formula of the script. */
function formula(name: string, shape: readonly number[]): Float32Array {
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
  const { tf } = model.network
  for (const weight of model.layersModel.trainableWeights) {
    const shape = weight.shape as number[]
    weight.write(tf.tidy(() => tf.tensor(formula(weight.originalName, shape), shape)))
  }
  return model
}

const { batch, size, classes } = setting
export const images = new NdArray(formula('images', [batch, size, size, 1]), [batch, size, size, 1])
export const labels = new NdArray(
  Int32Array.from({ length: batch }, (_, i) => i % classes),
  [batch],
)
