/** An order keeps one permutation, however long it is walked. Measured, not read off the code. */
import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { expect } from 'chai'
import { openOrder } from '../../src/dataset/index.js'

setFlagsFromString('--expose-gc')
const collect = runInNewContext('gc') as () => void

function keptBytes(): number {
  collect()
  collect()
  return process.memoryUsage().arrayBuffers
}

describe('the memory of an order', () => {
  const length = 500_000
  const permutationBytes = 4 * length

  for (const [what, shuffle, most] of [
    ['shuffled: one permutation', 3, 1.1],
    ['in the order of the index: none', false, 0.1],
  ] as const) {
    it(what, () => {
      const before = keptBytes()
      const order = openOrder(length, { batchSize: 100_000, shuffle, epochs: null }, 0)
      for (let batch = 0; batch < 22; batch++) {
        order.next()
        if (batch % 7 === 0) expect(keptBytes() - before).to.be.at.most(permutationBytes * most + 500_000)
      }
      expect(keptBytes() - before).to.be.at.most(permutationBytes * most + 500_000)
      expect(order.state).to.deep.equal({ epoch: 4, position: 200_000, produced: 22, done: false })
    })
  }
})
