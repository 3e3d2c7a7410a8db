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
    expect(() => readRunFolder(root)).to.throw('it has no title, started, iterations, charts')
  })
})
