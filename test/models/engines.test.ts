/** What the config says of training holds for each engine: the same steps to rounding, and the same draws. */
import { expect } from 'chai'
import { engineNames, ResNet, type TfModel } from '../../src/models.js'
import type { NdArray } from '../../src/util/nd-array.js'
import { batch, tiny } from './small.js'

const settings: Record<string, object> = {
  AdamW: { optimizer: { name: 'AdamW', weightDecay: 0.5, learningRate: 0.01 } },
  'a schedule': { optimizer: 'Momentum', decay: { name: 'cosine', decaySteps: 4, warmupSteps: 2, learningRate: 0.05 } },
  'AdamW by a schedule': { optimizer: ['AdamW', { weightDecay: 0.5 }], decay: ['exp', { decay_steps: 2, decay_rate: 0.5 }] },
  'clipping by the norm': { optimizer: 'SGD', gradient_clipping: { norm: 0.1 } },
  'clipping by the norm of a variable': { optimizer: 'SGD', gradient_clipping: { variable_norm: 0.1 } },
  'clipping by value': { optimizer: 'SGD', gradient_clipping: { value: 0.01 } },
  dropout: { 'head/dropout_rate': 0.4 },
  microbatches: { microbatch_size: 4, 'head/dropout_rate': 0.4 },
  'all together': {
    optimizer: ['AdamW', { weightDecay: 0.1 }],
    decay: { name: 'poly', decaySteps: 5, warmupSteps: 1, warmupFrom: 0.5 },
    gradient_clipping: { norm: 0.5 },
    microbatch_size: 3,
    'head/dropout_rate': 0.2,
  },
}

async function train(config: object, freeze?: string) {
  const model: TfModel = await ResNet.build({ ...tiny, ...config }, { name: 'net', seed: 5 })
  const losses: number[] = []
  const dropped: string[] = []
  for (let step = 0; step < 5; step++) {
    if (freeze) model.layersModel.getLayer(freeze).trainable = step === 0 || step > 2
    const fetches = ['loss', 'head', ...('head/dropout_rate' in config ? ['head/dropout'] : [])]
    const [loss, head, values] = (await model.train(batch(6, step), fetches)) as [number, NdArray, NdArray?]
    losses.push(loss)
    expect(head.shape[0]).to.equal(6)
    if (values) dropped.push(Array.from(values.data, value => Number(value === 0)).join(''))
  }
  model.dispose()
  return { losses, dropped }
}

describe('engines agree', () => {
  for (const engine of engineNames.filter(name => name !== 'eager')) {
    for (const [name, config] of Object.entries(settings)) {
      it(`${engine} and eager, with ${name}`, async () => {
        const [wanted, got] = [await train({ ...config, engine: 'eager' }), await train({ ...config, engine })]
        for (const [i, loss] of wanted.losses.entries()) expect(got.losses[i]).to.be.closeTo(loss, 1e-5)
        expect(got.dropped).to.deep.equal(wanted.dropped)
      })
    }

    it(`${engine} and eager, with a layer that is frozen for two steps`, async () => {
      const layer = 'body/group-0/block-0/conv'
      const [wanted, got] = [await train({ engine: 'eager' }, layer), await train({ engine }, layer)]
      for (const [i, loss] of wanted.losses.entries()) expect(got.losses[i]).to.be.closeTo(loss, 1e-5)
    })
  }
})
