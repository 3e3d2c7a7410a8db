import { appendFileSync, cpSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect } from 'chai'
import {
  type Experiment,
  type ExperimentResults,
  type ExperimentRunOptions,
  type MillraceError,
  type Phase,
  type RunExperimentOptions,
  runExperiment,
} from '../../../src/experiment.js'
import { temporaryFolder } from '../../support/temporary-folder.js'
import { describeNumbers } from '../numbers.js'

describe('runExperiment() with resume', () => {
  const folders = temporaryFolder()
  after(() => folders.remove())

  const run = { iterations: 12, checkpoint: { every: 2, keep: 2 } } as const
  const describe12 = (more: Partial<ExperimentRunOptions> = {}) => describeNumbers({ ...run, ...more })
  const failing = async (work: Promise<unknown>) =>
    work.then(
      () => expect.fail('it should have failed'),
      error => error as MillraceError,
    )

  /** Everything a run leaves but for times. */
  function leftIn(out: string, { pipelines }: Experiment) {
    const {
      started: _,
      seconds: __,
      firstRoundSeconds: ___,
      timing,
      charts: ____,
      ...results
    } = JSON.parse(readFileSync(join(out, 'results.json'), 'utf8')) as ExperimentResults
    const lines = readFileSync(join(out, 'metrics.ndjson'), 'utf8').split('\n')
    return {
      results,
      batches: Object.fromEntries(Object.entries(timing).map(([name, { batches }]) => [name, batches])),
      lines: lines.map(line => line && { ...JSON.parse(line), ms: null }),
      weight: readFileSync(join(out, 'models/line/line.json'), 'utf8'),
      variables: Object.fromEntries(Object.entries(pipelines).map(([name, { variables }]) => [name, [...variables]])),
      files: readdirSync(out).sort(),
      checkpoints: readdirSync(join(out, 'checkpoints')),
    }
  }

  /** Runs until a batch of some pipeline fails, which leaves the folder as a kill would: without anything written behind it. */
  async function stopped(out: string, iteration: number, options: Partial<RunExperimentOptions> = {}, experiment = describe12()) {
    const error = await failing(
      runExperiment(experiment, {
        out,
        ...options,
        onRound: round => {
          if (round.iteration === iteration) throw new Error('stopped here')
        },
      }),
    )
    expect(error.message).to.include('stopped here')
    for (const name of ['results.json', 'report.html', 'models']) rmSync(join(out, name), { recursive: true })
  }

  let whole: ReturnType<typeof leftIn>
  before(async () => {
    const experiment = describe12()
    await runExperiment(experiment, { out: folders.in('whole') })
    whole = leftIn(folders.in('whole'), experiment)
    expect(whole.checkpoints).to.deep.equal(['00000010', '00000012'])
  })

  for (const at of [1, 2, 3, 7, 11, 12]) {
    it(`goes on after round ${at} and ends as if it had not stopped`, async () => {
      const out = folders.in(`at-${at}`)
      await stopped(out, at)
      appendFileSync(join(out, 'metrics.ndjson'), '{"iteration":')
      const experiment = describe12()
      const phases: Phase[] = []
      const warnings: string[] = []
      await runExperiment(experiment, {
        out,
        resume: true,
        onPhase: phase => phases.push(phase),
        onWarning: ({ code }) => warnings.push(code),
      })
      expect(warnings).to.deep.equal(at === 1 ? ['resume-from-start'] : [])
      expect(phases[0]).to.deep.equal({ phase: 'rounds', done: at - (at % 2) })
      const left = leftIn(out, experiment)
      expect({ ...left, files: left.files.filter(name => name !== 'previous') }).to.deep.equal(whole)
    })
  }

  it('a signal in the middle of a round costs nothing: the turns that were taken are kept', async () => {
    const out = folders.in('signal')
    const controller = new AbortController()
    const experiment = describe12()
    const model = () => experiment.pipelines.train!.m('line')
    const results = await runExperiment(experiment, {
      out,
      signal: controller.signal,
      onRound: ({ iteration }) => {
        if (iteration !== 5) return
        const line = model()
        const { train } = line
        line.train = (...args) => {
          controller.abort()
          return train.apply(line, args)
        }
      },
    })
    expect(results).to.deep.include({ interrupted: true, iterations: { planned: 12, done: 5 } })
    expect(readdirSync(join(out, 'checkpoints'))).to.deep.equal(['00000004', '00000005-1'])
    const next = describe12()
    await runExperiment(next, { out, resume: true })
    expect(leftIn(out, next)).to.deep.equal(whole)
  })

  it('a run that has ended gives its results again, and may be given more rounds', async () => {
    const out = folders.in('ended')
    cpSync(folders.in('whole'), out, { recursive: true })
    const phases: Phase[] = []
    const results = await runExperiment(describe12(), { out, resume: true, onPhase: phase => phases.push(phase) })
    expect(phases).to.deep.equal([{ phase: 'finished' }])
    expect(results.variables).to.deep.equal(whole.results.variables)
    const more = describe12({ iterations: 20 })
    await runExperiment(more, { out, resume: true })
    const straight = describe12({ iterations: 20 })
    await runExperiment(straight, { out: folders.in('twenty') })
    expect(leftIn(out, more)).to.deep.equal(leftIn(folders.in('twenty'), straight))
  })

  it('a run that ended but for its weights writes them', async () => {
    const out = folders.in('weightless')
    cpSync(folders.in('whole'), out, { recursive: true })
    rmSync(join(out, 'models'), { recursive: true })
    const experiment = describe12()
    await runExperiment(experiment, { out, resume: true })
    expect(leftIn(out, experiment)).to.deep.equal(whole)
  })

  describe('damage', () => {
    const statesOf = (checkpoint: string) => join(checkpoint, 'pipelines/2-test/state.json')
    const flip = (path: string, at: number) => {
      const bytes = readFileSync(path)
      bytes[at]! ^= 1
      writeFileSync(path, bytes)
    }
    const damages: Readonly<Record<string, (newest: string) => void>> = {
      'a file cut short': newest => truncateSync(statesOf(newest), 10),
      'a flipped bit': newest => flip(statesOf(newest), 20),
      'a flipped bit of the manifest': newest => flip(join(newest, 'checkpoint.json'), 70),
      'a missing manifest': newest => rmSync(join(newest, 'checkpoint.json')),
      'a missing file': newest => rmSync(statesOf(newest)),
      'an empty folder': newest => {
        rmSync(newest, { recursive: true })
        mkdirSync(newest)
      },
      'metrics cut short': newest => truncateSync(join(newest, '../../metrics.ndjson'), 400),
    }
    before(() => stopped(folders.in('stopped'), 7))
    for (const [what, damage] of Object.entries(damages)) {
      it(`${what}: the checkpoint before is taken, with a warning`, async () => {
        const out = folders.in(`damaged-${what}`)
        cpSync(folders.in('stopped'), out, { recursive: true })
        const newest = join(out, 'checkpoints/00000006')
        damage(newest)
        const warnings: MillraceError[] = []
        const phases: Phase[] = []
        const experiment = describe12()
        await runExperiment(experiment, {
          out,
          resume: true,
          onWarning: warning => warnings.push(warning),
          onPhase: phase => phases.push(phase),
        })
        expect(warnings.map(({ code }) => code)).to.deep.equal(['checkpoint-damaged'])
        expect(warnings[0]!.message).to.include(newest)
        expect(phases[0]).to.deep.equal({ phase: 'rounds', done: 4 })
        expect(leftIn(out, experiment)).to.deep.equal(whole)
      })
    }

    it('of every checkpoint is an error, and nothing is touched', async () => {
      const out = folders.in('all-damaged')
      cpSync(folders.in('stopped'), out, { recursive: true })
      for (const name of readdirSync(join(out, 'checkpoints'))) truncateSync(join(out, 'checkpoints', name, 'run.json'), 5)
      const before = readdirSync(out, { recursive: true })
      const error = await failing(runExperiment(describe12(), { out, resume: true }))
      expect(error.code).to.equal('checkpoints-damaged')
      expect(error.message).to.include('all 2 checkpoints')
      expect(readdirSync(out, { recursive: true })).to.deep.equal(before)
    })

    it('what a killed process left half done is cleared away', async () => {
      const out = folders.in('leftovers')
      cpSync(folders.in('stopped'), out, { recursive: true })
      mkdirSync(join(out, 'checkpoints/.00000008.partial-7/pipelines'), { recursive: true })
      mkdirSync(join(out, 'checkpoints/.00000002.partial-7.old'))
      writeFileSync(join(out, '.results.json.7.tmp'), '{')
      const experiment = describe12()
      await runExperiment(experiment, { out, resume: true })
      expect(leftIn(out, experiment)).to.deep.equal(whole)
    })
  })

  describe('goes on with another', () => {
    const changes: Readonly<Record<string, (experiment: Experiment) => object>> = {
      title: () => ({ title: 'Anew' }),
      description: () => ({ description: 'In other words.' }),
      report: () => ({ report: { charts: [] } }),
      'run.iterations': ({ spec }) => ({ run: { ...spec.run, iterations: 14 } }),
      'run.checkpoint': ({ spec }) => ({ run: { ...spec.run, checkpoint: { every: 3, keep: 1 } } }),
      'run.batch.prefetch': ({ spec }) => ({ run: { ...spec.run, batch: { ...spec.run.batch, prefetch: 2 } } }),
    }
    for (const [what, change] of Object.entries(changes)) {
      it(what, async () => {
        const out = folders.in(`other-${what}`)
        await stopped(out, 7)
        const experiment = describe12()
        const changed = { ...experiment, spec: { ...experiment.spec, ...change(experiment) } }
        const phases: Phase[] = []
        await runExperiment(changed as Experiment, { out, resume: true, onPhase: phase => phases.push(phase) })
        expect(phases[0]).to.deep.equal({ phase: 'rounds', done: 6 })
      })
    }
  })

  describe('cannot go on', () => {
    const errors: Readonly<Record<string, readonly [run: Partial<ExperimentRunOptions>, code: string, words: string]>> = {
      'with other batches': [{ batch: { batchSize: 5, epochs: null, shuffle: true } }, 'resume-other-spec', 'run.batch.batchSize'],
      'with other turns': [{ turns: ['test', 'train'] }, 'resume-other-spec', 'run.turns'],
      'to fewer rounds than were done': [{ iterations: 5 }, 'resume-fewer-rounds', 'already done 6 rounds'],
    }
    for (const [what, [other, code, words]] of Object.entries(errors)) {
      it(what, async () => {
        const out = folders.in('stopped-6')
        if (!existsSync(out)) await stopped(out, 7)
        const error = await failing(runExperiment(describe12(other), { out, resume: true }))
        expect(error.code).to.equal(code)
        expect(error.message).to.include(words)
      })
    }

    it('where there is no run', async () => {
      const out = folders.in('nowhere')
      expect((await failing(runExperiment(describe12(), { out, resume: true }))).message).to.include('no such folder')
      mkdirSync(out)
      const error = await failing(runExperiment(describe12(), { out, resume: true }))
      expect(error.code).to.equal('nothing-to-resume')
      expect(error.message).to.include('no config.yaml')
    })
  })

  it('without checkpoints there are none, and resuming starts again', async () => {
    const out = folders.in('none')
    await stopped(out, 7, {}, describe12({ checkpoint: false }))
    expect(existsSync(join(out, 'checkpoints'))).to.equal(false)
    const warnings: string[] = []
    const experiment = describe12({ checkpoint: false })
    await runExperiment(experiment, { out, resume: true, onWarning: ({ code }) => warnings.push(code) })
    expect(warnings).to.deep.equal(['resume-from-start'])
    expect(existsSync(join(out, 'checkpoints'))).to.equal(false)
  })

  it('a variable that cannot be saved ends nothing: it is told once, by its name', async () => {
    const out = folders.in('unsaved')
    const experiment = describe12()
    const warnings: MillraceError[] = []
    await runExperiment(experiment, {
      out,
      onWarning: warning => warnings.push(warning),
      onRound: ({ iteration }) => {
        if (iteration === 3) (experiment.pipelines.test!.v('loss') as unknown[]).unshift(() => 0)
      },
    })
    expect(warnings.map(({ code }) => code)).to.deep.equal(['checkpoint-not-written'])
    expect(warnings[0]!.message).to.include('variables.loss[0]')
    expect(readdirSync(join(out, 'checkpoints'))).to.deep.equal(['00000002'])
  })
})
