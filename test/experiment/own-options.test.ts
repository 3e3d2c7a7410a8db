/** Options of batch actions that do not go together are found before a run, where they are written out. */
import { expect } from 'chai'
import { experiment, readCheckedFile, registry, runExperiment } from '../../src/experiment.js'
import { Dataset, ImagesBatch, type MillraceError, NdArray } from '../../src/index.js'
import { temporaryFolder } from '../support/temporary-folder.js'

const errorsOf = (action: string, where = '') =>
  readCheckedFile('own.yaml', {
    registry,
    readFile: () => `
name: own
datasets: { mnist: { openset: mnist } }
pipelines:
  p:
    dataset: mnist.train
    config: { mode: GaussianBlur }
    actions:
      ${where}
      - ${action}
run: { iterations: 1, batch: { batchSize: 2 } }
`,
  }).errors.map(({ message }) => message)

describe('options of batch actions that do not go together', () => {
  const wrong: Readonly<Record<string, RegExp>> = {
    'filter: { mode: BLUR, radius: 3 }': /own.yaml:10:\d+.*radius of filter .*BLUR has no options/,
    'filter: { mode: MedianFilter, size: 4 }': /size of filter .*an odd integer/,
    'filter: { mode: RankFilter, size: 3, rank: 9 }': /rank of filter .*an integer from 0 to 8/,
    'quantize: { ranges: [1, 0] }': /ranges of quantize .*two numbers in ascending order/,
    'resize: { size: [null, null] }': /size of resize/,
    'flip: { parallel: { workers: 2, concurrency: 3 } }': /concurrency of flip/,
  }
  for (const [action, message] of Object.entries(wrong)) {
    it(`in a file: ${action}`, () => {
      const found = errorsOf(action)
      expect(found).to.have.length(1)
      expect(found[0]).to.match(message)
    })
  }

  const right = [
    'filter: { mode: BLUR, src: images, p: 0.5 }',
    'filter: { mode: !C mode, radius: 3 }',
    'filter: { mode: GaussianBlur, radius: !P [1, 2] }',
  ]
  for (const action of right) {
    it(`nothing of ${action}`, () => expect(errorsOf(action)).to.deep.equal([]))
  }

  it('two pipelines that write one table: the second would replace it', () => {
    const write = 'dataset: mnist.test, actions: [{ dump: { dst: DST, fmt: csv, components: labels } }]'
    const found = (first: string, second: string) =>
      readCheckedFile('tables.yaml', {
        registry,
        readFile: () => `
name: tables
datasets: { mnist: { openset: mnist } }
pipelines:
  p: { dataset: mnist.train, actions: [{ print: { values: [1] } }] }
  one: { ${write.replace('DST', first)} }
  two: { ${write.replace('DST', second)} }
  unused: { ${write.replace('DST', first)} }
run: { iterations: 1, turns: [p], batch: { batchSize: 2 }, after: [{ pipeline: one, batch: { batchSize: 2 } }, { pipeline: two, batch: { batchSize: 2 } }] }
`,
      }).errors
    expect(found('one.csv', 'two.csv')).to.deep.equal([])
    const [error, ...others] = found('one.csv', './one.csv')
    expect(others).to.deep.equal([])
    expect([error!.code, error!.location.source!.line]).to.deep.equal(['table-shared', 7])
    expect(error!.message).to.include('pipelines one and two write the same table')
  })

  it('in TypeScript, in a pipeline that runs last', async () => {
    const folders = temporaryFolder()
    const data = new Dataset(4, ImagesBatch, { name: 'four', preloaded: { images: NdArray.zeros([4, 8, 8, 1], 'uint8') } })
    const exam = data.p.filter({ mode: 'BLUR', radius: 3 })
    const run = { iterations: 1, batch: { batchSize: 2 }, turns: ['p'], after: [{ pipeline: 'exam', batch: { batchSize: 2 } }] }
    const error: MillraceError = await runExperiment(experiment({ name: 'own', pipelines: { p: data.p.print('x'), exam }, run }), {
      out: folders.in('run'),
    }).catch(error => error)
    expect([error.code, error.location.pipeline]).to.deep.equal(['wrong-value', 'exam'])
    folders.remove()
  })
})
