import { expect } from 'chai'
import { component, defineBatch, mergeBatches } from '../../src/dataset/index.js'
import { NdArray } from '../../src/util/nd-array.js'
import { errorOf } from './error-of.js'

const SoundBatch = defineBatch({
  name: 'SoundBatch',
  components: { waves: component.array('samples'), words: component.list<string>('what is said') },
})
const sounds = (from: number, length: number) =>
  SoundBatch.fromData(
    {
      waves: Array.from({ length }, (_, i) => [from + i, -from - i]),
      words: Array.from({ length }, (_, i) => `w${from + i}`),
    },
    Array.from({ length }, (_, i) => `id${from + i}`),
  )

describe('mergeBatches', () => {
  it('joins the items in order, with ids from 0', () => {
    const { merged, rest } = mergeBatches([sounds(0, 3), sounds(3, 4)])
    expect([merged.length, merged.indices, merged.words, merged.waves.shape, rest]).to.deep.equal([
      7,
      [0, 1, 2, 3, 4, 5, 6],
      ['w0', 'w1', 'w2', 'w3', 'w4', 'w5', 'w6'],
      [7, 2],
      undefined,
    ])
    expect(merged.batchClass).to.equal(SoundBatch)
  })

  it('3 and 4 items, batchSize 5: ids 0 … 4, the rest has ids 0 and 1', () => {
    const { merged, rest } = SoundBatch.merge([sounds(0, 3), sounds(3, 4)], 5)
    expect([merged.indices, rest!.indices, rest!.words]).to.deep.equal([
      [0, 1, 2, 3, 4],
      [0, 1],
      ['w5', 'w6'],
    ])
  })

  for (const [what, sizes, batchSize, expected] of [
    ['fewer items than asked for: all of them, no rest', [2, 1], 5, [3, undefined]],
    ['as many as asked for: no rest', [2, 3], 5, [5, undefined]],
    ['one batch larger than asked for', [7], 3, [3, 4]],
    ['a rest of several batches', [2, 2, 2], 1, [1, 5]],
  ] as const) {
    it(what, () => {
      const { merged, rest } = mergeBatches(
        sizes.map(size => sounds(0, size)),
        batchSize,
      )
      expect([merged.length, rest?.length]).to.deep.equal(expected)
    })
  }

  it('gives copies: the batches that were merged stay as they are', () => {
    const first = sounds(0, 2)
    mergeBatches([first]).merged.waves.data.fill(9)
    expect(first.waves.data[1]).to.equal(-0)
  })

  it('leaves out what no batch has, takes components of the batches’ own, or those asked for', () => {
    const [first, second] = [SoundBatch.fromData({ words: ['a'] }), SoundBatch.fromData({ words: ['b'] })]
    first.set('scores', NdArray.from([1]))
    second.set('scores', NdArray.from([2]))
    const { merged } = mergeBatches([first, second])
    expect([merged.componentNames, (merged.get('scores') as NdArray).toNested()]).to.deep.equal([
      ['words', 'scores'],
      [1, 2],
    ])
    expect(mergeBatches([first, second], undefined, ['scores', 'waves']).merged.componentNames).to.deep.equal(['scores'])
  })

  describe('refuses', () => {
    const uneven = SoundBatch.fromData({ waves: [[1, 2, 3]] })
    for (const [what, merge, code, words] of [
      ['nothing', () => mergeBatches([]), 'nothing-to-merge', /no batch/],
      ['a component only some have', () => mergeBatches([sounds(0, 1), uneven]), 'merge-component', /1 of the 2 batches.*words/],
      ['shapes that differ', () => mergeBatches([sounds(0, 1), uneven], 2, ['waves']), 'join-mismatch', /\[2\].*\[3\]/],
      ['a batch size that is none', () => mergeBatches([sounds(0, 1)], 0), 'wrong-value', /batchSize/],
    ] as const) {
      it(what, () => {
        const error = errorOf(merge)
        expect([error.code, words.test(error.message)], error.message).to.deep.equal([code, true])
      })
    }
  })
})
