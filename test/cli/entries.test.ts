import { execFile, execFileSync } from 'node:child_process'
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { promisify } from 'node:util'
import { expect } from 'chai'
import { loader, moduleOf } from './program.js'

const sources = new URL('../../src/', import.meta.url)
const entryFiles = readdirSync(sources).filter(name => name.endsWith('.ts'))
const urlOf = (name: string) => JSON.stringify(pathToFileURL(moduleOf(name.replace(/\.ts$/, ''))).href)

describe('entries of the package', () => {
  const entries = entryFiles.filter(name => name !== 'tf.ts')

  it(`${entries.join(', ')} load no TensorFlow`, () => {
    const folder = mkdtempSync(join(tmpdir(), 'millrace-entries-'))
    const file = join(folder, 'loaded.json')
    const script = entries.map(name => `await import(${urlOf(name)})`).join('\n')
    const preload = new URL('loaded-modules.mjs', import.meta.url).href
    execFileSync(process.execPath, [...loader, '--import', preload, '--input-type=module', '-e', script], {
      env: { ...process.env, LOADED_MODULES: file },
    })
    const loaded = JSON.parse(readFileSync(file, 'utf8')) as string[]
    rmSync(folder, { recursive: true })
    expect(entries).to.include.members(['index.ts', 'models.ts', 'opensets.ts', 'metrics.ts', 'experiment.ts', 'report.ts'])
    expect(loaded.filter(name => /tensorflow|tfjs/.test(name))).to.deep.equal([])
  })

  /** What can be done with an entry as the only import of a program, and what the program prints. */
  const uses: Readonly<Record<string, readonly [work: string, printed: string]>> = {
    'index.ts': [
      `const data = entry.Dataset.fromRecords([{ labels: 1 }], entry.ImagesBatch)
       const net = (config, tf) => tf.sequential({ layers: [tf.layers.dense({ units: 2, inputShape: [2] })] })
       const pipeline = data.p.initModel('static', net, 'line', { config: { loss: 'ce' } })
       await pipeline.start()
       console.log(pipeline.m('line').parameterCount)`,
      '6',
    ],
    'opensets.ts': [
      `const data = await entry.mnist()
       const net = (config, tf) => tf.sequential({ layers: [tf.layers.dense({ units: 2, inputShape: [2] })] })
       const pipeline = data.train.p.initModel('static', net, 'line', { config: { loss: 'ce' } })
       await pipeline.start()
       console.log(pipeline.m('line').parameterCount)`,
      '6',
    ],
    'models.ts': [
      `const config = { inputs: { images: { shape: [28, 28, 1] }, labels: { classes: 10 } }, 'initial_block/inputs': 'images' }
       console.log(entry.ResNet18.describe(config).countParameters() > 1e7)`,
      'true',
    ],
    'experiment.ts': [
      `const { errors } = entry.readExperiment('pipelines: 1', { registry: entry.registry })
       console.log(errors.length > 0)`,
      'true',
    ],
    'graph.ts': ['console.log(typeof entry.compile)', 'function'],
    'metrics.ts': [
      `console.log(new entry.ClassificationMetrics([1, 0], [1, 0], { fmt: 'labels', numClasses: 2 }).evaluate('accuracy'))`,
      '1',
    ],
    'report.ts': ['console.log(Object.keys(entry.chartTable).length > 0)', 'true'],
    'options.ts': ['console.log(entry.integer({ min: 1 }).allowed)', 'an integer of at least 1'],
    'samplers.ts': [`console.log(new entry.ConstantSampler(3).sample(1).data[0])`, '3'],
    'tf.ts': ['console.log(entry.default.tensor1d([1, 2]).size)', '2'],
  }

  it('each has a use here', () => {
    expect(Object.keys(uses).sort()).to.deep.equal([...entryFiles].sort())
  })

  for (const [name, [work, printed]] of Object.entries(uses)) {
    it(`${name} works as the only import`, async () => {
      const script = `const entry = await import(${urlOf(name)})\n${work}`
      const { stdout } = await promisify(execFile)(process.execPath, [...loader, '--input-type=module', '-e', script])
      expect(stdout.trim()).to.equal(printed)
    })
  }
})
