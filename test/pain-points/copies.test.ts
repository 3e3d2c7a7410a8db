import { expect } from 'chai'
import { B, V } from '../../src/index.js'
import { numbers } from '../support/numbers.js'

describe('asking for a copy of a component returns one, and a misspelt variable is an error that helps', () => {
  it('B with copy: what is changed in the copy does not reach the batch', async () => {
    const p = numbers(4)
      .p.initVariable('copy')
      .initVariable('same')
      .update(V('copy'), B('x', { copy: true }))
      .update(V('same'), B('x'))
      .update(V('copy').at(0), 99)
    const { x } = await p.nextBatch(2)
    expect([...p.v('copy').data]).to.deep.equal([99, 1])
    expect([...x.data]).to.deep.equal([0, 1])
    expect(p.v('same')).to.equal(x)
  })

  it('B without copy is the component itself, so that items can be changed', async () => {
    const { x } = await numbers(4).p.update(B('x').at(0), 99).nextBatch(2)
    expect([...x.data]).to.deep.equal([99, 1])
  })

  it('a variable that is declared with a typo in its use is told by name', async () => {
    const error = await numbers(4)
      .p.initVariable('losses', { default: [] })
      .update(V('loses'), 1)
      .nextBatch(2)
      .catch((reason: Error) => reason)
    expect((error as Error).message).to.match(/no variable called loses.*Did you mean losses\?/)
  })
})
