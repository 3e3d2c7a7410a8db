import { spawnSync } from 'node:child_process'
import { cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import { expect } from 'chai'

const tsx = pathToFileURL(createRequire(import.meta.url).resolve('tsx')).href

const load = `
  import { loadTensorflow } from './src/graph/tensorflow.ts'
  try {
    const tf = await loadTensorflow()
    console.log(tf.getBackend(), tf.topk(tf.tensor1d([1, 3, 2]), 1).values.arraySync(), tf === (await loadTensorflow()), process.env.TF_ENABLE_ONEDNN_OPTS)
  } catch (error) { console.log(error.code, error.message) }
`

const run = (cwd: string, env: NodeJS.ProcessEnv = {}) => {
  const args = ['--import', tsx, '--input-type=module', '-e', load]
  const { stdout, stderr } = spawnSync(process.execPath, args, { cwd, encoding: 'utf8', env: { ...process.env, ...env } })
  return { stdout: stdout.trim(), stderr }
}

describe('engine: loadTensorflow', () => {
  it('loads the native backend, once, with nothing on stderr and its options at their defaults', () => {
    const { TF_CPP_MIN_LOG_LEVEL: _, ...env } = process.env
    expect(run('.', env)).to.deep.equal({ stdout: 'tensorflow [ 3 ] true undefined', stderr: '' })
  })

  describe('in a place without TensorFlow', () => {
    let folder: string
    const binding = () => join(folder, 'node_modules/@tensorflow/tfjs-node-gpu/lib/napi-v8/tfjs_binding.node')
    before(() => {
      folder = mkdtempSync(join(tmpdir(), 'millrace-bare-'))
      for (const room of ['errors', 'util', 'graph/tensorflow.ts', 'graph/engine-settings.ts', 'graph/safe-convolutions.ts'])
        cpSync(join('src', room), join(folder, 'src', room), { recursive: true })
      writeFileSync(join(folder, 'package.json'), '{ "type": "module" }')
      mkdirSync(join(binding(), '..'), { recursive: true })
      writeFileSync(join(folder, 'node_modules/@tensorflow/tfjs-node-gpu/package.json'), '{ "main": "./lib/napi-v8/tfjs_binding.node" }')
      for (const name of ['fastest-levenshtein', 'picocolors'])
        symlinkSync(resolve('node_modules', name), join(folder, 'node_modules', name))
    })
    after(() => rmSync(folder, { recursive: true }))

    it('says how to set it up', () => {
      expect(run(folder).stdout).to.equal('engine-missing TensorFlow is not set up. Run: npx millrace setup.')
    })

    it('says what is wrong with one that does not load', () => {
      writeFileSync(binding(), 'not a library')
      expect(run(folder).stdout).to.match(/^engine-broken TensorFlow is set up but does not load\. Seen: .*Run: npx millrace setup/)
    })
  })
})
