import { expect } from 'chai'
import fc from 'fast-check'
import { openOrder } from '../../src/dataset/index.js'
import type { Tail } from '../../src/pipeline/index.js'

describe('no batch has to hold an item twice', () => {
  const walk = (length: number, batchSize: number, shuffle: number, tail: Tail) => {
    const order = openOrder(length, { batchSize, epochs: 3, shuffle, tail }, 0)
    const batches: number[][] = []
    for (let batch = order.next(); batch; batch = order.next()) batches.push([...batch])
    return batches
  }

  for (const tail of ['short', 'drop'] as const) {
    it(`tail: '${tail}' gives each item at most once a batch, and once an epoch`, () => {
      fc.assert(
        fc.property(fc.integer({ min: 1, max: 20 }), fc.nat(), fc.nat(), (length, size, seed) => {
          const batchSize = 1 + (size % length)
          const batches = walk(length, batchSize, seed, tail)
          for (const batch of batches) expect(new Set(batch).size).to.equal(batch.length)
          const each = batches.length / 3
          for (let epoch = 0; epoch < 3; epoch++) {
            const items = batches.slice(epoch * each, (epoch + 1) * each).flat()
            expect(new Set(items).size).to.equal(items.length)
            expect(items.length).to.equal(tail === 'short' ? length : length - (length % batchSize))
          }
        }),
      )
    })
  }

  it("tail: 'wrap', BatchFlow's way, fills every batch but the very last", () => {
    expect(walk(5, 2, 7, 'wrap').map(({ length }) => length)).to.deep.equal([2, 2, 2, 2, 2, 2, 2, 1])
  })
})
