import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect } from 'chai'
import { calcSplit, component, Dataset, DatasetIndex, defineBatch, FilesIndex, ImagesBatch, openOrder } from '../../src/dataset/index.js'
import { NdArray } from '../../src/util/nd-array.js'
import { deriveSeed, permutation } from '../../src/util/seeds.js'
import { errorOf, rejectionOf } from '../dataset/error-of.js'

const PairBatch = defineBatch({
  name: 'PairBatch',
  components: { images: component.array('numbers', 'int32'), labels: component.array('numbers', 'int32') },
})
const range = (from: number, length: number) => Int32Array.from({ length }, (_, i) => from + i)
const numbers = (value: NdArray) => Array.from(value.data)

describe("BatchFlow's vectors: indices", () => {
  it('an index of 5, of a range, of an index, of letters, of a function; duplicates are told; no index, nested lists are refused', () => {
    const even = Array.from({ length: 5 }, (_, i) => 10 + 2 * i)
    const rows: readonly (readonly [unknown, readonly unknown[]])[] = [
      [5, [0, 1, 2, 3, 4]],
      [even, even],
      [new DatasetIndex(5), [0, 1, 2, 3, 4]],
      ['abcde'.split(''), ['a', 'b', 'c', 'd', 'e']],
      [() => [4, 3, 2, 1, 0], [4, 3, 2, 1, 0]],
    ]
    for (const [source, ids] of rows) expect(new DatasetIndex(source as never).ids).to.deep.equal(ids)
    expect(new DatasetIndex([1, 1, 1]).hasDuplicates).to.equal(true)
    expect(errorOf(() => new DatasetIndex([])).code).to.equal('index-empty')
    expect(errorOf(() => new DatasetIndex([[1], [2]] as never)).code).to.equal('index-type')
    class Marked extends DatasetIndex {
      protected override like(ids: readonly (number | string)[]): this {
        return new Marked(ids) as this
      }
    }
    const subset = new Marked(5).subsetByPos([1, 2])
    expect([subset instanceof Marked, subset.ids]).to.deep.equal([true, [1, 2]])
  })

  it('lengths and sizes of a split', () => {
    for (const source of [5, 'abcde'.split(''), [9, 8, 7, 6, 5]])
      expect(new DatasetIndex<string | number>(source as never).length).to.equal(5)
    for (const shares of [
      [0.5, 0.5, 0.5],
      [0.1, 0.1, 0.1, 0.1],
    ])
      expect(errorOf(() => calcSplit(5, shares)).code).to.equal('split-shares')
    expect(errorOf(() => calcSplit(1, [0.3, 0.3, 0.4])).code).to.equal('split-shares')
    expect(calcSplit(5).reduce((sum, size) => sum + size, 0)).to.equal(5)
    expect([calcSplit(5, [0.4, 0.6]), calcSplit(5, [0.5, 0.5, 0])[2]]).to.deep.equal([[2, 3, 0], 0])
  })

  it('the parts of a split are all ids', () => {
    for (const share of [0.25, 0.27, 0.3]) {
      const parts = Object.values(new DatasetIndex(5).split([share, share, share])).flatMap(part => [...part.ids])
      expect(parts.sort()).to.deep.equal([0, 1, 2, 3, 4])
    }
  })

  it('positions of an id, of some ids, of all', () => {
    const index = new DatasetIndex('abcde'.split(''))
    const some = index.ids.filter((_, i) => i < 4 && i % 2 === 0)
    expect([index.getPos('e'), [...index.getPos(some)], [...index.getPos(index)]]).to.deep.equal([4, [0, 2], [0, 1, 2, 3, 4]])
  })

  it('shuffle: false keeps the order, a seed is the permutation of the seed', () => {
    const order = (shuffle: boolean | number) => [...openOrder(20, { batchSize: 20, shuffle }, 0).next()!]
    expect(order(false)).to.deep.equal(Array.from({ length: 20 }, (_, i) => i))
    expect(order(13)).to.deep.equal([...permutation(deriveSeed(13, 'order', 0), 20)])
    expect(order(13)).not.to.deep.equal(order(false))
  })

  describe('FilesIndex', () => {
    let folder = ''
    before(() => {
      folder = mkdtempSync(join(tmpdir(), 'millrace-vector-'))
      for (const part of ['folder_1', 'folder_2']) mkdirSync(join(folder, part))
      for (const file of ['file_1.txt', 'file_2.txt', 'file_3.txt', 'folder_1/same.txt', 'folder_2/same.txt'])
        writeFileSync(join(folder, file), '')
    })
    after(() => rmSync(folder, { recursive: true }))

    it('empty patterns give an empty index, no pattern and other things are refused', async () => {
      for (const patterns of ['', ['', '']]) expect((await FilesIndex.open(patterns)).length).to.equal(0)
      for (const patterns of [[], 1, [2, 3], [null]])
        expect((await rejectionOf(FilesIndex.open(patterns as never))).code).to.equal('files-patterns')
    })
    it('ids without extension, folders, names that repeat', async () => {
      expect((await FilesIndex.open('*.txt', { cwd: folder, noExt: true })).ids).to.deep.equal(['file_1', 'file_2', 'file_3'])
      expect((await FilesIndex.open('*', { cwd: folder, dirs: true, sort: true })).ids).to.deep.equal(['folder_1', 'folder_2'])
      expect((await rejectionOf(FilesIndex.open('*/*.txt', { cwd: folder }))).code).to.equal('files-same-name')
    })
    it('from ids and paths; subsets keep paths', async () => {
      const found = await FilesIndex.open('*.txt', { cwd: folder })
      const made = new FilesIndex(found.ids, found.paths)
      expect([made.length, made.getFullPath('file_1.txt')]).to.deep.equal([3, join(folder, 'file_1.txt')])
      for (const ids of [new DatasetIndex(['file_1.txt']), ['file_1.txt']])
        expect(found.createSubset(ids).paths.get('file_1.txt')).to.equal(join(folder, 'file_1.txt'))
    })
  })
})

describe("BatchFlow's vectors: datasets", () => {
  it('subsets keep the class; other ids are refused; a batch has as many items as asked for', () => {
    const data = new Dataset(100, ImagesBatch)
    const subset = data.createSubset(new DatasetIndex(25))
    expect([subset.batchClass, subset.index.ids.length, subset instanceof Dataset]).to.deep.equal([ImagesBatch, 25, true])
    expect(errorOf(() => data.createSubset([...range(200, 25)])).code).to.equal('unknown-id')
    expect(data.batchByPos(data.positionsOf(new DatasetIndex(5).ids)).length).to.equal(5)
  })

  it('folds: cvSplit(3) gives three with train and test; cvSplit(4), then cvSplit(3): no fourth is left anywhere', () => {
    const data = new Dataset(10)
    const folded = data.cvSplit(3)
    expect(folded.folds.map(({ test }) => test.index.ids)).to.deep.equal([
      [0, 1, 2, 3],
      [4, 5, 6],
      [7, 8, 9],
    ])
    expect(folded.folds.map(({ train }) => train.length)).to.deep.equal([6, 7, 7])
    expect([folded.cv(1), folded.folds.length, data.folds]).to.deep.equal([folded.folds[1], 3, []])
    const again = data.cvSplit(4).cvSplit(3)
    expect([again.folds.length, errorOf(() => again.cv(3)).code]).to.deep.equal([3, 'fold-missing'])
  })

  it('a pipeline over a fold goes through all ids but those of the fold', async () => {
    for (const folds of [2, 3, 6, 5]) {
      const data = new Dataset(30).cvSplit(folds)
      for (let fold = 0; fold < folds; fold++) {
        const seen: unknown[] = []
        for await (const batch of data.cv(fold).train.p.genBatch(1, { epochs: 2 })) seen.push(...batch.indices)
        const others = data.index.ids.filter(id => !data.cv(fold).test.index.ids.includes(id))
        expect(seen).to.deep.equal([...others, ...others])
      }
    }
  })
})

describe("BatchFlow's vectors: components and batches", () => {
  const values = { images: range(1000, 100), labels: range(100, 100) }
  const byId = (array: Int32Array) => Object.fromEntries(Array.from(array, (value, i) => [`i${i}`, value]))
  const ids = Array.from({ length: 100 }, (_, i) => `i${i}`)
  const forms: readonly (readonly [string, Dataset<typeof PairBatch>])[] = [
    ['a list by order', new Dataset(100, PairBatch, { preloaded: [values.images, values.labels] })],
    ['by name', new Dataset(100, PairBatch, { preloaded: values })],
    ['lists of numbers', new Dataset(100, PairBatch, { preloaded: { images: [...values.images], labels: [...values.labels] } })],
    ['by name and id', new Dataset(ids, PairBatch, { preloaded: { images: byId(values.images), labels: byId(values.labels) } })],
    [
      'records',
      Dataset.fromRecords(
        ids.map((id, i) => ({ id, images: 1000 + i, labels: 100 + i })),
        PairBatch,
        { ids: 'id' },
      ),
    ],
  ]

  for (const [what, data] of forms) {
    it(`views of views, given as ${what}: each item keeps its values`, () => {
      let view: Dataset<typeof PairBatch> = data
      let from = 0
      for (const [start, end] of [
        [12, 67],
        [13, 36],
        [7, 16],
        [3, 7],
        [2, 3],
      ] as const) {
        view = view.subsetByPos(Array.from({ length: end - start }, (_, i) => start + i))
        from += start
        const batch = view.batchByPos([0, view.length - 1])
        expect(numbers(batch.images)).to.deep.equal([1000 + from, 1000 + from + view.length - 1])
        expect(numbers(batch.labels)).to.deep.equal([100 + from, 100 + from + view.length - 1])
      }
      expect(view.batchByPos([0]).itemAt(0).labels).to.equal(100 + from)
    })

    it(`the third batch of 10, given as ${what}`, async () => {
      for (let i = 0; i < 2; i++) await data.nextBatch(10)
      const batch = await data.nextBatch(10)
      expect([numbers(batch.images), numbers(batch.labels)]).to.deep.equal([[...range(1020, 10)], [...range(120, 10)]])
      const pipeline = data.p
      for (let i = 0; i < 2; i++) await pipeline.nextBatch(10)
      expect(numbers((await pipeline.nextBatch(10)).images)).to.deep.equal([...range(1020, 10)])
      data.reset()
    })
  }

  it('writing into what a dataset or another batch gave changes nothing anywhere', () => {
    const [, data] = forms[1]!
    const batch = data.batchByPos([32, 33])
    batch.labels.data.fill(1000)
    data.get('labels')!.data.fill(1000)
    expect([numbers(data.batchByPos([32, 33]).labels), values.labels[32]]).to.deep.equal([[132, 133], 132])
  })

  it('a batch class without components takes data under any name', () => {
    const data = new Dataset(100, undefined, { preloaded: { data: range(100, 100), names: ids } })
    const batch = data.batchByPos([20, 21])
    expect([numbers(batch.get('data') as NdArray), batch.get('names')]).to.deep.equal([
      [120, 121],
      ['i20', 'i21'],
    ])
  })

  it('one component: a bare array is refused, lists, names and ids are fine; what is missing reads as undefined', () => {
    const One = defineBatch({ name: 'One', components: { images: component.array('numbers', 'int32') } })
    for (const bare of [values.images, new NdArray(values.images, [100])]) {
      expect(errorOf(() => new Dataset(100, One, { preloaded: bare as never })).code).to.equal('preloaded-shape')
    }
    for (const preloaded of [[values.images], { images: values.images }]) {
      expect(numbers(new Dataset(100, One, { preloaded }).batchByPos([5]).images)).to.deep.equal([1005])
    }
    expect(numbers(new Dataset(ids, One, { preloaded: { images: byId(values.images) } }).batchByPos([5]).images)).to.deep.equal([1005])
    const some = new Dataset(100, PairBatch, { preloaded: [values.images] }).batchByPos([5])
    expect(some.get('labels')).to.equal(undefined)
  })

  it('an item by its id has the components of its own', () => {
    const batch = forms[1]![1].batchByPos(range(20, 10))
    expect([batch.item(25).images, batch.item(25).labels]).to.deep.equal([1025, 125])
    const without = new Dataset(100, PairBatch, { preloaded: [values.images] }).batchByPos(range(20, 10))
    expect(without.item(25).get('labels')).to.equal(undefined)
  })
})
