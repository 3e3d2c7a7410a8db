import type { ChildProcess } from 'node:child_process'
import { existsSync, readdirSync, readFileSync, truncateSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout } from 'node:timers/promises'
import { expect } from 'chai'
import { uniformAt } from '../../src/util/seeds.js'
import { temporaryFolder } from '../support/temporary-folder.js'
import { runHere } from './here.js'
import { type Ended, fileAt, startMillrace } from './millrace.js'

/** After so many the run is left in peace. */
const MOST_KILLS = 3

const file = fileAt('fixtures/resumable.yaml', import.meta.url)

describe('millrace run --resume', () => {
  const folders = temporaryFolder()
  after(() => folders.remove())
  // What is measured on this machine is measured once, as it is for a user.
  const start = (...args: string[]) =>
    startMillrace(['run', file, ...args], { env: { MILLRACE_CACHE: folders.in('cache') }, cwd: folders.path })
  const run = (...args: string[]): Promise<Ended> => start(...args).ended

  /** Every byte a run leaves, but for times: results, metrics, weights, optimizer, and the state of every pipeline in the last checkpoint. */
  function leftIn(out: string): Record<string, unknown> {
    const json = (path: string) => JSON.parse(readFileSync(join(out, path), 'utf8'))
    const { started: _, seconds: __, firstRoundSeconds: ___, timing, ...results } = json('results.json')
    const lines = readFileSync(join(out, 'metrics.ndjson'), 'utf8').trimEnd().split('\n')
    const [checkpoint, ...others] = readdirSync(join(out, 'checkpoints'))
    const bytes = [join('models/net'), join('checkpoints', checkpoint!, 'pipelines')].flatMap(folder =>
      readdirSync(join(out, folder), { recursive: true, withFileTypes: true })
        .filter(entry => entry.isFile())
        .map(entry => join(entry.parentPath, entry.name).slice(out.length + 1))
        .sort()
        .map(path => [path, readFileSync(join(out, path)).toString('base64')] as const),
    )
    return {
      results,
      batches: Object.values<{ batches: number }>(timing).map(({ batches }) => batches),
      lines: lines.map(line => ({ ...JSON.parse(line), ms: Object.keys(JSON.parse(line).ms) })),
      others,
      ...Object.fromEntries(bytes),
    }
  }

  let whole: ReturnType<typeof leftIn>
  before(async () => {
    const { code, stderr } = await run('--out', folders.in('whole'))
    expect(code, stderr).to.equal(0)
    whole = leftIn(folders.in('whole'))
    expect(Object.keys(whole).filter(path => /weights|optimizer|state\.json|values/.test(path)).length).to.be.above(8)
  })

  const roundsIn = (out: string) => {
    const metrics = join(out, 'metrics.ndjson')
    return existsSync(metrics) ? readFileSync(metrics, 'utf8').split('\n').length - 1 : 0
  }

  /** Waits until some more rounds are done, or the process has ended. */
  async function rounds(child: ChildProcess, out: string, more: number): Promise<void> {
    const until = roundsIn(out) + more
    while (child.exitCode === null && roundsIn(out) < until) await setTimeout(5)
  }

  /**
   * Kills at random instants until a process comes to its end: some rounds on and a few milliseconds more, which is in the middle of a
   * batch or of a checkpoint, for there is one each round; the first time anywhere before the rounds.
   */
  async function runKilled(seed: number, out: string): Promise<number> {
    const draw = (kill: number, i: number) => uniformAt(seed, 2 * kill + i)
    for (let kills = 0; ; kills++) {
      const { child, ended } = start('--out', out, ...(existsSync(join(out, 'config.yaml')) ? ['--resume'] : []))
      if (kills === 0) await setTimeout(draw(0, 0) * 2000)
      else if (kills <= MOST_KILLS) await rounds(child, out, 1 + Math.floor(draw(kills, 0) * 12))
      else await ended
      await setTimeout(draw(kills, 1) * 40)
      child.kill('SIGKILL')
      const { stderr, code } = await ended
      expect(stderr).not.to.include('error')
      if (code === 0) return kills
    }
  }

  it('killed at random points again and again, it ends with the same bits', async () => {
    const out = folders.in('killed')
    expect(await runKilled(1, out)).to.be.within(1, MOST_KILLS + 1)
    expect(leftIn(out)).to.deep.equal(whole)
    const files = (folder: string) => readdirSync(folder).filter(name => name !== 'previous')
    expect(files(out).sort()).to.deep.equal(files(folders.in('whole')).sort())
  })

  it('after Ctrl-C it says how to go on, and goes on in the newest folder of that name', async () => {
    const out = folders.in('runs/resumable')
    const { child, ended } = start()
    while (child.exitCode === null && !existsSync(out)) await setTimeout(5)
    await rounds(child, join(out, readdirSync(out)[0]!), 3)
    child.kill('SIGINT')
    const { code, stderr } = await ended
    expect(code).to.equal(130)
    expect(stderr).to.include('to resume: the same command with --resume')
    const resumed = await run('--resume')
    expect(resumed.code, resumed.stderr).to.equal(0)
    expect(resumed.stderr).to.match(/resumable: resuming after round \d+ of 40, in runs\/resumable\//)
    expect(leftIn(join(out, readdirSync(out)[0]!))).to.deep.equal(whole)
  })

  it('a damaged checkpoint is passed over with a warning; other batches are refused; what has ended says so', async () => {
    const out = folders.in('killed')
    const resume = (...set: string[]) => runHere(file, { out, resume: true, set })
    const more = await resume('run.iterations=42', 'run.checkpoint.keep=3')
    expect(more.stderr).to.include('resuming after round 40 of 42')
    const again = await resume('run.iterations=42')
    const other = await runHere(file, { out, resume: true, set: ['run.batch.batchSize=9'], json: true })
    expect([again.code, again.stderr]).to.deep.equal([0, 'resumable: this run has already ended; nothing is left to do\n'])
    expect(other.code).to.equal(1)
    expect(JSON.parse(other.stdout).errors[0]).to.include({ code: 'resume-other-spec', seen: 'different values at run.batch.batchSize' })
    truncateSync(join(out, 'checkpoints/00000042/run.json'), 100)
    const damaged = await resume('run.iterations=44')
    expect(damaged.code, damaged.stderr).to.equal(0)
    expect(damaged.stderr)
      .to.match(/warning\[checkpoint-damaged\] .*run\.json has 100 bytes of/s)
      .and.to.match(/resuming after round 4[01] of 44/)
    for (const name of readdirSync(join(out, 'checkpoints'))) truncateSync(join(out, 'checkpoints', name, 'run.json'), 100)
    const lost = await resume('run.iterations=46')
    expect(lost.code).to.equal(1)
    expect(lost.stderr).to.include('error[checkpoints-damaged]')
  })

  it('where there is nothing to go on with it says so', async () => {
    const { code, stderr } = await runHere(file, { out: folders.in('nowhere'), resume: true })
    expect(code).to.equal(1)
    expect(stderr).to.include('error[nothing-to-resume]').and.to.include('no such folder')
  })
})
