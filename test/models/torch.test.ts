/** The same small networks in PyTorch: `fixtures/torch_reference.py` wrote what is compared here. */
import { readFileSync } from 'node:fs'
import { crc32 } from 'node:zlib'
import { expect } from 'chai'
import { toTensors } from '../../src/models/train/eager-step.js'
import { trainingStep } from '../../src/models/train/training-step.js'
import { ResNet, type TfModel } from '../../src/models.js'
import { NdArray } from '../../src/util/nd-array.js'

interface Reference {
  readonly logits: number[]
  readonly loss: number
  readonly lossAfterStep: number
  readonly gradients: Readonly<Record<string, number[]>>
}
const { setting, ...references } = JSON.parse(readFileSync(new URL('fixtures/torch_reference.json', import.meta.url), 'utf8'))

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

async function build(seBlock: unknown): Promise<TfModel> {
  const model = await ResNet.build(
    {
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
    },
    { name: 'net', seed: 1 },
  )
  const { tf } = model.network
  for (const weight of model.layersModel.trainableWeights) {
    const value = tf.tensor(formula(weight.originalName, weight.shape as number[]), weight.shape as number[])
    weight.write(value)
    value.dispose()
  }
  return model
}

const images = new NdArray(formula('images', [setting.batch, setting.size, setting.size, 1]), [
  setting.batch,
  setting.size,
  setting.size,
  1,
])
const labels = new NdArray(
  Int32Array.from({ length: setting.batch }, (_, i) => i % setting.classes),
  [setting.batch],
)

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
      const reference: Reference = references[name]
      const model = await build(seBlock)
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
