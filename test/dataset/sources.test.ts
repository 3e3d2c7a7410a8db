import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect } from 'chai'
import fc from 'fast-check'
import {
  component,
  type DataSource,
  Dataset,
  defineBatch,
  ImagesBatch,
  PlainBatch,
  writeNpy,
  writeNpz,
  writeParquet,
} from '../../src/dataset/index.js'
import { NdArray } from '../../src/util/nd-array.js'
import { errorOf, rejectionOf } from './error-of.js'

const fixture = (name: string) => fileURLToPath(new URL(`fixtures/${name}`, import.meta.url))
const numbers = (value: unknown) => Array.from((value as NdArray).data)
const Words = defineBatch({ name: 'Words', components: { words: component.list<string>('words'), counts: component.array('numbers') } })

describe('sources of data', () => {
  let folder = ''
  before(() => {
    folder = mkdtempSync(join(tmpdir(), 'millrace-sources-'))
  })
  after(() => rmSync(folder, { recursive: true }))
  const at = (name: string) => join(folder, name)

  describe('files', () => {
    const length = 37
    const images = NdArray.from(
      Array.from({ length: length * 4 }, (_, i) => i),
      'float32',
    ).reshape([length, 2, 2])
    const labels = new NdArray(
      Uint8Array.from({ length }, (_, i) => i),
      [length],
    )
    const names = Array.from({ length }, (_, i) => `n${i}`)
    const open: Readonly<Record<string, () => Promise<Dataset<typeof ImagesBatch, 'files'>>>> = {
      'two .npy files': () => Dataset.fromFiles({ images: at('images.npy'), labels: at('labels.npy') }, ImagesBatch),
      'a .npz file': () => Dataset.fromFiles(at('all.npz'), ImagesBatch),
      'a Parquet file of several row groups': () => Dataset.fromFiles(at('all.parquet'), ImagesBatch),
    }
    before(async () => {
      await writeNpy(at('images.npy'), images)
      await writeNpy(at('labels.npy'), labels)
      await writeNpz(at('all.npz'), { images, labels })
      await writeParquet(at('all.parquet'), { images, labels, name: names }, { rowGroupSize: 5 })
    })

    for (const [what, make] of Object.entries(open)) {
      it(`${what}: any positions, in any order, give the items there`, async () => {
        const data = await make()
        expect([data.length, data.index.ids[36]]).to.deep.equal([length, 36])
        await fc.assert(
          fc.asyncProperty(fc.array(fc.nat({ max: length - 1 }), { minLength: 1, maxLength: 20 }), async positions => {
            const batch = await data.batchByPos(positions)
            expect([batch.images, batch.labels]).to.deep.equal([images.take(positions), labels.take(positions)])
          }),
          { numRuns: 30 },
        )
      })

      it(`${what}: walks, parts, whole components and pipelines are as of data in memory`, async () => {
        const data = await make()
        const memory = new Dataset(length, ImagesBatch, { preloaded: { images, labels } })
        const walk = async (from: Dataset<typeof ImagesBatch> | Dataset<typeof ImagesBatch, 'files'>) => {
          const all: number[] = []
          for await (const batch of from.split(0.7, { shuffle: 1 }).train.genBatch(8, { shuffle: 5, epochs: 2 }))
            all.push(...numbers(batch.labels))
          return all
        }
        expect(await walk(data)).to.deep.equal(await walk(memory))
        expect(await data.subsetByPos([3, 1]).get('labels')).to.deep.equal(labels.take([3, 1]))
        expect(await data.get('masks')).to.equal(undefined)
        const batch = await data.cvSplit(4).cv(1).test.p.normalize({ scale: 2 }).nextBatch(5, { shuffle: 2 })
        expect(numbers(batch.images)).to.deep.equal(numbers(images.take(batch.indices as number[])).map(value => value / 2))
      })
    }

    it('ids come from a column; other names and flat items are told', async () => {
      const data = await Dataset.fromFiles(at('all.parquet'), ImagesBatch, {
        ids: 'name',
        columns: { masks: 'images', labels: 'labels' },
        shapes: { masks: [4] },
      })
      const batch = await data.batchByPos([7])
      expect([batch.indices, batch.masks.shape, batch.item('n7').labels]).to.deep.equal([['n7'], [1, 4], 7])
    })

    it('CSV by columns; a class without components takes all', async () => {
      const data = await Dataset.fromFiles(fixture('people.csv'), PlainBatch, { ids: 'id' })
      const batch = await data.batchByPos([1])
      expect([batch.componentNames, batch.indices, numbers(batch.get('age')), batch.get('note')]).to.deep.equal([
        ['age', 'score', 'note', 'ok'],
        ['b'],
        [2],
        ['with, comma'],
      ])
    })

    it('rows and strings of files that numpy wrote, also column-major ones', async () => {
      const rows = await Dataset.fromFiles({ rows: fixture('rows.npy'), names: fixture('names.npy') }, PlainBatch)
      const batch = await rows.batchByPos([4, 2, 3])
      expect([numbers(batch.get('rows')), batch.get('names')]).to.deep.equal([
        [12, 13, 14, 6, 7, 8, 9, 10, 11],
        ['n4', 'n2', 'n3'],
      ])
      const turned = await Dataset.fromFiles({ images: fixture('fortran.npy') }, ImagesBatch)
      expect(numbers((await turned.batchByPos([3, 0])).images)).to.deep.equal([18, 19, 20, 21, 22, 23, 0, 1, 2, 3, 4, 5])
    })

    for (const [what, make, code, words] of [
      ['another end of a name', () => Dataset.fromFiles('data.hdf5', ImagesBatch), 'file-format', /hdf5.*\.parquet, \.csv, \.npz/],
      ['.npy without a component', () => Dataset.fromFiles('data.npy', ImagesBatch), 'file-format', /\.npy/],
      ['no column for any component', () => Dataset.fromFiles(fixture('people.csv'), ImagesBatch), 'file-columns', /id, age, score/],
      [
        'a column it does not have',
        () => Dataset.fromFiles(at('all.parquet'), ImagesBatch, { columns: { images: 'imges' } }),
        'unknown-name',
        /mean images/,
      ],
      [
        'a component that does not exist',
        () => Dataset.fromFiles({ imges: at('images.npy') } as {}, ImagesBatch),
        'unknown-name',
        /mean images/,
      ],
      [
        'files of different lengths',
        () => Dataset.fromFiles({ images: fixture('rows.npy'), labels: at('labels.npy') }, ImagesBatch),
        'component-length',
        /37.*20/,
      ],
      ['a file that is missing', () => Dataset.fromFiles({ images: at('nothing.npy') }, ImagesBatch), 'file-unreadable', /nothing\.npy/],
      [
        'a shape that does not fit',
        async () =>
          (await Dataset.fromFiles(at('all.parquet'), ImagesBatch, { shapes: { images: [3] } }))
            .batchByPos([0])
            .then(batch => batch.images),
        'item-shape',
        /\[3\].*\[2, 2\]/,
      ],
    ] as const) {
      it(`refuses ${what}`, async () => {
        const error = await rejectionOf(make())
        expect([error.code, words.test(error.message)], error.message).to.deep.equal([code, true])
      })
    }
  })

  describe('tensors, known by their looks', () => {
    const tensor = (dtype: string, shape: number[], values: ArrayLike<unknown>) => ({ dtype, shape, dataSync: () => values })
    it('float32, int32, bool and string tensors are components, copied', () => {
      const values = Float32Array.of(1, 2, 3, 4)
      const data = new Dataset(2, Words, {
        preloaded: { counts: tensor('float32', [2, 2], values), words: tensor('string', [2], ['a', 'b']) },
      })
      values.fill(0)
      const batch = data.batchByPos([1])
      expect([batch.counts.shape, numbers(batch.counts), batch.words]).to.deep.equal([[1, 2], [3, 4], ['b']])
      for (const [dtype, array, seen] of [
        ['int32', Int32Array.of(5, 6), 'int32'],
        ['bool', Uint8Array.of(0, 1), 'uint8'],
      ] as const) {
        expect(new Dataset(2, Words, { preloaded: { counts: tensor(dtype, [2], array) } }).batchByPos([0]).counts.dtype).to.equal(seen)
      }
      batch.set('counts', tensor('int32', [1], Int32Array.of(9)) as never)
      expect(numbers(batch.counts)).to.deep.equal([9])
    })
    it('string tensors of several axes are nested; complex numbers are refused', () => {
      const data = new Dataset(2, Words, { preloaded: { words: tensor('string', [2, 2], ['a', 'b', 'c', 'd']) } })
      expect(data.batchByPos([1]).words).to.deep.equal([['c', 'd']])
      expect(errorOf(() => new Dataset(1, Words, { preloaded: { counts: tensor('complex64', [1], new Float32Array(2)) } })).code).to.equal(
        'tensor-dtype',
      )
    })
  })

  describe('records', () => {
    it('fields are components; others are left out', () => {
      const data = Dataset.fromRecords(
        [
          { key: 'x', words: 'a', counts: [1, 2], other: 0 },
          { key: 'y', words: 'b', counts: [3, 4], other: 0 },
        ],
        Words,
        { ids: 'key', name: 'tiny' },
      )
      const batch = data.batchByPos([1])
      expect([data.name, batch.indices, batch.words, numbers(batch.counts), batch.componentNames]).to.deep.equal([
        'tiny',
        ['y'],
        ['b'],
        [3, 4],
        ['words', 'counts'],
      ])
    })
    it('arrays in records are put together; a missing number is refused', () => {
      const data = Dataset.fromRecords([{ counts: NdArray.from([1, 2]) }, { counts: NdArray.from([3, 4]) }], Words)
      expect(data.batchByPos([0, 1]).counts.shape).to.deep.equal([2, 2])
      expect(errorOf(() => Dataset.fromRecords([{ counts: 1 }, {}], Words)).code).to.equal('component-value')
      expect(errorOf(() => Dataset.fromRecords([1] as never, Words)).code).to.equal('wrong-value')
      expect(errorOf(() => Dataset.fromRecords([], Words)).code).to.equal('index-empty')
    })
  })

  describe('sources of one’s own', () => {
    const asked: number[][] = []
    const source: DataSource<'files'> = {
      names: ['words'],
      length: 5,
      items: async positions => {
        asked.push([...positions])
        return () => Array.from(positions, position => `w${position}`)
      },
    }
    it('are asked for the items of each batch, and no others', async () => {
      const data = Dataset.fromSource(source, Words, { index: ['a', 'b', 'c', 'd', 'e'] })
      const batch = await data.split(0.6).train.batchByPos([0, 2])
      expect([batch.words, batch.indices, asked.splice(0)]).to.deep.equal([['w2', 'w4'], ['c', 'e'], [[2, 4]]])
    })
    it('what they give is checked', async () => {
      const short: DataSource<'files'> = { ...source, items: async () => () => ['one'] }
      const batch = await Dataset.fromSource(short, Words).batchByPos([0, 1])
      expect(errorOf(() => batch.words).code).to.equal('component-length')
      expect(errorOf(() => Dataset.fromSource(source, Words, { index: 4 })).code).to.equal('component-length')
    })
  })

  describe('concat', () => {
    const make = (from: number, length: number) =>
      new Dataset(length, Words, {
        name: `d${from}`,
        preloaded: { words: Array.from({ length }, (_, i) => `w${from + i}`), counts: Float32Array.from({ length }, (_, i) => from + i) },
      })
    it('items of all, in any order; nothing is copied', () => {
      const all = make(0, 3).concat(make(3, 4), make(7, 1).subsetByPos([0, 0]))
      expect([all.length, all.name, all.index.ids]).to.deep.equal([9, 'd0', [0, 1, 2, 0, 1, 2, 3, 0, 0]])
      fc.assert(
        fc.property(fc.array(fc.nat({ max: 8 }), { minLength: 1 }), positions => {
          const batch = all.batchByPos(positions)
          const expected = positions.map(position => Math.min(position, 7))
          expect([batch.words, numbers(batch.counts)]).to.deep.equal([expected.map(i => `w${i}`), expected])
        }),
      )
    })
    it('refuses other classes, other components, arrays that differ', () => {
      expect(errorOf(() => make(0, 1).concat(new Dataset(1, ImagesBatch) as never)).code).to.equal('concat-classes')
      expect(errorOf(() => make(0, 1).concat(new Dataset(1, Words))).code).to.equal('join-components')
      const wide = new Dataset(1, Words, { preloaded: { words: ['x'], counts: [[1, 2]] } })
      expect(errorOf(() => make(0, 1).concat(wide).batchByPos([0, 1]).counts).code).to.equal('join-mismatch')
    })
  })

  it('data by id, in any order', () => {
    const data = new Dataset(['b', 'a'], Words, {
      preloaded: {
        words: { a: 'A', b: 'B', c: 'C' },
        counts: new Map([
          ['a', 1],
          ['b', 2],
        ]),
      },
    })
    expect([data.get('words'), numbers(data.get('counts'))]).to.deep.equal([
      ['B', 'A'],
      [2, 1],
    ])
    expect(errorOf(() => new Dataset(['z'], Words, { preloaded: { words: { a: 'A' } } })).code).to.equal('unknown-id')
  })
})
