/** Against PyTorch in float64, the compiled step is as near as tfjs's own. The numbers are those of `models/torch.test.ts`. */
import { readFileSync } from 'node:fs'
import { crc32 } from 'node:zlib'
import { expect } from 'chai'
import { compile } from '../../../src/graph.js'
import { toTensors } from '../../../src/models/train/eager-step.js'
import { trainingStep } from '../../../src/models/train/training-step.js'
import { ResNet, type TfModel } from '../../../src/models.js'
import { NdArray } from '../../../src/util/nd-array.js'
import { distance, type Named, seeCompiled } from './compare.js'
import type { Tensor } from './parity-model.js'

interface Reference {
  readonly loss: number
  readonly lossAfterStep: number
  readonly gradients: Readonly<Record<string, number[]>>
}
const fixture = new URL('../../models/fixtures/torch_reference.json', import.meta.url)
const { setting, ...references } = JSON.parse(readFileSync(fixture, 'utf8'))
/** The other order of roundings may be a little worse by chance. */
const CHANCE = 1.5
/** A few of the last digits that a float has, and the fixture. */
const DIGITS = 3e-7

/** The formula of the script that made the fixture. */
function formula(name: string, shape: readonly number[]): Float32Array {
  const size = shape.reduce((product, length) => product * length, 1)
  const start = (crc32(name) % 1000) / 1000
  return Float32Array.from({ length: size }, (_, i) => {
    const saw = ((start + i * 0.6180339887498949) % 1) * 2 - 1
    if (name.endsWith('gamma')) return 1 + 0.2 * saw
    if (/(beta|bias)$/.test(name)) return 0.1 * saw
    return name === 'images' ? 0.5 + 0.5 * saw : saw * Math.sqrt(3 / (size / shape.at(-1)!))
  })
}

async function build(engine: string, se: object | false): Promise<TfModel> {
  const config = {
    inputs: { images: { shape: [setting.size, setting.size, 1] }, labels: { classes: setting.classes, name: 'targets' } },
    'initial_block/inputs': 'images',
    'initial_block/filters': setting.first,
    'body/num_blocks': setting.blocks,
    'body/filters': setting.filters,
    'body/block/bottleneck': true,
    'body/block/layout': 'cna cna cn',
    'body/block/post_activation': 'tanh',
    'body/block/se_block': se,
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

const { batch, size } = setting
const images = new NdArray(formula('images', [batch, size, size, 1]), [batch, size, size, 1])
const labels = new NdArray(
  Int32Array.from({ length: batch }, (_, i) => i % setting.classes),
  [batch],
)

interface Step {
  readonly loss: number
  readonly gradients: readonly Named[]
  readonly lossAfterStep: number
}

async function step(engine: 'eager' | 'graph', se: object | false): Promise<Step> {
  const model = await build(engine, se)
  const { network } = model
  const { tf } = network
  const fed = new Map<string, NdArray>(Object.entries({ images, labels }))
  const variables = model.layersModel.trainableWeights.map(weight => ({
    name: weight.originalName,
    variable: (weight as unknown as { val: { name: string } }).val.name,
  }))
  const plain = (feed: Readonly<Record<string, Tensor>>): Tensor[] => {
    const { loss, gradients } = trainingStep(network, new Map(Object.entries(feed)), [])
    return [loss, ...variables.map(({ variable }) => gradients[variable]!)]
  }
  const run = engine === 'graph' ? compile(plain, { name: 'gradients' }) : plain
  let values: Float32Array[] = []
  tf.tidy(() => {
    values = run(Object.fromEntries(toTensors(network, fed))).map(tensor => tensor.dataSync<'float32'>())
  })
  const [loss, ...gradients] = values
  await model.train({ images, labels }, [])
  const [lossAfterStep] = (await model.train({ images, labels }, ['loss'])) as [number]
  model.dispose()
  return { loss: loss![0]!, gradients: variables.map(({ name }, i) => ({ name, values: gradients[i]! })), lossAfterStep }
}

/** How far a step is from PyTorch's: the loss, all gradients as one vector, the worst of the gradients, the loss after the update. */
function distances({ loss, gradients, lossAfterStep }: Step, reference: Reference): readonly (readonly [string, number])[] {
  const wanted = gradients.map(({ name }) => ({ name, values: reference.gradients[name]! }))
  const each = gradients.map((gradient, i) => distance([gradient], [wanted[i]!]))
  return [
    ['loss', Math.abs(loss / reference.loss - 1)],
    ['all gradients', distance(gradients, wanted)],
    ['the worst gradient', Math.max(...each)],
    ['loss after the step', Math.abs(lossAfterStep / reference.lossAfterStep - 1)],
  ]
}

describe('against PyTorch in float64, the compiled step is as near as tfjs’s own', () => {
  for (const [name, se] of [
    ['resnet', false],
    ['seResnet', { ratio: 4 }],
  ] as const) {
    it(name, async () => {
      const reference: Reference = references[name]
      const eager = distances(await step('eager', se), reference)
      const { result, compiled } = await seeCompiled(() => step('graph', se))
      expect(compiled).to.deep.equal(['gradients', 'net, training', 'net, training'])
      for (const [i, [what, off]] of distances(result, reference).entries()) {
        expect(off, what).to.be.below(CHANCE * eager[i]![1] + DIGITS)
      }
    })
  }
})
