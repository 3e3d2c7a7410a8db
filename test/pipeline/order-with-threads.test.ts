import { expect } from 'chai'
import fc from 'fast-check'
import { closeWorkers, Dataset, ImagesBatch, NdArray, P, R, V } from '../../src/index.js'
import { temporaryFolder } from '../support/temporary-folder.js'

const pixels = Uint8Array.from({ length: 14 * 6 * 6 }, (_, i) => (i * 37) % 251)
const data = new Dataset(14, ImagesBatch, { name: 'pictures', preloaded: { images: new NdArray(pixels, [14, 6, 6, 1]) } })
const options = { batchSize: 4, shuffle: true, seed: 5, epochs: null } as const

/** Random work on images, in order or in threads; what was seen of them is kept in a variable. */
const describeAll = (workers: number) =>
  data.p
    .initVariable('seen', { default: [] })
    .rotate({ angle: P(R('uniform', -90, 90)), p: 0.7, parallel: { workers } })
    .additiveNoise({ noise: ['normal', 0, 9], parallel: { workers } })
    .update(V('seen', { mode: 'append' }), R('uniform'))

type Pictures = ReturnType<typeof describeAll>

async function take(pipeline: Pictures, at: number, prefetch: number) {
  const batch = await (at === 0 ? pipeline.nextBatch({ ...options, prefetch }) : pipeline.nextBatch())
  return {
    ids: [...batch.indices],
    images: Array.from(batch.images.data),
    seen: pipeline.v('seen').at(-1),
    count: pipeline.v('seen').length,
  }
}

/** Each number of threads is a pool to start, which takes longer than the work. */
const workerCounts = fc.constantFrom(0, 1, 4)
const several = fc.integer({ min: 0, max: 4 })
const step = fc.oneof(
  { weight: 4, arbitrary: fc.record({ do: fc.constant('next' as const) }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('save' as const) }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('restore' as const), workers: workerCounts, prefetch: several }) },
)

describe('the order of batches', () => {
  const folders = temporaryFolder()
  after(async () => {
    folders.remove()
    await closeWorkers()
  })

  it('any sequence of next, save, restore, with no, one and four workers and whatever look-ahead, gives one order and the same bytes', async () => {
    const straight = describeAll(0)
    const expected: unknown[] = []
    for (let at = 0; at < 26; at++) expected.push(await take(straight, at, 0))
    let runs = 0
    await fc.assert(
      fc.asyncProperty(workerCounts, several, fc.array(step, { maxLength: 24 }), async (workers, prefetch, steps) => {
        const folder = folders.in(`run-${++runs}`)
        let pipeline = describeAll(workers)
        let [at, saved] = [0, -1]
        for (const step of steps) {
          if (step.do === 'next') {
            expect(await take(pipeline, at, prefetch)).to.deep.equal(expected[at])
            at++
          } else if (step.do === 'save') {
            if (at === 0) continue
            await pipeline.saveState(folder)
            saved = at
          } else if (saved > 0) {
            pipeline.dispose()
            pipeline = describeAll(step.workers)
            await pipeline.restoreState(folder, { prefetch: step.prefetch })
            at = saved
          }
        }
        pipeline.dispose()
      }),
      { numRuns: 15 },
    )
  })
})
