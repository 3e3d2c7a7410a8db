import { expect } from 'chai'
import { B, V } from '../../src/index.js'
import { seen } from '../pipeline/run/seen.js'
import { Linear } from '../support/linear-model.js'
import { numbers } from '../support/numbers.js'

const train = (prefetch: number, options = {}) => {
  const p = seen(numbers(30).p)
    .initModel('dynamic', Linear, 'line', { config: { rate: 0.001 } })
    .addNoise()
    .call(() => new Promise(resolve => setTimeout(resolve, 1)))
    .trainModel('line', { feed: { x: B('x'), y: B('y') }, fetches: 'loss', saveTo: V('seen', { mode: 'append' }) })
  return p.run(3, { shuffle: 5, prefetch, ...options }).then(() => p)
}

describe('models are trained and variables saved in batch order, whatever is prefetched', () => {
  for (const prefetch of [1, 5]) {
    it(`prefetch ${prefetch} gives the losses that none gives`, async () => {
      expect((await train(prefetch)).v('seen')).to.deep.equal((await train(0)).v('seen'))
    })
  }

  it('two runs of one pipeline at once do not mix inside a batch', async () => {
    const p = seen(numbers(6).p)
      .call(() => 'begin', { saveTo: V('seen', { mode: 'append' }) })
      .call(() => new Promise(resolve => setTimeout(() => resolve('end'), 1)), { saveTo: V('seen', { mode: 'append' }) })
    await Promise.all([p.run(3), p.run(3)])
    expect(p.v('seen')).to.deep.equal(Array(4).fill(['begin', 'end']).flat())
  })
})
