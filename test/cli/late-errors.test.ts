import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect } from 'chai'
import { temporaryFolder } from '../support/temporary-folder.js'
import { startMillrace } from './millrace.js'

const functions = `
export const throws = x => { setTimeout(() => { throw new Error('much later') }, 1); return x }
export const rejects = x => { setTimeout(() => { Promise.reject(new Error('much later')) }, 1); return x }
export const exitsLater = x => { setTimeout(() => process.exit(0), 1); return x }
export const exits = x => process.exit(1)
export const hangs = () => new Promise(() => {})
`

const file = (name: string, workers: number) => `
name: late
datasets: { d: { openset: files, path: d.csv } }
pipelines:
  train:
    dataset: d.train
    actions:
      - applyParallel: { src: labels, parallel: { module: ./functions.mjs, export: ${name}, workers: ${workers} } }
run: { iterations: 2000, batch: { batchSize: 4, epochs: null } }
`

describe('a function of a run', () => {
  const folders = temporaryFolder()
  after(() => folders.remove())
  before(() => {
    writeFileSync(folders.in('functions.mjs'), functions)
    writeFileSync(folders.in('d.csv'), ['id,labels', ...Array.from({ length: 40 }, (_, i) => `${i},${2 * i}`)].join('\n'))
  })

  const outcomes: readonly (readonly [what: string, name: string, workers: number, words: RegExp, hasResults: boolean])[] = [
    ['that throws after it has returned', 'throws', 0, /error\[late-error].*much later/, true],
    ['that throws after it has returned, in a thread', 'throws', 2, /error\[(late-error|worker-failed)].*much later/, true],
    ['that rejects after it has returned', 'rejects', 0, /error\[late-error].*much later/, true],
    ['that rejects after it has returned, in a thread', 'rejects', 2, /error\[(late-error|worker-failed)].*much later/, true],
    ['that calls process.exit later', 'exitsLater', 0, /error\[exit-in-run]/, false],
    ['that calls process.exit later, in a thread', 'exitsLater', 2, /exit-in-thread|process\.exit|worker-failed/, true],
    ['that calls process.exit', 'exits', 0, /error\[exit-in-run]/, false],
    ['that calls process.exit in a thread', 'exits', 2, /error\[worker-failed]/, true],
    ['that never ends', 'hangs', 0, /error\[exit-in-run].*\n.*never settled/, false],
  ]
  for (const [what, name, workers, words, hasResults] of outcomes) {
    it(`${what} fails the run`, async () => {
      const path = folders.in(`${name}-${workers}.yaml`)
      writeFileSync(path, file(name, workers))
      const out = folders.in(`${name}-${workers}`)
      const { code, stderr } = await startMillrace(['run', path, '--out', out, '--quiet'], { cwd: folders.path }).ended
      expect(stderr).to.match(words)
      expect(code).to.equal(2)
      expect(existsSync(join(out, 'results.json'))).to.equal(hasResults)
      if (hasResults) expect(JSON.parse(readFileSync(join(out, 'results.json'), 'utf8')).error).to.be.an('object')
    })
  }
})
