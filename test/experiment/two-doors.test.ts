/** The same experiment from a file and from TypeScript: the same spec, and the same losses. */
import { fileURLToPath } from 'node:url'
import { expect } from 'chai'
import { type Experiment, experiment, openExperiment, readExperimentFile, registry, runExperiment } from '../../src/experiment.js'
import { B, V } from '../../src/index.js'
import { ResNet } from '../../src/models.js'
import { mnist } from '../../src/opensets.js'
import { temporaryFolder } from '../support/temporary-folder.js'

const file = fileURLToPath(new URL('fixtures/tiny.yaml', import.meta.url))

async function describeTiny(): Promise<Experiment> {
  const data = await mnist()
  const feed = { images: B('images'), labels: B('labels') }
  const config = {
    inputs: { images: { shape: [28, 28, 1] }, labels: { classes: 10, transform: 'ohe', dtype: 'int32' } },
    'initial_block/inputs': 'images',
    'initial_block/filters': 4,
    'body/num_blocks': [1, 1],
    'body/filters': [4, 8],
    loss: 'ce',
    optimizer: 'Adam',
  }
  const train = data.train.p.initModel('dynamic', ResNet, 'net', { config }).normalize({ scale: 255 }).trainModel('net', { feed })
  const test = data.test.p
    .initVariable('loss', { initOnEachRun: [] })
    .importModel('net', train)
    .normalize({ scale: 255 })
    .predictModel('net', { fetches: 'loss', feed, saveTo: V('loss'), mode: 'append' })
  const batch = { batchSize: 16, shuffle: true, epochs: null }
  return experiment({ name: 'tiny', seed: 1, pipelines: { train, test }, run: { iterations: 3, batch, record: ['test.loss'] } })
}

describe('an experiment from a file and from TypeScript', () => {
  const folders = temporaryFolder()
  after(() => folders.remove())

  it('has the same losses to the last bit', async () => {
    const { spec, errors } = readExperimentFile(file, { registry, overrides: ['run.iterations=3', 'run.after=[]'] })
    expect(errors).to.deep.equal([])
    const fluent = await describeTiny()
    expect(fluent.spec.pipelines.train).to.deep.equal(spec!.pipelines.train)
    const written = await runExperiment(await openExperiment(spec!, registry), { out: folders.in('file') })
    const described = await runExperiment(fluent, { out: folders.in('fluent') })
    expect(written.variables['test.loss']).to.have.length(3)
    expect(described.variables).to.deep.equal(written.variables)
    expect(described.parameters).to.deep.equal(written.parameters)
  })
})
