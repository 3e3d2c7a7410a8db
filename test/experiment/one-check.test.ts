import { expect } from 'chai'
import type { ChartSpec } from '../../src/contracts/charts.js'
import { type ExperimentRunOptions, experiment, registry, runExperiment } from '../../src/experiment.js'
import { Dataset, ImagesBatch, template, V } from '../../src/index.js'
import { readExperiment } from '../../src/pipeline/yaml/index.js'
import type { JsonObject } from '../../src/util/json.js'

const data = new Dataset(10, ImagesBatch, { name: 'mnist' })
const train = () => data.p.initVariable('loss').update(V('loss'), 1)
const loose = () => template().initVariable('n')
const batch = { batchSize: 2, epochs: null }

interface Mistake {
  readonly run?: Partial<ExperimentRunOptions>
  readonly charts?: readonly ChartSpec[]
  readonly codes: readonly string[]
}

/** The same mistake in a file and in TypeScript is the same error. */
const mistakes: Readonly<Record<string, Mistake>> = {
  'none at all': { codes: [] },
  'a pipeline that is not there takes turns': { run: { turns: ['trian'] }, codes: ['unknown-name'] },
  'a pipeline without a dataset takes turns': { run: { turns: ['loose'] }, codes: ['no-dataset'] },
  'one that is not there runs after': { run: { after: [{ pipeline: 'exam', batch: { batchSize: 1 } }] }, codes: ['unknown-name'] },
  'one runs after without end': { run: { after: [{ pipeline: 'train', batch }] }, codes: ['endless-after'] },
  'a variable that is not there is recorded': { run: { record: ['train.los'] }, codes: ['unknown-name'] },
  'a variable of no pipeline is recorded': { run: { record: ['tarin.loss'] }, codes: ['unknown-name'] },
  'a chart shows a variable that is not there': {
    charts: [{ curves: { title: 'Loss', series: { a: 'train.loss', b: 'train.los' } } }],
    codes: ['unknown-name'],
  },
  'a chart shows a model that is not there': {
    charts: [{ parameters: { title: 'Size', models: { a: 'train.net' } } }],
    codes: ['unknown-name'],
  },
  'a range of a chart is the wrong way round': {
    charts: [{ curves: { title: 'Loss', series: { a: 'train.loss' }, from: 5, to: 2 } }],
    codes: ['wrong-value'],
  },
  'several at once': { run: { turns: ['trian'], record: ['train.los'] }, codes: ['unknown-name', 'unknown-name'] },
}

describe('what several pipelines name is checked once, for both doors', () => {
  for (const [what, { run, charts = [], codes }] of Object.entries(mistakes)) {
    const settings = { iterations: 1, batch, turns: ['train'], ...run }

    it(`in a file: ${what}`, () => {
      const spec = {
        datasets: { mnist: { openset: 'mnist' } },
        pipelines: { train: { ...(train().spec as unknown as JsonObject), dataset: 'mnist.train' }, loose: loose().spec },
        run: settings,
        report: { charts },
      }
      const { errors } = readExperiment(JSON.stringify(spec), { registry })
      expect(errors.map(({ code }) => code)).to.deep.equal(codes)
      for (const { location } of errors) expect(location.source?.file).to.equal('experiment.yaml')
    })

    if (codes.length > 0) {
      it(`in TypeScript: ${what}`, async () => {
        const described = experiment({ name: 'mistakes', pipelines: { train: train(), loose: loose() }, run: settings, report: { charts } })
        const error = await runExperiment(described, { out: '/nowhere' }).then(
          () => undefined,
          reason => reason,
        )
        const errors = error instanceof AggregateError ? error.errors : [error]
        expect(errors.map(({ code }) => code)).to.deep.equal(codes)
        for (const { location } of errors) expect(location.source?.file ?? location.pipeline).to.match(/one-check\.test\.ts$/)
      })
    }
  }
})
