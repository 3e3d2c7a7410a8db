import { spawn } from 'node:child_process'
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, utimesSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect } from 'chai'
import { createRunFolder, modelFolders } from '../../src/experiment/run/run-id.js'
import { type Experiment, type MillraceError, type RunExperimentOptions, runExperiment } from '../../src/experiment.js'
import { temporaryFolder } from '../support/temporary-folder.js'
import { describeNumbers } from './numbers.js'

describe('the folder of a run', () => {
  const folders = temporaryFolder()
  const home = process.cwd()
  before(() => process.chdir(folders.path))
  after(() => {
    process.chdir(home)
    folders.remove()
  })
  const failing = (work: Promise<unknown>) =>
    work.then(
      () => expect.fail('it should have failed'),
      error => error as MillraceError,
    )
  const lines = (folder: string) => readFileSync(join(folder, 'metrics.ndjson'), 'utf8').trimEnd().split('\n')
  const json = (path: string) => JSON.parse(readFileSync(path, 'utf8'))

  it('is named by experiment and local time; runs of the same second have one each', () => {
    const now = new Date(2025, 0, 31, 9, 30, 5)
    const made = Array.from({ length: 4 }, () => createRunFolder('x', now))
    const stem = join('runs', 'x', '2025-01-31T09-30-05')
    expect(made).to.deep.equal([stem, `${stem}-2`, `${stem}-3`, `${stem}-4`])
    expect(readdirSync('runs/x')).to.have.length(4)
  })

  it('is told before anything is written there; runs that start at once keep all of their results', async () => {
    const told: string[] = []
    const seeds = [1, 2, 3, 4]
    await Promise.all(seeds.map(seed => runExperiment(describeNumbers({}, { seed }), { onFolder: folder => told.push(folder) })))
    const found = readdirSync('runs/numbers').map(name => join('runs/numbers', name))
    expect(found.sort()).to.deep.equal(told.sort())
    expect(found.map(folder => json(join(folder, 'results.json')).seed).sort()).to.deep.equal(seeds)
    for (const folder of found) {
      expect(readFileSync(join(folder, 'config.yaml'), 'utf8')).to.include(`seed: ${json(join(folder, 'results.json')).seed}`)
      expect(lines(folder)).to.have.length(5)
      expect(readdirSync(folder)).not.to.include('run.lock')
    }
  })

  it('of models has another folder for each, by names of any kind', () => {
    const names = ['альфа', 'бета', 'm?', 'm*', 'A', 'a', '..', 'con']
    const places = [...modelFolders('out', names).values()]
    expect(new Set(places.map(place => place.toLowerCase())).size).to.equal(names.length)
    for (const place of places) expect(place.startsWith(join('out', 'models/'))).to.equal(true)
  })

  describe('that another process has', () => {
    const inRun = async (out: string, first: Partial<RunExperimentOptions>, second: () => Promise<unknown>) => {
      const errors: unknown[] = []
      await runExperiment(describeNumbers({ checkpoint: { every: 1 } }), {
        out,
        ...first,
        onPhase: async ({ phase }) => {
          if (phase === 'rounds') errors.push(failing(second()))
        },
      })
      return (await Promise.all(errors)) as MillraceError[]
    }
    for (const resume of [false, true]) {
      it(`is refused to ${resume ? 'one that resumes' : 'a new run'}, which changes nothing`, async () => {
        const out = folders.in(`held-${resume}`)
        const [error] = await inRun(out, {}, () => runExperiment(describeNumbers({}, { seed: 2 }), { out, resume }))
        expect(error!.code).to.equal('run-folder-in-use')
        expect(error!.message).to.include(`process ${process.pid} on `).and.to.include('--out').and.to.include(join(out, 'run.lock'))
        expect(json(join(out, 'results.json')).seed).to.equal(1)
        expect(lines(out)).to.have.length(5)
        expect(readdirSync(out)).not.to.include.oneOf(['run.lock', 'previous'])
      })
    }

    const self = () => {
      const out = folders.in('own')
      let text = ''
      return runExperiment(describeNumbers(), {
        out,
        onRound: () => {
          text = readFileSync(join(out, 'run.lock'), 'utf8')
        },
      }).then(() => JSON.parse(text))
    }
    const longAgo = new Date(Date.now() - 3_600_000)
    const holders: Readonly<
      Record<string, readonly [holder: (own: any, dead: number) => unknown, touched: Date | undefined, isFree: boolean]>
    > = {
      'that has ended': [(own, dead) => ({ ...own, pid: dead }), undefined, true],
      'whose number another process has by now': [own => ({ ...own, start: '1' }), undefined, true],
      'that runs here, however long it is busy': [own => own, longAgo, false],
      'of another machine or container, at work': [own => ({ ...own, space: 'elsewhere' }), undefined, false],
      'of another machine or container, silent for an hour': [own => ({ ...own, space: 'elsewhere' }), longAgo, true],
      'of before a reboot, with a number that is taken': [
        own => ({ ...own, space: own.space.replace(/^\S+/, 'other-boot') }),
        longAgo,
        true,
      ],
      'that is not said': [() => '', longAgo, true],
      'that is not said yet': [() => '', undefined, false],
    }
    for (const [what, [holder, touched, isFree]] of Object.entries(holders)) {
      it(`is ${isFree ? 'free' : 'refused'} if the lock is of one ${what}`, async () => {
        const child = spawn(process.execPath, ['-e', ''])
        await new Promise(ended => child.on('exit', ended))
        const out = folders.in(`lock-${what}`)
        mkdirSync(out)
        const lock = join(out, 'run.lock')
        const content = holder(await self(), child.pid!)
        writeFileSync(lock, content === '' ? '' : JSON.stringify(content))
        if (touched) utimesSync(lock, touched, touched)
        const work = runExperiment(describeNumbers(), { out })
        if (isFree) await work
        else expect((await failing(work)).code).to.equal('run-folder-in-use')
        expect(existsSync(lock)).to.equal(!isFree)
      })
    }

    it('that cannot be written has no lock and says why', async () => {
      writeFileSync(folders.in('file'), '')
      expect((await failing(runExperiment(describeNumbers(), { out: folders.in('file') }))).code).to.equal('run-folder-not-writable')
    })
  })

  it('has no lock after an error', async () => {
    const out = folders.in('failed')
    await failing(
      runExperiment(describeNumbers(), {
        out,
        onRound: () => {
          throw new Error('no more')
        },
      }),
    )
    expect(readdirSync(out)).to.include('results.json').and.not.to.include('run.lock')
  })

  it('keeps as many checkpoints as it was asked to, after the end too', async () => {
    const out = folders.in('keep')
    await runExperiment(describeNumbers({ iterations: 6, checkpoint: { every: 1, keep: 3 } }), { out })
    expect(readdirSync(join(out, 'checkpoints'))).to.deep.equal(['00000004', '00000005', '00000006'])
  })

  it('has nothing of a killed process after the next one', async () => {
    const out = folders.in('leftovers')
    const run = { iterations: 4, checkpoint: { every: 1 } }
    await runExperiment(describeNumbers(run), { out })
    const leave = () => {
      for (const name of ['.00000001.partial-7-1', '.00000001.partial-7-2.gone', '.00000001.partial-7.old'])
        mkdirSync(join(out, 'checkpoints', name, 'pipelines'), { recursive: true })
      writeFileSync(join(out, '.results.json.7.tmp'), '')
    }
    const left = () => [...readdirSync(out), ...readdirSync(join(out, 'checkpoints'))].filter(name => name.startsWith('.'))
    for (const options of [{ resume: true }, { resume: false }]) {
      leave()
      await runExperiment(describeNumbers(run), { out, ...options })
      expect(left()).to.deep.equal([])
      expect(readdirSync(out, { recursive: true, encoding: 'utf8' }).filter(name => /partial|\.tmp/.test(name))).to.deep.equal([])
    }
  })

  describe('damaged while the run goes on', () => {
    const damages: Readonly<Record<string, (out: string) => void>> = {
      removed: out => rmSync(out, { recursive: true }),
      renamed: out => renameSync(out, `${out}-renamed`),
      'removed and made again': out => {
        rmSync(out, { recursive: true })
        mkdirSync(out)
      },
    }
    const damaged = (experiment: Experiment, out: string, damage: (out: string) => void, options: Partial<RunExperimentOptions> = {}) =>
      runExperiment(experiment, {
        out,
        ...options,
        onRound: ({ iteration }) => {
          if (iteration === 3) damage(out)
        },
      })
    for (const [what, damage] of Object.entries(damages)) {
      it(`${what}: it ends with an error and everything in another folder`, async () => {
        const out = folders.in(`gone-${what}`)
        const problems: string[] = []
        const error = await failing(
          damaged(describeNumbers({ checkpoint: { every: 1 } }), out, damage, { onProblem: ({ message }) => problems.push(message) }),
        )
        const all = ((error as unknown as AggregateError).errors ?? [error]) as MillraceError[]
        const rescued = all.find(({ code }) => code === 'run-files-rescued')!
        expect(rescued.message).to.include('removed, renamed or replaced')
        const { rescue } = rescued.details as { rescue: string }
        expect(lines(rescue)).to.have.length(5)
        expect(json(join(rescue, 'results.json')).iterations.done).to.equal(5)
        expect(readdirSync(rescue).sort()).to.deep.equal(['config.yaml', 'metrics.ndjson', 'models', 'report.html', 'results.json'])
        expect(existsSync(out) ? readdirSync(out) : []).to.deep.equal([])
        expect(problems).to.have.length(1)
        rmSync(rescue, { recursive: true })
      })
    }

    const files: Readonly<Record<string, (out: string) => void>> = {
      'metrics removed': out => rmSync(join(out, 'metrics.ndjson')),
      'metrics replaced': out => {
        rmSync(join(out, 'metrics.ndjson'))
        writeFileSync(join(out, 'metrics.ndjson'), 'something else\n')
      },
      'metrics cut': out => writeFileSync(join(out, 'metrics.ndjson'), ''),
      'config removed': out => rmSync(join(out, 'config.yaml')),
    }
    for (const [what, damage] of Object.entries(files)) {
      it(`${what}: it is written again`, async () => {
        const out = folders.in(what)
        await damaged(describeNumbers(), out, damage)
        expect(lines(out).map(line => JSON.parse(line).iteration)).to.deep.equal([1, 2, 3, 4, 5])
        expect(readFileSync(join(out, 'config.yaml'), 'utf8')).to.include('name: numbers')
      })
    }

    it('what an earlier process wrote is written again too', async () => {
      const out = folders.in('resumed')
      await runExperiment(describeNumbers({ iterations: 2, checkpoint: { every: 1 } }), { out })
      await damaged(describeNumbers({ checkpoint: { every: 1 } }), out, files['metrics removed']!, { resume: true })
      expect(lines(out).map(line => JSON.parse(line).iteration)).to.deep.equal([1, 2, 3, 4, 5])
    })
  })
})
