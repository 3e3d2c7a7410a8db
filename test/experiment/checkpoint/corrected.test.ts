import { cpSync } from 'node:fs'
import { expect } from 'chai'
import {
  type Experiment,
  type ExperimentRunOptions,
  experiment,
  type MillraceError,
  type Phase,
  runExperiment,
} from '../../../src/experiment.js'
import { C, type Pipeline, template, V } from '../../../src/index.js'
import { NumbersBatch, numbers } from '../../support/numbers.js'
import { temporaryFolder } from '../../support/temporary-folder.js'

const counting = template(NumbersBatch)
  .initVariable('n', { default: 0 })
  .initVariable('end', { default: null })
  .update(V('n'), V('n').add(1))

describe('a run that failed in a pipeline that had not begun, resumed after a correction', () => {
  const folders = temporaryFolder()
  after(() => folders.remove())
  let made = 0
  const data = numbers(40)
  const examined = numbers(40, 'examined')
  const failing = template(NumbersBatch).call(() => Promise.reject(new Error('a slip')))

  interface Parts {
    readonly train?: Pipeline<any>
    readonly exam?: Pipeline<any>
    readonly others?: Readonly<Record<string, Pipeline<any>>>
    readonly run?: Partial<ExperimentRunOptions>
  }
  const describeRun = ({ train = counting.on(data), exam = failing.on(examined), others = {}, run = {} }: Parts = {}): Experiment =>
    experiment({
      name: 'corrected',
      pipelines: { train, exam, ...others },
      run: {
        iterations: 6,
        turns: ['train'],
        batch: { batchSize: 4, epochs: null },
        after: [{ pipeline: 'exam', batch: { batchSize: 20 } }],
        ...run,
      },
    })
  const right = counting.update(V('end'), 'right').on(examined)

  before(async () => {
    const error: MillraceError = await runExperiment(describeRun(), { out: folders.in('failed') }).catch(error => error)
    expect(error.message).to.include('a slip')
    const afterwards = describeRun({ train: counting.after(p => p.call(() => Promise.reject(new Error('a slip')))).on(data), exam: right })
    expect((await runExperiment(afterwards, { out: folders.in('failed-after') }).catch(error => error)).message).to.include('a slip')
  })

  const resume = async (parts: Parts, from = 'failed') => {
    const out = folders.in(`${++made}`)
    cpSync(folders.in(from), out, { recursive: true })
    const described = describeRun(parts)
    const phases: Phase[] = []
    const result = await runExperiment(described, { out, resume: true, onPhase: phase => phases.push(phase) }).catch(error => error)
    return { result, phases, described }
  }

  const corrections: Readonly<Record<string, Parts>> = {
    'its actions': { exam: right },
    'its config': { exam: counting.setConfig({ a: 1 }).update(V('end'), C('a')).on(examined) },
    'how its batches are taken': { exam: right, run: { after: [{ pipeline: 'exam', batch: { batchSize: 10 } }] } },
    'its data': { exam: right.on(numbers(60, 'examined')) },
    'the list of pipelines that follow': { run: { after: [] } },
    'a pipeline beside it': {
      exam: right,
      others: { more: right },
      run: { after: ['exam', 'more'].map(pipeline => ({ pipeline, batch: { batchSize: 20 } })) },
    },
  }
  for (const [what, parts] of Object.entries(corrections)) {
    it(`ends, with the rounds that were done: ${what}`, async () => {
      const { result, phases, described } = await resume(parts)
      expect(result.error ?? result.message, result.message).to.equal(undefined)
      expect(phases[0]).to.deep.equal({ phase: 'rounds', done: 6 })
      expect(result.values['train.n']).to.equal(6)
      const last = (parts.run?.after ?? described.spec.run.after).map(({ pipeline }) => pipeline)
      for (const name of last) expect(described.pipelines[name]!.v('end')).to.be.oneOf(['right', 1])
    })
  }

  it('after of a pipeline that took turns may be corrected too', async () => {
    const train = counting.after(p => p.update(V('end'), 'right')).on(data)
    const { result } = await resume({ train, exam: right }, 'failed-after')
    expect(result.values).to.deep.include({ 'train.n': 6, 'train.end': 'right', 'exam.end': 'right' })
  })

  const refused: Readonly<Record<string, readonly [parts: Parts, path: string]>> = {
    'the actions of a pipeline that has begun': [{ train: counting.update(V('n'), 0).on(data), exam: right }, 'pipelines.train.actions'],
    'its config': [{ train: counting.setConfig({ a: 1 }).on(data), exam: right }, 'pipelines.train.config.a'],
    'what is recorded': [{ exam: right, run: { record: ['train.n'] } }, 'run.record'],
    'a variable that its after declares': [
      { train: counting.after(p => p.initVariable('late', { default: 1 })).on(data), exam: right },
      'pipelines.train.after',
    ],
  }
  for (const [what, [parts, path]] of Object.entries(refused)) {
    it(`is refused by name: ${what}`, async () => {
      const { result } = await resume(parts)
      expect(result.code).to.equal('resume-other-spec')
      expect(result.message).to.include(path).and.include('pipelines that have not begun')
    })
  }
})
