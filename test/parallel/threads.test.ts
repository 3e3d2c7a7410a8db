import { spawnSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { expect } from 'chai'
import fc from 'fast-check'
import { closeWorkers, type ItemWork, workOnItems } from '../../src/parallel/index.js'
import { NdArray } from '../../src/util/nd-array.js'
import { rejectionOf } from '../dataset/error-of.js'
import * as functions from '../support/item-functions.js'
import { spinning } from '../support/spinning.js'

const images = (count: number) =>
  new NdArray(
    Float32Array.from({ length: count * 6 }, (_, i) => i),
    [count, 3, 2],
  )
const workOf = (count: number, further: Partial<ItemWork> = {}): ItemWork => ({
  inputs: [images(count)],
  several: false,
  first: 0,
  count,
  seed: 5,
  p: 1,
  options: { fixed: {}, varying: {} },
  ...further,
})
const run = (name: keyof typeof functions, work: ItemWork, parallel: object = {}, signal?: AbortSignal) =>
  workOnItems(work, {
    name,
    parallel: { module: functions.functionsModule, export: name, ...parallel },
    ids: Array.from({ length: work.count }, (_, i) => `id${i}`),
    signal,
  })
const plain = (items: Awaited<ReturnType<typeof workOnItems>>) =>
  items instanceof NdArray
    ? { shape: items.shape, dtype: items.dtype, data: [...items.data] }
    : items.map(item => (item as NdArray).toNested())

describe('items in threads', () => {
  after(closeWorkers)

  it('give the same bytes whatever the number of threads or of items at a time', async () => {
    const ways = [{ workers: 1 }, { workers: 3 }, { concurrency: 2 }, { concurrency: 4 }]
    const names = ['addNoise', 'addNoiseLater', 'cutRows', 'noise'] as const
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 0, max: 9 }),
        fc.constantFrom(...names),
        fc.constantFrom(0, 0.5, 1),
        fc.constantFrom(...ways),
        fc.nat(),
        async (count, name, p, way, seed) => {
          const work = workOf(count, { p, seed, options: { fixed: {}, varying: { scale: Array.from({ length: count }, (_, i) => i) } } })
          expect(plain(await run(name, work, way))).to.deep.equal(plain(await run(name, work)))
        },
      ),
      { numRuns: 20 },
    )
  })

  it('results are memory of their own: a later batch does not write over them', async () => {
    const first = (await run('addNoise', workOf(8), { workers: 2 })) as NdArray
    const kept = [...first.data]
    await run('addNoise', workOf(8, { seed: 6 }), { workers: 2 })
    expect([...first.data]).to.deep.equal(kept)
    expect(first.data.buffer).to.be.instanceOf(ArrayBuffer)
  })

  it('every element type comes back', async () => {
    for (const dtype of ['uint8', 'int8', 'uint16', 'int16', 'uint32', 'int32', 'float32', 'float64'] as const) {
      const work = workOf(3, { inputs: [images(3).cast(dtype)] })
      expect(plain(await run('addNoise', work, { workers: 2 })), dtype).to.deep.equal(plain(await run('addNoise', work)))
    }
  })

  it('lists and several components go there and back', async () => {
    const list = workOf(3, { inputs: [[1, 2, 3]] })
    expect(await run('double', list, { workers: 2 })).to.deep.equal([2, 4, 6])
    const both = workOf(3, { inputs: [images(3), images(3)], several: true })
    expect(plain(await run('sumOf', both, { workers: 2 }))).to.deep.equal(plain(await run('sumOf', both)))
  })

  it('a thread that dies is an error with its cause, and the next batch has threads again', async () => {
    const options = { fixed: { at: 4 }, varying: {} }
    const error = await rejectionOf(run('dieAt', workOf(9, { options }), { workers: 2 }))
    expect([error.code, error.message]).to.satisfy(
      ([code, text]: string[]) => code === 'worker-failed' && /exited with code: 3/.test(text!),
    )
    expect(error.cause).to.be.instanceOf(Error)
    expect(((await run('addNoise', workOf(9), { workers: 2 })) as NdArray).length).to.equal(9)
  })

  it('threads that cannot start are an error, not a wait without end', async () => {
    await closeWorkers()
    process.execArgv.push('--import', 'data:text/javascript,throw new Error("not today")')
    try {
      const error = await rejectionOf(run('addNoise', workOf(30), { workers: 2 }))
      expect([error.code, error.message]).to.satisfy(([code, text]: string[]) => code === 'worker-failed' && /not today/.test(text!))
    } finally {
      process.execArgv.splice(-2)
      await closeWorkers()
    }
    expect(((await run('addNoise', workOf(30), { workers: 2 })) as NdArray).length).to.equal(30)
  })

  it('a signal stops threads in the middle of an item', async () => {
    const controller = new AbortController()
    const begun = spinning()
    const running = run('spin', workOf(4), { workers: 2 }, controller.signal)
    begun.then(() => controller.abort(new Error('enough')))
    expect(await running.catch((error: unknown) => String(error))).to.equal('Error: enough')
    expect(((await run('addNoise', workOf(2), { workers: 2 })) as NdArray).length).to.equal(2)
  })

  it('items that fail are told together, with their causes, also from threads', async () => {
    for (const parallel of [{}, { workers: 2 }, { concurrency: 3 }]) {
      const error = await rejectionOf(run('failSometimes', workOf(9), parallel))
      expect(error.code).to.equal('items-failed')
      expect(error.message).to.match(/3 of 9 items failed; the first error: no luck at position 2\. Seen: items id2, id5, id8/)
      expect(error.cause).to.be.instanceOf(RangeError)
    }
  })

  it('idle threads do not hold up the end of the process', () => {
    const script = `
      const { workOnItems } = await import('./src/parallel/index.ts')
      const { NdArray } = await import('./src/util/nd-array.ts')
      const inputs = [NdArray.zeros([4, 2, 2])]
      const work = { inputs, several: false, first: 0, count: 4, seed: 1, p: 1, options: { fixed: {}, varying: {} } }
      const parallel = { module: './test/support/item-functions.ts', export: 'addNoise', workers: 2 }
      console.log((await workOnItems(work, { name: 'x', parallel, ids: [] })).length)`
    const cwd = fileURLToPath(new URL('../..', import.meta.url))
    const child = spawnSync(process.execPath, ['--import', 'tsx', '--input-type=module', '-e', script], {
      cwd,
      timeout: 300_000,
      encoding: 'utf8',
    })
    expect([child.status, child.stdout.trim()], child.stderr).to.deep.equal([0, '4'])
  })
})
