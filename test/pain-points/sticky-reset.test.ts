import { expect } from 'chai'
import { B, V } from '../../src/index.js'
import { seen } from '../pipeline/run/seen.js'
import { numbers } from '../support/numbers.js'

describe('a reset of variables applies to one run, never to later ones', () => {
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
