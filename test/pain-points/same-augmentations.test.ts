import { expect } from 'chai'
import fc from 'fast-check'
import { closeWorkers, P, R } from '../../src/index.js'
import { functionsModule } from '../support/item-functions.js'
import { pictures } from '../support/pictures.js'

describe('one seed gives one order and the same augmentations, whatever runs ahead or beside', () => {
  after(closeWorkers)

  async function augmented(seed: number, prefetch: number, workers: number): Promise<string[]> {
    const parallel = { workers }
    const p = pictures(20)
      .p.rotate({ angle: P(R('uniform', -30, 30)), resample: 'bilinear', p: 0.5, parallel })
      .crop({ shape: 4, origin: 'random', parallel })
      .cutout({ shape: 2, parallel })
      .salt({ pNoise: 0.1, p: 0.7, parallel })
      .applyParallel({ src: 'images', parallel: { module: functionsModule, export: 'addNoise', workers } })
    const seen: string[] = []
    for await (const batch of p.genBatch(6, { epochs: 2, shuffle: true, seed, prefetch }))
      seen.push(`${batch.indices} ${batch.images.data}`)
    return seen
  }

  it('no threads or four, nothing ahead or three batches', async () => {
    await fc.assert(
      fc.asyncProperty(fc.nat(1000), fc.integer({ min: 0, max: 3 }), fc.integer({ min: 0, max: 4 }), async (seed, prefetch, workers) => {
        expect(await augmented(seed, prefetch, workers)).to.deep.equal(await augmented(seed, 0, 0))
      }),
      {
        numRuns: 6,
        examples: [
          [1, 0, 2],
          [1, 2, 1],
        ],
      },
    )
  })

  it('another seed gives others', async () => {
    expect(await augmented(1, 0, 0)).not.to.deep.equal(await augmented(2, 0, 0))
  })
})
