import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect } from 'chai'
import { temporaryFolder } from '../support/temporary-folder.js'
import { type Started, startMillrace } from './millrace.js'

/** A file whose work says that it is inside, and then takes for ever. */
const endless = (work: string) => `name: endless
datasets: { d: { openset: files, path: d.csv } }
pipelines:
  p:
    dataset: d.train
    actions:
      - initVariable: { name: n, default: 0 }
      - update: { dst: !V n, value: !I current }
      - if:
          condition: { '>=': [!I current, 3] }
          then:
            - print: { values: [inside] }
            - ${work}
run: { iterations: 9, batch: { batchSize: 2, epochs: null }, record: [p.n], checkpoint: { every: 1 } }
`
const repeat = "repeat: { times: 1000000000000, actions: [{ update: { dst: !V n, value: { '+': [!V n, 1] } } }] }"
const loop = (workers: number) => `applyParallel: { src: labels, parallel: { module: ./loop.mjs, workers: ${workers} } }`

describe('millrace run and signals', function () {
  // Each starts a process.
  this.timeout(120_000)
  const folders = temporaryFolder()
  const started: Started[] = []
  after(() => {
    for (const { child } of started) child.kill('SIGKILL')
    folders.remove()
  })
  before(() => {
    const rows = Array.from({ length: 40 }, (_, i) => `${i},${2 * i}`)
    writeFileSync(folders.in('d.csv'), ['id,labels', ...rows].join('\n'))
    writeFileSync(folders.in('loop.mjs'), 'export default () => { for (;;); }\n')
  })

  const start = (name: string, work: string): Started => {
    const file = folders.in(`${name}.yaml`)
    writeFileSync(file, endless(work))
    const run = startMillrace(['run', file, '--out', folders.in(name)], { cwd: folders.path })
    started.push(run)
    return run
  }
  /** Waits until the process has written something. */
  const until = ({ child, ended }: Started, stream: 'stdout' | 'stderr', words: string) =>
    new Promise<void>((resolve, reject) => {
      let text = ''
      child[stream]!.on('data', chunk => {
        text += chunk
        if (text.includes(words)) resolve()
      })
      void ended.then(({ stderr }) => reject(new Error(`it has ended: ${stderr}`)))
    })

  for (const [signal, code, name, work] of [
    ['SIGINT', 130, 'repeat', repeat],
    ['SIGTERM', 143, 'threads', loop(2)],
    ['SIGHUP', 129, 'hangup', repeat],
  ] as const) {
    it(`${signal} inside a batch that does not end stops the run, with a checkpoint and the report of what was found`, async () => {
      const run = start(name, work)
      await until(run, 'stdout', 'inside')
      run.child.kill(signal)
      const ended = await run.ended
      expect([ended.code, ended.signal]).to.deep.equal([code, null])
      expect(ended.stderr).to.include('stopping after this batch').and.include('--resume').and.not.include('error')
      const results = JSON.parse(readFileSync(join(folders.in(name), 'results.json'), 'utf8'))
      expect([results.interrupted, results.iterations.done]).to.deep.equal([true, 2])
      expect(results.variables).to.deep.equal({ 'p.n': [1, 2] })
      expect(existsSync(join(folders.in(name), 'report.html'))).to.equal(true)
      expect(existsSync(join(folders.in(name), 'checkpoints/00000002'))).to.equal(true)
    })
  }

  it('a run that computes without a pause acknowledges the first signal; the second ends it at once', async () => {
    const run = start('busy', loop(0))
    await until(run, 'stdout', 'inside')
    const acknowledged = until(run, 'stderr', '(again to stop at once)')
    run.child.kill('SIGTERM')
    await acknowledged
    run.child.kill('SIGINT')
    const ended = await run.ended
    expect([ended.code, ended.signal]).to.deep.equal([null, 'SIGINT'])
    expect(ended.stderr).to.include('ended at once by SIGINT')
  })

  it('a function that ends the process is an error of the run', async () => {
    writeFileSync(folders.in('exit.mjs'), 'export default () => process.exit(0)\n')
    const run = start('exit', 'applyParallel: { src: labels, parallel: { module: ./exit.mjs } }')
    const ended = await run.ended
    expect(ended.code).to.equal(2)
    expect(ended.stderr).to.include('process.exit(0)')
  })

  it('control characters of names never reach the terminal', async () => {
    const file = folders.in('names.yaml')
    const name = '\\e[31mred'
    const text = endless('skipBatch: {}')
      .replace('name: endless', `name: names\ntitle: "${name}"`)
      .replaceAll('iterations: 9', 'iterations: 2')
      .replaceAll('name: n,', `name: "${name}",`)
      .replaceAll('!V n', `!V "${name}"`)
      .replaceAll('p.n', `"p.${name}"`)
    writeFileSync(file, text)
    const { ended } = startMillrace(['run', file, '--out', folders.in('names')], { cwd: folders.path })
    const explained = startMillrace(['explain', file], { cwd: folders.path }).ended
    for (const { code, stdout, stderr } of await Promise.all([ended, explained])) {
      expect(code, stderr).to.equal(0)
      expect(stdout + stderr)
        .to.include('[31mred')
        .and.not.include('\u001b')
    }
  })
})
