import { expect } from 'chai'
import { component, Dataset, defineBatch, NdArray } from '../../../src/index.js'
import { list } from '../../pipeline/run/seen.js'
import { numbers } from '../../support/numbers.js'

const Fragile = defineBatch({
  name: 'Fragile',
  components: { x: component.array('numbers') },
  actions: {
    check: {
      summary: 'Fails at 4.',
      schema: { type: 'object', properties: {}, additionalProperties: false },
      apply: batch => {
        if (batch.x.data[0] === 4) throw new Error('broken')
      },
    },
  },
})

describe('with prefetch, an error of an action reaches the caller and nothing hangs', () => {
  for (const prefetch of [1, 2, 8]) {
    it(`prefetch ${prefetch}: the error comes at its batch, with its cause, after those before it`, async () => {
      const data = new Dataset(10, Fragile, { preloaded: { x: NdArray.from([0, 1, 2, 3, 4, 5, 6, 7, 8, 9]) } })
      const before: number[][] = []
      try {
        for await (const batch of data.p.check().genBatch(2, { prefetch })) before.push(list(batch.x))
        expect.fail('no error')
      } catch (error) {
        const { code, location, cause } = error as { code: string; location: { batch: number }; cause: Error }
        expect([code, location.batch, cause.message]).to.deep.equal(['action-failed', 3, 'broken'])
      }
      expect(before).to.deep.equal([[0, 1], [2, 3]]) // biome-ignore format: one line
    })
  }

  it('nextBatch goes on behind the batch that failed', async () => {
    const p = numbers(8).p.call(batch => {
      if (list(batch.x)[0] === 2) throw new Error('broken')
    })
    const options = { batchSize: 2, epochs: 1, prefetch: 2 }
    const taken: unknown[] = []
    for (let i = 0; i < 4; i++)
      taken.push(
        await p.nextBatch(options).then(
          batch => list(batch.x),
          error => error.code,
        ),
      )
    expect(taken).to.deep.equal([[0, 1], 'action-failed', [4, 5], [6, 7]])
  })
})
