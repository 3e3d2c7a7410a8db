import { expect } from 'chai'
import { DatasetIndex } from '../../src/dataset/index.js'
import { errorOf } from './error-of.js'

const letters = ['a', 'b', 'c', 'd', 'e']

describe('DatasetIndex', () => {
  describe('is made of', () => {
    for (const [what, source, ids] of [
      ['a number', 5, [0, 1, 2, 3, 4]],
      ['numbers', [10, 12, 14], [10, 12, 14]],
      ['a typed array', Uint32Array.of(3, 1), [3, 1]],
      ['strings', letters, letters],
      ['a set', new Set(['x', 'y']), ['x', 'y']],
      ['another index', new DatasetIndex(3), [0, 1, 2]],
      ['a function', () => [4, 3, 2, 1, 0], [4, 3, 2, 1, 0]],
      ['a function that gives a number', () => 2, [0, 1]],
    ] as const) {
      it(what, () => {
        const index = new DatasetIndex<string | number>(source as never)
        expect([index.ids, index.length]).to.deep.equal([ids, ids.length])
      })
    }
    it('a copy of the ids', () => {
      const ids = ['a', 'b']
      const index = new DatasetIndex(ids)
      ids.push('c')
      expect(index.length).to.equal(2)
    })
  })

  describe('refuses', () => {
    for (const [what, source, code] of [
      ['no items', 0, 'index-empty'],
      ['an empty list', [], 'index-empty'],
      ['nested lists', [[1], [2]], 'index-type'],
      ['part of an item', 2.5, 'index-type'],
      ['a negative number', -1, 'index-type'],
      ['NaN', Number.NaN, 'index-type'],
      ['null', null, 'index-type'],
      ['undefined ids', [1, undefined], 'index-type'],
      ['NaN ids', [Number.NaN], 'index-type'],
      ['a string', 'abc', 'index-type'],
      ['an object', {}, 'index-type'],
    ] as const) {
      it(what, () => expect(errorOf(() => new DatasetIndex(source as never)).code).to.equal(code))
    }
  })

  it('repeated ids are allowed and known; their position is the last one', () => {
    expect(new DatasetIndex([1, 1, 1]).hasDuplicates).to.equal(true)
    expect(new DatasetIndex(3).hasDuplicates).to.equal(false)
    expect(new DatasetIndex([7, 8, 7]).getPos(7)).to.equal(2)
  })

  it('gives the position of an id and the positions of several', () => {
    const index = new DatasetIndex(letters)
    expect(index.getPos('e')).to.equal(4)
    expect([...index.getPos(['c', 'a'])]).to.deep.equal([2, 0])
    expect([...index.getPos(index)]).to.deep.equal([0, 1, 2, 3, 4])
    const error = errorOf(() => index.getPos('f'))
    expect([error.code, error.message]).to.deep.equal(['unknown-id', 'the index of 5 items has no such id. Seen: "f".'])
  })

  it('joins indices; ids may then repeat', () => {
    expect(new DatasetIndex<number>(3).concat([7, 8]).ids).to.deep.equal([0, 1, 2, 7, 8])
    expect(new DatasetIndex<number | string>(2).concat(new DatasetIndex(['x']), 1).ids).to.deep.equal([0, 1, 'x', 0])
  })

  it('gives subsets by position and by id', () => {
    const index = new DatasetIndex(letters)
    expect(index.subsetByPos([4, 0]).ids).to.deep.equal(['e', 'a'])
    expect(index.createSubset(['d', 'b']).ids).to.deep.equal(['d', 'b'])
    for (const position of [5, -1, 0.5]) {
      const { code, message } = errorOf(() => index.subsetByPos([position]))
      expect([code, message]).to.deep.equal([
        'position-outside',
        `the index has no item at this position. Seen: ${position}. Allowed: integers 0 … 4.`,
      ])
    }
    expect(errorOf(() => index.createSubset(['z'])).code).to.equal('unknown-id')
    expect(errorOf(() => index.subsetByPos([])).code).to.equal('index-empty')
  })

  describe('split', () => {
    const idsOf = (parts: ReturnType<DatasetIndex['split']>) =>
      Object.fromEntries(Object.entries(parts).map(([part, { ids }]) => [part, ids]))

    it('validation takes its items first, then test, then train', () => {
      const parts = idsOf(new DatasetIndex(10).split([0.5, 0.3, 0.2]))
      expect(parts).to.deep.equal({ validation: [0, 1], test: [2, 3, 4], train: [5, 6, 7, 8, 9] })
    })
    it('parts without items are left out', () => {
      expect(Object.keys(new DatasetIndex(10).split())).to.have.members(['train', 'test'])
      expect(Object.keys(new DatasetIndex(10).split(1))).to.deep.equal(['train'])
      expect(Object.keys(new DatasetIndex(10).split([0, 1]))).to.deep.equal(['test'])
    })
    for (const shuffle of [false, true, 7]) {
      it(`holds every id once, shuffle ${shuffle}; the same each time`, () => {
        const parts = idsOf(new DatasetIndex(50).split([0.5, 0.3, 0.2], { shuffle }))
        const all = Object.values(parts).flat() as number[]
        expect(all.sort((a, b) => a - b)).to.deep.equal(new DatasetIndex(50).ids)
        expect(idsOf(new DatasetIndex(50).split([0.5, 0.3, 0.2], { shuffle }))).to.deep.equal(parts)
      })
    }
    it('another seed draws other items', () => {
      const test = (shuffle: number | boolean) => new DatasetIndex(50).split(0.8, { shuffle }).test!.ids
      expect(test(1)).not.to.deep.equal(test(2))
      expect(test(0)).to.deep.equal(test(true))
    })
    it('refuses a shuffle that is no seed', () => {
      const { code, message } = errorOf(() => new DatasetIndex(5).split(0.8, { shuffle: 'yes' as never }))
      expect([code, message.split('. Allowed: ')[1]]).to.deep.equal(['wrong-value', 'true or false, or an integer of at least 0.'])
    })
  })
})
