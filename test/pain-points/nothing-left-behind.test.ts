import { spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { setImmediate } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { expect } from 'chai'
import { loadTensorflow } from '../../src/graph/tensorflow.js'
import type { SourceBatch } from '../../src/index.js'
import { numbers } from '../support/numbers.js'
import { temporaryFolder } from '../support/temporary-folder.js'

const root = fileURLToPath(new URL('../..', import.meta.url))

describe('an abandoned generator leaves no workers, no timers and no tensors', () => {
  const folder = temporaryFolder()
  after(() => folder.remove())

  it('a loop that is left, a generator nobody asks again and a stepped pipeline keep no process alive', () => {
    const ways = {
      left: 'for await (const batch of p.genBatch(options)) break',
      asked: 'await p.genBatch(options).next()',
      stepped: 'for (let i = 0; i < 3; i++) await p.nextBatch(options)',
    }
    const log = (way: string) => folder.in(`${way}.ndjson`)
    const steps = Object.entries(ways).map(
      ([way, take]) => `{
        const p = describe()
        const options = watched(${JSON.stringify(log(way))})
        ${take}
      }`,
    )
    // With threads, batches ahead and all notifiers.
    const script = `
      const { Dataset, ImagesBatch, NdArray } = await import('./src/index.ts')
      const data = new Dataset(60, ImagesBatch, { preloaded: { images: NdArray.zeros([60, 4, 4, 1]), labels: NdArray.zeros([60]) } })
      const parallel = { module: './test/support/item-functions.ts', export: 'addNoise', workers: 2 }
      const describe = () => data.p.initVariable('n', { default: 1 }).applyParallel({ src: 'images', parallel })
      const notifier = file => ({ bar: true, variables: ['n'], chart: ${JSON.stringify(folder.in('n.html'))}, file })
      const watched = file => ({ batchSize: 2, epochs: null, prefetch: 3, profile: true, notifier: notifier(file) })
      ${steps.join('\n')}`
    const child = spawnSync(process.execPath, ['--import', 'tsx', '--input-type=module', '-e', script], {
      cwd: root,
      timeout: 300_000,
      encoding: 'utf8',
    })
    expect([child.status, child.signal], child.stderr).to.deep.equal([0, null])
    for (const way of Object.keys(ways)) expect(readFileSync(log(way), 'utf8'), way).to.match(/"batch":1,/)
  })

  it('Ctrl-C ends a watched run as it ends any process', async () => {
    const script = `
      const { numbers } = await import('./test/support/numbers.ts')
      await numbers(6).p.run(2, { epochs: null, notifier: { bar: true, callback: ({ batch }) => batch === 1 && console.log('begun') } })`
    const child = spawn(process.execPath, ['--import', 'tsx', '--input-type=module', '-e', script], { cwd: root })
    child.stdout.once('data', () => child.kill('SIGINT'))
    const [, signal] = await once(child, 'exit')
    expect(signal).to.equal('SIGINT')
  })

  it('tensors that batches hold are freed: of the batch under way, of those had ahead, of runs that fail or are stopped', async () => {
    const tf = await loadTensorflow()
    const before = tf.memory().numTensors
    const hold = (batch: SourceBatch) => {
      const tensor = tf.zeros([batch.length])
      batch.set('held', Object.assign([...batch.indices], { dispose: () => tensor.dispose() }))
    }
    const data = numbers(20)
    const make = data.batchByPos.bind(data)
    const holding = Object.assign(data, {
      batchByPos: (positions: Uint32Array) => {
        const batch = make(positions)
        hold(batch)
        return batch
      },
    })
    const stop = new AbortController()
    const ways: Record<string, () => Promise<unknown>> = {
      left: async () => {
        for await (const _ of holding.p.genBatch(2, { prefetch: 3 })) {
          expect(tf.memory().numTensors - before, 'held now').to.be.above(1)
          break
        }
      },
      failing: () => holding.p.call(fail).run(2, { prefetch: 2 }),
      stopped: () => holding.p.call(() => stop.abort()).run(2, { prefetch: 2, signal: stop.signal }),
      stepped: async () => {
        const p = holding.p
        for (let i = 0; i < 3; i++) await p.nextBatch(2, { prefetch: 2 })
        p.reset()
      },
    }
    for (const [way, run] of Object.entries(ways)) {
      await run().catch(() => undefined)
      await setImmediate()
      expect(tf.memory().numTensors, way).to.equal(before)
    }
  })
})

function fail(): never {
  throw new Error('no')
}
