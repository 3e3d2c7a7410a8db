import { expect } from 'chai'
import { B, V } from '../../src/index.js'
import { seen } from '../pipeline/run/seen.js'
import { numbers } from '../support/numbers.js'

describe('J09: a reset of variables is for the run it was asked for, never for later ones', () => {
  it('the run after it keeps what there is', async () => {
    const p = seen(numbers(4).p).update(V('seen', { mode: 'append' }), B.size)
    await p.run(2)
    await p.run(2, { reset: 'variables' })
    expect(p.v('seen')).to.deep.equal([2, 2])
    await p.run(2)
    expect(p.v('seen')).to.deep.equal([2, 2, 2, 2])
  })

  it('nor does reset() leave anything behind', async () => {
    const p = seen(numbers(4).p).update(V('seen', { mode: 'append' }), B.size)
    await p.run(2)
    p.reset('variables')
    await p.run(2)
    await p.run(2)
    expect(p.v('seen')).to.have.length(4)
  })
})
