import { expect } from 'chai'
import { V } from '../../src/index.js'
import { listsOf, seen } from '../pipeline/run/seen.js'
import { numbers } from '../support/numbers.js'

describe('join gives each batch its own partners, merge merges, and actions never change', () => {
  it('the third batch gets one joined batch, as the first does; the joined pipeline need not have run', async () => {
    const p = seen(numbers(8).p)
      .join(numbers(8).p)
      .call((...batches) => batches.length, { saveTo: V('seen', { mode: 'append' }) })
    await p.run(2)
    expect(p.v('seen')).to.deep.equal([2, 2, 2, 2])
  })

  it('merge gives the items of both', async () => {
    const p = numbers(4).p.merge(numbers(4).p.runLater(2))
    expect(await listsOf(p.genBatch(2))).to.deep.equal([[0, 1, 0, 1], [2, 3, 2, 3]]) // biome-ignore format: one line
  })

  it('descriptions are frozen through and through', () => {
    const { spec } = numbers(4).p.join(numbers(4).p)
    expect(() => (spec.actions[0]!.join!.pipelines as string[]).push('another')).to.throw(TypeError)
  })
})
