import * as fs from 'node:fs'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect } from 'chai'
import { type ExperimentResults, type MillraceError, type Round, runExperiment } from '../../src/experiment.js'
import { temporaryFolder } from '../support/temporary-folder.js'
import { describeNumbers } from './numbers.js'

describe('runExperiment()', () => {
  const folders = temporaryFolder()
  after(() => folders.remove())
  const resultsIn = (folder: string) => JSON.parse(readFileSync(join(folder, 'results.json'), 'utf8')) as ExperimentResults
  const linesIn = (folder: string) => {
    const text = readFileSync(join(folder, 'metrics.ndjson'), 'utf8')
    return text
      .trim()
      .split('\n')
      .map(line => JSON.parse(line))
  }
  const failing = async (work: Promise<unknown>) =>
    work.then(
      () => expect.fail('it should have failed'),
      error => error as MillraceError & AggregateError,
    )

  it('takes turns, records, runs what comes after, and writes its folder', async () => {
    const out = folders.in('whole')
    const experiment = describeNumbers()
    const results = await runExperiment(experiment, { out })
    expect(readdirSync(out).sort()).to.include.members(['config.yaml', 'metrics.ndjson', 'report.html', 'results.json'])
    expect(resultsIn(out)).to.deep.equal(JSON.parse(JSON.stringify(results)))
    expect(results.iterations).to.deep.equal({ planned: 5, done: 5 })
    expect(results.interrupted).to.equal(false)
    expect(results.parameters).to.deep.equal({ line: 1 })
    expect(results.variables['test.loss']).to.deep.equal(experiment.pipelines.test!.v('loss'))
    expect(results.timing.train!.batches).to.equal(5)
    expect(results.timing.exam!.batches, 'one epoch of 40 by 16').to.equal(3)
    expect(experiment.pipelines.exam!.v('all')).to.have.length(40)
    const lines = linesIn(out)
    expect(lines.map(line => line.iteration)).to.deep.equal([1, 2, 3, 4, 5])
    expect(lines[2]['test.loss']).to.equal(results.variables['test.loss']![2])
    expect(Object.keys(lines[0].ms)).to.deep.equal(['train', 'test'])
  })

  it('gives the same losses for the same seed, others for another', async () => {
    const losses = async (seed: number) =>
      (await runExperiment(describeNumbers({}, { seed }), { out: folders.in(`seed-${seed}-${Math.random()}`) })).variables['test.loss']
    expect(await losses(1)).to.deep.equal(await losses(1))
    expect(await losses(1)).not.to.deep.equal(await losses(2))
  })

  it('stops after the batch under way, skips what comes after, and still reports', async () => {
    const out = folders.in('stopped')
    const controller = new AbortController()
    const rounds: Round[] = []
    const results = await runExperiment(describeNumbers({ iterations: 1000 }), {
      out,
      signal: controller.signal,
      onRound: round => {
        rounds.push(round)
        if (round.iteration === 3) setImmediate(() => controller.abort())
      },
    })
    expect(results.interrupted).to.equal(true)
    expect(results.iterations).to.deep.equal({ planned: 1000, done: rounds.length })
    expect(rounds.length).to.be.within(3, 4)
    expect(results.timing).not.to.have.property('exam')
    expect(resultsIn(out).interrupted).to.equal(true)
    expect(existsSync(join(out, 'report.html'))).to.equal(true)
  })

  it('stopped before its first batch it still leaves a report', async () => {
    const out = folders.in('unbegun')
    const results = await runExperiment(describeNumbers(), { out, signal: AbortSignal.abort() })
    expect(results).to.deep.include({
      interrupted: true,
      iterations: { planned: 5, done: 0 },
      parameters: {},
      variables: { 'test.loss': [] },
    })
    expect(existsSync(join(out, 'report.html'))).to.equal(true)
  })

  it('an error in the middle says where, and keeps the results so far', async () => {
    const out = folders.in('failed')
    const experiment = describeNumbers({ iterations: 50 })
    const model = () => experiment.pipelines.train!.m('line')
    const error = await failing(
      runExperiment(experiment, {
        out,
        onRound: ({ iteration }) => {
          if (iteration === 7) model().train = () => Promise.reject(new Error('the power went out'))
        },
      }),
    )
    expect(error.message).to.match(/^pipeline train, action 2 \(trainModel\), batch 8.*the power went out/)
    const results = resultsIn(out)
    expect(results.iterations.done).to.equal(7)
    expect(results.variables['test.loss']).to.have.length(7)
    expect(results.error).to.include({ code: 'action-failed' })
    expect(existsSync(join(out, 'report.html'))).to.equal(true)
  })

  it('checks names and batches before it writes anything', async () => {
    const out = folders.in('unwritten')
    const wrong = {
      'no such variable': [describeNumbers({ record: ['test.los'] }), 'unknown-name'],
      'no such pipeline': [describeNumbers({ turns: ['trian'] }), 'unknown-name'],
      'batch too large': [describeNumbers({ batch: { batchSize: 41, epochs: null } }), 'batch-too-large'],
      'fewer batches than iterations': [describeNumbers({ iterations: 9, batch: { batchSize: 20, epochs: 1 } }), 'too-few-batches'],
      'no such pipeline after': [describeNumbers({ after: [{ pipeline: 'exma', batch: { batchSize: 1 } }] }), 'unknown-name'],
    } as const
    for (const [what, [experiment, code]] of Object.entries(wrong)) {
      expect((await failing(runExperiment(experiment, { out }))).code, what).to.equal(code)
      expect(existsSync(out), what).to.equal(false)
    }
  })

  it('a folder that cannot be written costs no batch', async () => {
    const out = folders.in('file')
    fs.writeFileSync(out, 'a file')
    let rounds = 0
    const error = await failing(runExperiment(describeNumbers(), { out, onRound: () => rounds++ }))
    expect(error.code).to.equal('run-folder-not-writable')
    expect(rounds).to.equal(0)
  })

  it('a disk that fills up loses nothing: everything goes to a folder the error names', async () => {
    const out = folders.in('full')
    let full = false
    const problems: Error[] = []
    const noSpace = () => Object.assign(new Error('no space left on device'), { code: 'ENOSPC' })
    const onDisk = (path: unknown) => full && String(path).startsWith(out)
    const disk = {
      ...fs,
      writeFileSync: ((path, ...rest) => {
        if (onDisk(path)) throw noSpace()
        fs.writeFileSync(path, ...rest)
      }) as typeof fs.writeFileSync,
      writeSync: ((...args: Parameters<typeof fs.writeSync>) => {
        if (full) throw noSpace()
        return fs.writeSync(...args)
      }) as typeof fs.writeSync,
    }
    const error = await failing(
      runExperiment(describeNumbers(), {
        out,
        fs: disk,
        onProblem: problem => problems.push(problem),
        onRound: ({ iteration }) => {
          full = iteration >= 2
        },
      }),
    )
    expect(error.code).to.equal('run-files-rescued')
    expect(problems.map(({ message }) => message)).to.deep.equal(['no space left on device'])
    const { rescue } = error.details as { rescue: string }
    expect(resultsIn(rescue).iterations.done).to.equal(5)
    expect(linesIn(rescue)).to.have.length(5)
    fs.rmSync(rescue, { recursive: true })
  })

  it('weights for which there is no room are saved where the error says', async () => {
    const out = folders.in('weights')
    const experiment = describeNumbers()
    const saved: string[] = []
    const error = await failing(
      runExperiment(experiment, {
        out,
        onRound: ({ iteration }) => {
          if (iteration !== 2) return
          experiment.pipelines.train!.m('line').save = async (folder: string) => {
            if (folder.startsWith(out)) throw new Error('no space left on device')
            saved.push(folder)
          }
        },
      }),
    )
    expect(error.code).to.equal('weights-rescued')
    const { rescue } = error.details as { rescue: string }
    expect(saved).to.deep.equal([rescue])
    expect(resultsIn(out).iterations.done).to.equal(5)
  })

  it('an error and a full disk are both told', async () => {
    const experiment = describeNumbers()
    const error = await failing(
      runExperiment(experiment, {
        out: folders.in('both'),
        onRound: ({ iteration }) => {
          if (iteration !== 2) return
          experiment.pipelines.train!.m('line').save = () => Promise.reject(new Error('no space left on device'))
          experiment.pipelines.train!.m('line').train = () => Promise.reject(new Error('the power went out'))
        },
      }),
    )
    expect(error).to.be.instanceOf(AggregateError)
    expect(error.errors.map((each: MillraceError) => each.code)).to.deep.equal(['action-failed', 'weights-not-written'])
  })
})
