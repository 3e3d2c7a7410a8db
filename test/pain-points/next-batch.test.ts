import { expect } from 'chai'
import { I, V } from '../../src/index.js'
import { list, seen } from '../pipeline/run/seen.js'
import { numbers } from '../support/numbers.js'

describe('nextBatch advances through the batches and keeps variables between calls', () => {
  it('every call gives the next batch, and variables stay', async () => {
    const p = seen(numbers(6).p)
      .initVariable('each', { initOnEachRun: () => [] })
      .update(V('each', { mode: 'append' }), I())
    const taken = []
    for (let i = 0; i < 3; i++) taken.push(list((await p.nextBatch(2)).x))
    expect(taken).to.deep.equal([[0, 1], [2, 3], [4, 5]]) // biome-ignore format: one line
    expect(p.v('each')).to.deep.equal([1, 2, 3])
  })

  it('only a reset that is asked for starts again', async () => {
    const p = numbers(6).p
    await p.nextBatch(2)
    p.reset('iterator')
    expect(list((await p.nextBatch(2)).x)).to.deep.equal([0, 1])
  })
})
