import { spawnSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { expect } from 'chai'
import { filesIn, read } from '../house/sources.js'

const root = fileURLToPath(new URL('../..', import.meta.url))

/** What a program writes that runs a pipeline, fails, and goes on. */
function outputOf(options: string, more = '') {
  const script = `
    const { setLogger } = await import('./src/index.ts')
    const { numbers } = await import('./test/support/numbers.ts')
    const p = numbers(6).p.initVariable('n', { default: 0 }).scaleX({ by: 2 })${more}
    await p.run(2, ${options})
    for await (const batch of numbers(4).genBatch(2)) continue
    await p.call(() => { throw new Error('caught') }).run(2, { ignoreErrors: true })
    await p.call(() => { throw new Error('caught') }).run(2, { prefetch: 2 }).catch(() => undefined)`
  const child = spawnSync(process.execPath, ['--import', 'tsx', '--input-type=module', '-e', script], {
    cwd: root,
    timeout: 300_000,
    encoding: 'utf8',
  })
  expect(child.status, child.stderr).to.equal(0)
  return { stdout: child.stdout, stderr: child.stderr }
}

describe('nothing is printed unasked; progress is reported as events', () => {
  it('a run, a loop, errors that are left out or caught: silence', () => {
    expect(outputOf('{ profile: true, notifier: () => undefined }')).to.deep.equal({ stdout: '', stderr: '' })
  })

  it('what was asked for goes where it was asked: print to standard output, progress to standard error', () => {
    const { stdout, stderr } = outputOf('{ notifier: true }', '.print("here")')
    expect(stdout.match(/here\n/g)).to.have.length(3 + 3 + 1)
    expect(stderr).to.match(/^pipeline 3\/3 {2}.*\n$/)
  })

  it('and print to any function', () => {
    expect(outputOf('setLogger(() => undefined) ?? {}', '.print("here")')).to.deep.equal({ stdout: '', stderr: '' })
  })

  it('the library writes to the streams of the process in three places: print, bars, and graphs asked for by a variable of the environment', () => {
    const writing = filesIn('src', /\.ts$/)
      .filter(file => !file.startsWith('src/cli/'))
      .filter(file => /process\.std(out|err)\b|console\.(?!table)/.test(read(file).replace(/^\s*(\*|\/\*\*).*$/gm, '')))
    expect(writing.sort()).to.deep.equal(['src/graph/show.ts', 'src/graph/tensorflow.ts', 'src/notifier/notifier.ts', 'src/util/logger.ts'])
  })
})
