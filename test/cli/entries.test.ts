import { execFileSync } from 'node:child_process'
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect } from 'chai'

const sources = new URL('../../src/', import.meta.url)

describe('entries of the package', () => {
  const entries = readdirSync(sources).filter(name => name.endsWith('.ts') && !['tf.ts', 'wire.ts'].includes(name))

  it(`${entries.join(', ')} load no TensorFlow`, () => {
    const folder = mkdtempSync(join(tmpdir(), 'millrace-entries-'))
    const file = join(folder, 'loaded.json')
    const script = entries.map(name => `await import(${JSON.stringify(new URL(name, sources).href)})`).join('\n')
    const preload = new URL('loaded-modules.mjs', import.meta.url).href
    execFileSync(process.execPath, ['--import', 'tsx', '--import', preload, '--input-type=module', '-e', script], {
      env: { ...process.env, LOADED_MODULES: file },
    })
    const loaded = JSON.parse(readFileSync(file, 'utf8')) as string[]
    rmSync(folder, { recursive: true })
    expect(entries).to.include.members(['index.ts', 'models.ts', 'opensets.ts', 'metrics.ts', 'experiment.ts', 'report.ts'])
    expect(loaded.filter(name => /tensorflow|tfjs/.test(name))).to.deep.equal([])
  })
})
