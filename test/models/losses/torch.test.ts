/** Losses of masks in PyTorch, torchvision and segmentation_models_pytorch: `fixtures/torch_losses.py` wrote what is compared here. */
import { readFileSync } from 'node:fs'
import { loadTensorflow } from '../../../src/graph/tensorflow.js'
import type { Tf } from '../../../src/models/tf-types.js'
import { NdArray } from '../../../src/util/nd-array.js'
import { evaluateBoth, expectClose } from './evaluate.js'

interface Reference {
  readonly loss: string
  readonly options: object
  readonly classes: number
  readonly targets: readonly number[]
  readonly value: number
  readonly gradient: readonly number[]
}

const { setting, logits, cases } = JSON.parse(readFileSync(new URL('../fixtures/torch_losses.json', import.meta.url), 'utf8'))

describe('losses of masks against PyTorch', () => {
  let tf: Tf
  before(async () => {
    tf = await loadTensorflow()
  })
  for (const { loss, options, classes, targets, ...wanted } of cases as Reference[]) {
    const what = [
      ...Object.entries(options).map(([key, value]) => `${key} ${value}`),
      `of ${classes} ${classes === 1 ? 'output' : 'outputs'}`,
    ]
    if (targets.includes(setting.ignore)) what.push('with ignored pixels')
    it(`${loss} ${what.join(', ')}: value and gradient are equal to 1e-5, compiled, too`, async () => {
      const isNumbers = targets.length < logits[classes].length
      const { eager, compiled } = await evaluateBoth(tf, {
        loss: { name: loss, ...options },
        outputs: new NdArray(Float32Array.from(logits[classes]), [...setting.shape, classes]),
        targets: new NdArray(Uint8Array.from(targets), isNumbers ? setting.shape : [...setting.shape, classes]),
        ignore: setting.ignore,
      })
      expectClose(eager, wanted, 1e-5)
      expectClose(compiled, eager, 1e-5)
    })
  }
})
