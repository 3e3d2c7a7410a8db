/** Against PyTorch in float64, the compiled step is as near as tfjs's own. The numbers are those of `models/torch.test.ts`. */
import { expect } from 'chai'
import { compile } from '../../../src/graph.js'
import { toTensors } from '../../../src/models/train/eager-step.js'
import { trainingStep } from '../../../src/models/train/training-step.js'
import type { NdArray } from '../../../src/util/nd-array.js'
import { buildTorchNetwork, images, labels, references } from '../../models/torch-network.js'
import type { Reference } from '../../models/torch-parity.js'
import { distance, type Named, seeCompiled } from './compare.js'
import type { Tensor } from './parity-model.js'

/** The other order of roundings may be a little worse by chance. */
const CHANCE = 1.5
/** A few of the last digits that a float has, and the fixture. */
const DIGITS = 3e-7

interface Step {
  readonly loss: number
  readonly gradients: readonly Named[]
  readonly lossAfterStep: number
}

async function step(engine: 'eager' | 'graph', se: object | false): Promise<Step> {
  const model = await buildTorchNetwork(se, engine)
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
      const reference = references[name]!
      const eager = distances(await step('eager', se), reference)
      const { result, compiled } = await seeCompiled(() => step('graph', se))
      expect(compiled).to.deep.equal(['gradients', 'net, training', 'net, training'])
      for (const [i, [what, off]] of distances(result, reference).entries()) {
        expect(off, what).to.be.below(CHANCE * eager[i]![1] + DIGITS)
      }
    })
  }
})
