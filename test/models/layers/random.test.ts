/** Drop path and samples of a distribution: what they draw, and when. */
import { expect } from 'chai'
import { loadTensorflow } from '../../../src/graph/tensorflow.js'
import type { Clock } from '../../../src/models/build/stateless-draws.js'
import type { SpecOf } from '../../../src/models/plan/layer-spec.js'
import type { Tensor, Tf } from '../../../src/models/tf-types.js'
import { buildLayer } from './build.js'
import type { Sample } from './samples.js'

const ITEMS = 400

describe('random layers', () => {
  let tf: Tf
  before(async () => {
    tf = await loadTensorflow()
  })

  function run(sample: Sample, clock: Clock, training: boolean, items = ITEMS, seed = 7, value = 1): number[] {
    const { model } = buildLayer(tf, sample, clock, seed)
    const numbers = tf.tidy(() => ({
      values: Array.from(
        (
          model.apply(
            sample.inputs.length === 1
              ? tf.fill([items, ...sample.inputs[0]!], value)
              : sample.inputs.map(shape => tf.fill([items, ...shape], value)),
            { training },
          ) as Tensor
        ).dataSync(),
      ),
    })).values
    model.dispose()
    return numbers
  }
  const path = (more: Partial<SpecOf<'dropPath'>> = {}): Sample => ({
    spec: { type: 'dropPath', rate: 0.25, mode: 'row', scale: 'training', ...more },
    inputs: [[1, 3]],
  })
  const perItem = (values: number[]) => Array.from({ length: values.length / 3 }, (_, i) => values.slice(3 * i, 3 * i + 3))

  it('drop whole items, and divide the others by their survival', () => {
    const items = perItem(run(path(), { step: 0 }, true))
    for (const item of items) expect(new Set(item).size).to.equal(1)
    const kept = items.filter(([first]) => first !== 0)
    expect(kept.length / ITEMS).to.be.closeTo(0.75, 0.06)
    for (const [first] of kept) expect(first).to.be.closeTo(1 / 0.75, 1e-6)
    expect(new Set(run(path(), { step: 0 }, false))).to.deep.equal(new Set([1]))
  })

  it('multiply by their survival in prediction instead, if the config says so', () => {
    const values = new Set(run(path({ scale: 'inference' }), { step: 0 }, true))
    expect([...values].sort()).to.deep.equal([0, 1])
    expect(new Set(run(path({ scale: 'inference' }), { step: 0 }, false))).to.deep.equal(new Set([0.75]))
  })

  it('drop a whole batch or none of it, once per step whatever part of the batch is computed', () => {
    const draws = Array.from({ length: 200 }, (_, step) => {
      const [first, ...others] = [0, 1].map(microbatch => new Set(run(path({ mode: 'batch' }), { step, microbatch }, true, 5)))
      expect(first!.size).to.equal(1)
      for (const other of others) expect(other).to.deep.equal(first)
      return [...first!][0]!
    })
    expect(draws.filter(value => value > 0).length / draws.length).to.be.closeTo(0.75, 0.08)
  })

  it('draw by seed, step and part of the batch, and nothing else', () => {
    const places: [Clock, number][] = [
      [{ step: 0 }, 7],
      [{ step: 0 }, 8],
      [{ step: 1 }, 7],
      [{ step: 0, microbatch: 1 }, 7],
    ]
    for (const sample of [path(), { spec: { type: 'gaussian' }, inputs: [[2], [2]] } as Sample]) {
      const draw = () => places.map(([clock, seed]) => run(sample, clock, true, 50, seed).join())
      const draws = draw()
      expect(new Set(draws).size).to.equal(places.length)
      expect(draw()).to.deep.equal(draws)
    }
  })

  it('sample a normal distribution in training and return its mean in prediction', () => {
    const sample: Sample = { spec: { type: 'gaussian' }, inputs: [[8], [8]] }
    // Mean 2, logarithm of the variance 2.
    const values = run(sample, { step: 3 }, true, ITEMS, 7, 2)
    const mean = values.reduce((sum, value) => sum + value, 0) / values.length
    const variance = values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length
    expect(mean).to.be.closeTo(2, 0.15)
    expect(variance / Math.exp(2)).to.be.closeTo(1, 0.1)
    expect(new Set(run(sample, { step: 3 }, false, 5, 7, 2))).to.deep.equal(new Set([2]))
  })

  it('draw by tfjs’s own generator in a model that tfjs has loaded', async () => {
    const { model } = buildLayer(tf, path())
    let saved: unknown
    await model.save(
      tf.io.withSaveHandler(async artifacts => {
        saved = artifacts
        return { modelArtifactsInfo: { dateSaved: new Date(0), modelTopologyType: 'JSON' } }
      }),
    )
    const loaded = await tf.loadLayersModel(tf.io.fromMemory(saved as never))
    const values = tf.tidy(() => ({
      numbers: Array.from((loaded.apply(tf.ones([ITEMS, 1, 3]), { training: true }) as Tensor).dataSync()),
    })).numbers
    expect(values.filter(value => value > 0).length / values.length).to.be.closeTo(0.75, 0.1)
    loaded.dispose()
    model.dispose()
  })
})
