import { existsSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { expect } from 'chai'
import { experiment, runExperiment } from '../../src/experiment.js'
import { Lock, type Pipeline, template, V } from '../../src/index.js'
import { NumbersBatch, numbers } from '../support/numbers.js'
import { temporaryFolder } from '../support/temporary-folder.js'

const data = numbers(40)
const counting = template(NumbersBatch).initVariable('n', { default: 0 }).update(V('n'), V('n').add(1))

/** Actions that would take for ever; `begin` is called when they do. */
type Endless = (begin: () => void) => Pipeline<any>
const spin = (begin: () => void) =>
  template(NumbersBatch)
    .call(begin)
    .repeat(1e12, p => p.update(V('n'), V('n').add(1)))

describe('a signal inside work that does not end', () => {
  const folders = temporaryFolder()
  after(() => folders.remove())

  const held = new Lock()
  const works: Readonly<Record<string, Endless>> = {
    'a repeat': spin,
    'a repeat in a repeat': begin => template(NumbersBatch).repeat(2, p => p.concat(spin(begin))),
    'a function that never returns': begin =>
      template(NumbersBatch).call(() => {
        begin()
        return new Promise(() => undefined)
      }),
    'a lock that is never free': begin => template(NumbersBatch).initLock('held', held).call(begin).acquireLock('held'),
  }
  before(() => held.acquire({}))

  for (const [what, work] of Object.entries(works)) {
    it(`stops an experiment in ${what}, with what was found until then`, async () => {
      const out = folders.in(what)
      const controller = new AbortController()
      const p = counting.if(V('n').ge(4), p => p.concat(work(() => controller.abort()))).on(data)
      const run = { iterations: 9, batch: { batchSize: 2, epochs: null }, record: ['p.n'], checkpoint: { every: 2, keep: 9 } }
      const results = await runExperiment(experiment({ name: 'stopping', pipelines: { p }, run }), { out, signal: controller.signal })
      expect([results.interrupted, results.error, results.iterations.done]).to.deep.equal([true, undefined, 3])
      expect(results.variables).to.deep.equal({ 'p.n': [1, 2, 3] })
      expect(existsSync(join(out, 'report.html'))).to.equal(true)
      expect(readdirSync(join(out, 'checkpoints')), 'none in the middle of a batch').to.deep.equal(['00000002'])
    })
  }

  const places: Readonly<Record<string, (spinning: Pipeline<any>) => { readonly train: Pipeline<any>; readonly exam: Pipeline<any> }>> = {
    before: spinning => ({ train: counting.before(p => p.concat(spinning)).on(data), exam: counting.on(data) }),
    after: spinning => ({ train: counting.after(p => p.concat(spinning)).on(data), exam: counting.on(data) }),
    'a pipeline of run.after': spinning => ({ train: counting.on(data), exam: counting.concat(spinning).on(data) }),
  }
  for (const [place, describeIn] of Object.entries(places)) {
    it(`stops an experiment in ${place}; its rounds can be continued`, async () => {
      const out = folders.in(place)
      const controller = new AbortController()
      const described = experiment({
        name: 'stopping',
        pipelines: describeIn(spin(() => controller.abort())),
        run: {
          iterations: 3,
          turns: ['train'],
          batch: { batchSize: 2, epochs: null },
          after: [{ pipeline: 'exam', batch: { batchSize: 20 } }],
        },
      })
      const results = await runExperiment(described, { out, signal: controller.signal })
      const done = place === 'before' ? 0 : 3
      expect([results.interrupted, results.error, results.iterations.done]).to.deep.equal([true, undefined, done])
      expect(existsSync(join(out, 'checkpoints'))).to.equal(done > 0)
    })
  }

  const ways: Readonly<Record<string, (p: Pipeline<any>, signal: AbortSignal) => Promise<unknown>>> = {
    run: (p, signal) => p.run(2, { signal }),
    'run with batches prepared ahead': (p, signal) => p.run(2, { signal, prefetch: 2 }),
    genBatch: async (p, signal) => {
      for await (const _ of p.genBatch(2, { signal }));
    },
    nextBatch: (p, signal) => p.nextBatch(2, { signal }),
    executeFor: (p, signal) => p.executeFor([1], { signal }),
    finish: async (p, signal) => {
      await p.nextBatch(2)
      await p.finish({ signal })
    },
  }
  for (const [way, start] of Object.entries(ways)) {
    it(`rejects ${way} with its reason`, async () => {
      const controller = new AbortController()
      const reason = new Error('enough')
      const spinning = spin(() => controller.abort(reason))
      const p = (way === 'finish' ? counting.after(p => p.concat(spinning)) : counting.concat(spinning)).on(data)
      expect(await start(p, controller.signal).catch(error => error)).to.equal(reason)
    })
  }

  it('nextBatch continues with the batch after the one that was abandoned', async () => {
    const controller = new AbortController()
    const p = counting.if(V('n').eq(2), p => p.concat(spin(() => controller.abort()))).on(data)
    await p.nextBatch(2)
    await p.nextBatch(2, { signal: controller.signal }).catch(() => undefined)
    expect((await p.nextBatch()).indices).to.deep.equal([4, 5])
  })
})
