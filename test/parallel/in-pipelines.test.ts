import { expect } from 'chai'
import { closeWorkers } from '../../src/index.js'
import { rejectionOf } from '../dataset/error-of.js'
import { functionsModule } from '../support/item-functions.js'
import { pictures } from '../support/pictures.js'
import { spinning } from '../support/spinning.js'

const threads = (name: string, further: object = {}) => ({
  src: 'images',
  parallel: { module: functionsModule, export: name, workers: 2 },
  ...further,
})

describe('threads in pipelines', () => {
  after(closeWorkers)

  for (const prefetch of [0, 1, 3]) {
    it(`a failure surfaces at its batch, those before it come in order, with ${prefetch} batches ahead`, async () => {
      const p = pictures(20, [2, 2], 20).p.applyParallel(
        threads('failAtValue', { src: [['images', 'labels']], dst: 'images', options: { value: 9 } }),
      )
      const seen: unknown[] = []
      const walk = async () => {
        for await (const batch of p.genBatch(4, { epochs: 1, prefetch })) seen.push(batch.indices[0])
      }
      const error = await rejectionOf(walk())
      expect(seen).to.deep.equal(['picture-0', 'picture-4'])
      expect([error.code, error.location.batch, error.cause]).to.satisfy(
        ([code, batch, cause]: unknown[]) => code === 'items-failed' && batch === 3 && cause instanceof RangeError,
      )
      expect(error.message).to.match(/item picture-9/)
    })
  }

  it('a thread that dies fails its batch, not the run of another pipeline', async () => {
    const dying = pictures(8).p.applyParallel(threads('dieAt', { options: { at: 1 } }))
    expect((await rejectionOf(dying.nextBatch(4))).code).to.equal('worker-failed')
    const healthy = pictures(8).p.applyParallel(threads('addNoise'))
    expect((await healthy.nextBatch(4)).length).to.equal(4)
  })

  it('a signal stops a run whose threads are busy', async () => {
    const controller = new AbortController()
    const begun = spinning()
    const running = pictures(8).p.applyParallel(threads('spin')).run(4, { epochs: 1, signal: controller.signal })
    begun.then(() => controller.abort(new Error('enough')))
    expect(await running.then(String, String)).to.match(/enough/)
  })
})
