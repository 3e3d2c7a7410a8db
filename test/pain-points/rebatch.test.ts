import { expect } from 'chai'
import { B, V } from '../../src/index.js'
import { listsOf, seen } from '../pipeline/run/seen.js'
import { numbers } from '../support/numbers.js'

describe('rebatch ends, and actions after it see the variables and models of those before it', () => {
  it('ten items in threes, to fours: 4, 4, 2, and the end', async () => {
    const p = seen(numbers(10).p)
      .update(V('seen', { mode: 'append' }), B.size)
      .rebatch(4)
      .update(V('seen', { mode: 'append' }), B.size)
    expect((await listsOf(p.genBatch(3))).map(x => x.length)).to.deep.equal([4, 4, 2])
    expect(p.v('seen')).to.deep.equal([3, 3, 4, 3, 4, 1, 2])
  })
})
