import { expect } from 'chai'
import { listsOf } from '../pipeline/run/seen.js'
import { numbers } from '../support/numbers.js'

describe('an action skipped by its probability breaks nothing', () => {
  it('the batch goes on as it was', async () => {
    const never = numbers(4)
      .p.sometimes(0, p => p.scaleX({ by: 10 }))
      .scaleX({ by: 2 })
    expect(await listsOf(never.genBatch(2))).to.deep.equal([[0, 2], [4, 6]]) // biome-ignore format: one line
  })
})
