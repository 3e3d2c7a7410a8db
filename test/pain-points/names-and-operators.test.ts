import { expect } from 'chai'
import { B, V } from '../../src/index.js'
import { numbers } from '../support/numbers.js'

describe('names never clash, no typo becomes a valid expression, no operator applies to the expression instead of its value', () => {
  it('components called like methods are written as text; what a function needs stays its own', async () => {
    for (const name of ['str', 'update', 'add', 'call', 'at']) {
      const p = numbers(4)
        .p.initVariable('v')
        .update(B(name), B('x').add(1))
        .update(V('v'), B(name as any).sub(1))
      await p.nextBatch(2)
      expect([...p.v('v').data], name).to.deep.equal([0, 1])
    }
    expect(B.str!.json).to.deep.equal({ B: 'str' })
    expect((B.call as unknown) === Function.prototype.call).to.equal(true)
  })

  it('a misspelt component is told before anything runs', async () => {
    const error = await numbers(4)
      .p.initVariable('v')
      .update(V('v'), B.xx as never)
      .nextBatch(2)
      .catch((reason: Error) => reason)
    expect((error as Error).message).to.match(/action 2 \(update\).*no component called xx/)
  })

  const v = V('v') as any
  const operators: [string, () => unknown][] = [
    ['arithmetic', () => v + 1],
    ['a difference', () => 1 - v],
    ['a comparison', () => v < 3],
    ['a sign', () => -v],
    ['another comparison', () => 5 >= v],
    ['use as a key', () => [1, 2][v * 1]],
  ]
  for (const [name, use] of operators) {
    it(`${name} is an error that says what to write`, () => {
      expect(use).to.throw(/a JavaScript operator was applied to the expression V\('v'\).*\.add\(1\)/)
    })
  }

  it('the methods work on the value', async () => {
    const p = numbers(4).p.initVariable('v', { default: 5 }).initVariable('out')
    const read = p.update(V('out'), [V('v').eq(5), V('v').eq(5).not(), V('v').gt(1).and(V('v').lt(9)), V('v').rsub(1)])
    await read.nextBatch(2)
    expect(read.v('out')).to.deep.equal([true, false, true, -4])
  })
})
