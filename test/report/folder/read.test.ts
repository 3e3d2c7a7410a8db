import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect } from 'chai'
import { openRunFolder, readRunFolder, renderReport } from '../../../src/report/index.js'
import { sampleInput } from '../support/sample.js'

describe('readRunFolder', () => {
  let root: string
  beforeEach(() => {
    root = mkdtempSync(join(tmpdir(), 'millrace-test-'))
  })
  afterEach(() => rmSync(root, { recursive: true, force: true }))

  it('renders the same page without the run', async () => {
    const input = sampleInput({ iterations: 12, channels: 8, items: 20, testItems: 100 })
    const folder = openRunFolder(root)
    folder.writeJson('results.json', input.results)
    folder.writeText('config.yaml', input.configYaml)
    folder.finish()
    expect(await renderReport(readRunFolder(root))).to.equal(await renderReport(input))
  })

  it('says what is missing', () => {
    expect(() => readRunFolder(root)).to.throw('does not contain a run to report: results.json cannot be read')
    writeFileSync(join(root, 'results.json'), '{"seed": 1')
    expect(() => readRunFolder(root)).to.throw('results.json cannot be read')
    writeFileSync(join(root, 'results.json'), '{"seed": 1}')
    expect(() => readRunFolder(root)).to.throw('it has no name, title, description, started')
  })

  it('says where something is missing or is something else', () => {
    const { results } = sampleInput({ iterations: 2, channels: 8, items: 20, testItems: 100 })
    writeFileSync(join(root, 'config.yaml'), '')
    const without = (path: string, value: unknown) => {
      const copy = JSON.parse(JSON.stringify(results))
      const keys = path.split('.')
      const last = keys.pop()!
      const parent = keys.reduce((inner, key) => inner[key], copy)
      parent[last] = value
      writeFileSync(join(root, 'results.json'), JSON.stringify(copy))
      return () => readRunFolder(root)
    }
    for (const path of [
      'name',
      'seconds',
      'interrupted',
      'versions',
      'versions.node',
      'machine.cores',
      'timing',
      'iterations.done',
      'charts',
    ]) {
      expect(without(path, undefined), path).to.throw(`it has no ${path}`)
      expect(without(path, null), path).to.throw(path)
    }
    for (const value of [null, 3, 'text', []]) {
      writeFileSync(join(root, 'results.json'), JSON.stringify(value))
      expect(() => readRunFolder(root)).to.throw('it is not a map')
    }
  })
})
