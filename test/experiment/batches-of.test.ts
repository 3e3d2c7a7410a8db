import { expect } from 'chai'
import { batchesOf } from '../../src/experiment/run/batches-of.js'
import { experiment, explainExperiment, runExperiment } from '../../src/experiment.js'
import { B, V } from '../../src/index.js'
import { numbers } from '../support/numbers.js'
import { registry } from '../support/registry.js'
import { temporaryFolder } from '../support/temporary-folder.js'

const sizes = () =>
  numbers(12)
    .p.initVariable('sizes', { default: [] })
    .update(V('sizes', { mode: 'append' }), B.size)

describe('how a pipeline of an experiment takes its batches', () => {
  const folder = temporaryFolder()
  const compare = () =>
    experiment({
      name: 'sizes',
      seed: 3,
      pipelines: { all: sizes(), own: sizes().runLater(5, { iterations: 4, prefetch: 2 }) },
      run: { iterations: 3, batch: { batchSize: 2, epochs: null, shuffle: 1 } },
    })

  it('as all do, but for what it says itself', () => {
    const { spec } = compare()
    expect(batchesOf(spec, 'all')).to.deep.equal({ batchSize: 2, epochs: null, iterations: undefined, shuffle: 1, seed: 3 })
    expect(batchesOf(spec, 'own')).to.deep.equal({ batchSize: 5, iterations: 4, shuffle: 1, seed: 3, prefetch: 2 })
  })

  it('and so it runs, and is explained', async () => {
    const { spec, pipelines } = compare()
    await runExperiment({ spec, pipelines }, { out: folder.path })
    expect([pipelines.all!.v('sizes'), pipelines.own!.v('sizes')]).to.deep.equal([[2, 2, 2], [5, 5, 5]]) // biome-ignore format: one line
    expect(explainExperiment(spec, registry)).to.include('own over numbers, its batches: batchSize: 5, iterations: 4, prefetch: 2')
  })

  it('too few batches are told before the first', async () => {
    const few = experiment({
      name: 'few',
      pipelines: { own: sizes().runLater(5, { epochs: 1 }) },
      run: { iterations: 4, batch: { batchSize: 2, epochs: null } },
    })
    await runExperiment(few, { out: folder.path }).then(
      () => expect.fail(),
      ({ code }) => expect(code).to.equal('too-few-batches'),
    )
  })
})
