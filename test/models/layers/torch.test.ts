/** Layers against PyTorch: `fixtures/torch_layers.py` wrote what is compared here. */
import { readFileSync } from 'node:fs'
import { expect } from 'chai'
import { loadTensorflow } from '../../../src/graph/tensorflow.js'
import type { Tensor, Tf } from '../../../src/models/tf-types.js'
import { buildLayer, fillWeights, inputsOf, passOf, saw } from './build.js'
import { samples } from './samples.js'

type Summaries = Readonly<Record<string, readonly number[]>>

const references: Readonly<Record<string, Summaries>> = JSON.parse(
  readFileSync(new URL('../fixtures/torch_layers.json', import.meta.url), 'utf8'),
)

/** Up to 12 elements, and a weighted sum of all, as the script has them. */
function summary(tensor: Tensor): number[] {
  const values = Array.from(tensor.dataSync())
  const count = Math.min(12, values.length)
  const weights = saw('check', [values.length])
  return [
    ...Array.from({ length: count }, (_, i) => values[Math.floor(((2 * i + 1) * values.length) / (2 * count))]!),
    values.reduce((sum, value, i) => sum + value * weights[i]!, 0),
  ]
}

function compare(tf: Tf, name: string, wanted: Summaries): void {
  tf.tidy(() => {
    const built = buildLayer(tf, samples[name]!)
    fillWeights(built, name)
    const tensors = passOf(built, name, inputsOf(tf, name, samples[name]!.inputs), false)
    expect(Object.keys(tensors)).to.have.members(Object.keys(wanted))
    for (const [part, numbers] of Object.entries(wanted)) {
      const got = summary(tensors[part]!)
      // Elements of a tensor are sums of terms of about this size.
      const scale = Math.max(...numbers.slice(0, -1).map(Math.abs))
      for (const [i, number] of numbers.entries()) {
        const size = i < numbers.length - 1 ? scale : scale * Math.sqrt(tensors[part]!.size)
        expect(Math.abs(got[i]! - number) / size, `${part}, ${i}`).to.be.below(/attention/.test(name) ? 3e-6 : 1e-6)
      }
    }
    built.model.dispose()
  })
}

describe('layers against PyTorch on the same weights', () => {
  for (const [name, wanted] of Object.entries(references)) {
    it(`${name}: output and gradients are equal to 1e-6`, async () => compare(await loadTensorflow(), name, wanted))
  }

  for (const name of Object.keys(references).filter(name => /grouped|dilated|bilinear|lines|adaptive/.test(name))) {
    it(`${name}: also on a backend without TensorFlow’s kernels`, async () => {
      const tf = await loadTensorflow()
      const native = tf.getBackend()
      try {
        // Keeps the slow backend from advertising the fast one.
        tf.env().set('IS_TEST', true)
        await tf.setBackend('cpu')
        compare(tf, name, references[name]!)
      } finally {
        tf.env().set('IS_TEST', false)
        await tf.setBackend(native)
      }
    })
  }
})
