import { expect } from 'chai'
import { I, SkipBatch } from '../../src/index.js'
import { list, listsOf } from '../pipeline/run/seen.js'
import { numbers } from '../support/numbers.js'

describe('a skipped batch yields nothing: neither the one before it again nor an end', () => {
  for (const prefetch of [0, 1, 4]) {
    it(`prefetch ${prefetch}`, async () => {
      const ahead = numbers(10).p.if(I().mod(2).eq(0), p => p.skipBatch())
      const inOrder = numbers(10).p.call(batch => {
        if (list(batch.x)[0]! % 4 === 2) throw new SkipBatch()
      })
      for (const p of [ahead, inOrder]) {
        expect(await listsOf(p.genBatch(2, { prefetch }))).to.deep.equal([[0, 1], [4, 5], [8, 9]]) // biome-ignore format: one line
      }
    })
  }
})
