import { expect } from 'chai'
import { Dataset, DatasetIndex, ImagesBatch } from '../../src/dataset/index.js'
import { NdArray } from '../../src/util/nd-array.js'
import { errorOf, rejectionOf } from './error-of.js'

const pixels = (n: number) =>
  new NdArray(
    Uint8Array.from({ length: n * 4 }, (_, i) => i),
    [n, 2, 2, 1],
  )
const images = (n = 10, ids: number | string[] = n) =>
  new Dataset(ids, ImagesBatch, {
    name: 'tiny',
    preloaded: { images: pixels(n), labels: Uint8Array.from({ length: n }, (_, i) => 100 + i) },
    attributes: { classes: 3 },
  })
const idsOf = async (batches: AsyncIterable<{ readonly indices: readonly unknown[] }>) => {
  const all: unknown[][] = []
  for await (const batch of batches) all.push([...batch.indices])
  return all
}

describe('Dataset', () => {
  it('has a length, an index, a class, a name and attributes', () => {
    const data = images()
    expect([data.length, data.name, data.batchClass, data.attributes.classes, data.index.ids[9]]).to.deep.equal([
      10,
      'tiny',
      ImagesBatch,
      3,
      9,
    ])
    expect([new Dataset(5).name, new Dataset(5).length, new Dataset(new DatasetIndex(['a'])).length]).to.deep.equal(['dataset', 5, 1])
  })

  it('makes batches of copies that keep their dtype', () => {
    const data = images()
    const batch = data.batchByPos([7, 0])
    expect([batch.images.dtype, batch.images.shape, batch.labels.toNested(), batch.indices]).to.deep.equal([
      'uint8',
      [2, 2, 2, 1],
      [107, 100],
      [7, 0],
    ])
    batch.images.data.fill(0)
    expect(data.batchByPos([7]).images.data[0]).to.equal(28)
  })

  it('gives ids of the index, not positions', () => {
    expect(images(3, ['x', 'y', 'z']).batchByPos([2, 0]).indices).to.deep.equal(['z', 'x'])
  })

  it('positions are the batch’s own: a caller may use the array again', () => {
    const positions = Uint32Array.of(1, 2)
    const batch = images().batchByPos(positions)
    positions.fill(0)
    expect(batch.labels.toNested()).to.deep.equal([101, 102])
  })

  it('get gives a copy of a whole component', () => {
    const part = images().split(0.8).test
    const labels = part.get('labels')!
    expect(labels.toNested()).to.deep.equal([100, 101])
    labels.data.fill(0)
    expect(part.get('labels')!.toNested()).to.deep.equal([100, 101])
    expect(part.get('masks')).to.equal(undefined)
  })

  describe('refuses', () => {
    const rows: readonly (readonly [what: string, make: () => unknown, code: string, words: RegExp])[] = [
      [
        'components of another length',
        () => new Dataset(9, ImagesBatch, { preloaded: { images: pixels(10) } }),
        'component-length',
        /10 entries.*9/,
      ],
      [
        'components the class does not have',
        () => new Dataset(2, ImagesBatch, { preloaded: { image: pixels(2) } as never }),
        'unknown-name',
        /mean images\?/,
      ],
      [
        'data of the wrong kind',
        () => new Dataset(2, ImagesBatch, { preloaded: { labels: [{}, {}] as never } }),
        'component-value',
        /labels/,
      ],
      ['a batch class that is none', () => new Dataset(2, class {} as never), 'no-batch-class', /a function/],
      ['no items', () => new Dataset(0), 'index-empty', /at least one/],
      ['positions outside', () => images().batchByPos([10]), 'position-outside', /dataset tiny.*10.*0 … 9/],
      ['ids it does not have', () => images(100).createSubset(Array.from({ length: 25 }, (_, i) => 200 + i)), 'unknown-id', /200/],
    ]
    for (const [what, make, code, words] of rows) {
      it(what, () => {
        const error = errorOf(make)
        expect([error.code, words.test(error.message)], error.message).to.deep.equal([code, true])
      })
    }
  })
})

describe('items by id and by position', () => {
  const data = new Dataset([2, 1, 0], ImagesBatch, { preloaded: { labels: [102, 101, 100] } })
  const sorted = data.createSubset([1, 2])
  const byId = [
    ['createBatch', (ids: readonly number[]) => data.createBatch(ids)],
    ['createBatch of a typed array', (ids: readonly number[]) => data.createBatch(Int32Array.from(ids))],
    ['createBatch of an index', (ids: readonly number[]) => data.createBatch(new DatasetIndex(ids))],
    ['createBatch of a subset', (ids: readonly number[]) => sorted.createBatch(ids)],
    ['createSubset', (ids: readonly number[]) => data.createSubset(ids).batchByPos([0, 1])],
    ['executeFor of a pipeline', (ids: readonly number[]) => data.p.executeFor(ids)],
    ['batchByPos of the positions of ids', (ids: readonly number[]) => data.batchByPos(data.positionsOf(ids))],
  ] as const
  for (const [what, take] of byId) {
    it(`${what} takes ids`, async () => {
      const batch = await take([2, 1])
      expect([batch.indices, batch.labels.toNested()]).to.deep.equal([[2, 1], [102, 101]]) // biome-ignore format: one line
    })
  }

  it('what takes positions says so in its name', () => {
    expect([data.batchByPos([0, 1]), data.subsetByPos([0, 1]).createBatch([2, 1])].map(({ indices }) => indices)).to.deep.equal([[2, 1], [2, 1]]) // biome-ignore format: one line
    expect(data.index.subsetByPos([0]).ids).to.deep.equal([2])
  })

  it('an id that is not there, one id without a list, and a number of positions are refused', () => {
    for (const [make, code] of [
      [() => data.createBatch([3]), 'unknown-id'],
      [() => sorted.createBatch([0]), 'unknown-id'],
      [() => data.createBatch(2 as never), 'wrong-value'],
      [() => data.createBatch('ab' as never), 'wrong-value'],
      [() => data.batchByPos(2 as never), 'wrong-value'],
    ] as const)
      expect(errorOf(make).code).to.equal(code)
    expect(data.createBatch([]).length).to.equal(0)
  })
})

describe('a subset', () => {
  it('is named after its parent, has its class and attributes', () => {
    const { train, test, validation } = images().split([0.5, 0.3, 0.2])
    expect([train.name, test.name, validation.name]).to.deep.equal(['tiny.train', 'tiny.test', 'tiny.validation'])
    expect([train.length, test.length, validation.length]).to.deep.equal([5, 3, 2])
    expect([train.batchClass, train.attributes.classes]).to.deep.equal([ImagesBatch, 3])
    expect([validation.index.ids, test.index.ids, train.index.ids]).to.deep.equal([
      [0, 1],
      [2, 3, 4],
      [5, 6, 7, 8, 9],
    ])
  })

  it('has its items’ data, also a subset of a subset', () => {
    const train = images().split([0.5, 0.3, 0.2]).train
    expect(train.batchByPos([0, 4]).labels.toNested()).to.deep.equal([105, 109])
    const inner = train.subsetByPos([3, 1]).createSubset([6])
    expect([inner.name, inner.batchByPos([0]).labels.toNested()]).to.deep.equal(['tiny.train.subset.subset', [106]])
    expect(train.split(0.6).test.batchByPos([0, 1]).labels.toNested()).to.deep.equal([105, 106])
    expect(train.createSubset([9, 5], 'ends').batchByPos([0, 1]).indices).to.deep.equal([9, 5])
  })

  it('shares the data: many subsets of a large dataset take the room of their positions', () => {
    const big = new Dataset(1000, ImagesBatch, { preloaded: { images: NdArray.zeros([1000, 32, 32, 3], 'uint8') } })
    const before = process.memoryUsage().arrayBuffers
    const subsets = Array.from({ length: 100 }, (_, i) => big.subsetByPos([i, i + 1]))
    expect(process.memoryUsage().arrayBuffers - before).to.be.below(1_000_000)
    expect(subsets[99]!.batchByPos([1]).indices).to.deep.equal([100])
  })

  it('split leaves the dataset as it was, and says how to use it', () => {
    const data = images()
    data.split(0.8)
    expect(data.parts).to.deep.equal({})
    const error = errorOf(() => data.train)
    expect([error.code, error.message]).to.deep.equal([
      'part-missing',
      'dataset tiny has no part train. Allowed: none. Split it first and use the result: const data = dataset.split([0.8, 0.2]); data.train.',
    ])
    expect(errorOf(() => data.split(0.8).validation).message).to.equal('dataset tiny has no part validation. Allowed: train, test.')
    expect(Object.keys(data.split(0.8).parts)).to.have.members(['train', 'test'])
  })

  it('a shuffled split holds every item once, the same for the same seed', () => {
    const ids = (seed: number) => Object.values(images().split([0.5, 0.3, 0.2], { shuffle: seed }).parts).map(part => part.index.ids)
    expect(ids(3).flat().sort()).to.deep.equal(new DatasetIndex(10).ids)
    expect(ids(3)).to.deep.equal(ids(3))
    expect(ids(3)).not.to.deep.equal(ids(4))
  })
})

describe('walking a dataset', () => {
  it('nextBatch goes on, call by call, endless unless told', async () => {
    const data = images(4)
    const seen: unknown[] = []
    for (let i = 0; i < 4; i++) seen.push((await data.nextBatch(3)).indices)
    expect(seen).to.deep.equal([
      [0, 1, 2],
      [3, 0, 1],
      [2, 3, 0],
      [1, 2, 3],
    ])
  })

  it('nextBatch without arguments goes on as it was started', async () => {
    const data = images(4)
    await data.nextBatch({ batchSize: 3, iterations: 2 })
    expect((await data.nextBatch()).indices).to.deep.equal([3, 0, 1])
    expect((await rejectionOf(data.nextBatch())).code).to.equal('end-of-data')
    expect((await rejectionOf(images().nextBatch())).code).to.equal('no-batch-size')
  })

  it('stays at its end until reset', async () => {
    const data = images(4)
    await data.nextBatch(4, { epochs: 1 })
    for (let i = 0; i < 2; i++) expect((await rejectionOf(data.nextBatch(4, { epochs: 1 }))).code).to.equal('end-of-data')
    data.reset()
    expect((await data.nextBatch(2)).indices).to.deep.equal([0, 1])
  })

  it('refuses other options before reset, whatever their order', async () => {
    const data = images()
    await data.nextBatch(2, { shuffle: 1, epochs: 2 })
    await data.nextBatch(2, { epochs: 2, shuffle: 1 })
    const error = await rejectionOf(data.nextBatch(2, { epochs: 2, shuffle: 3 }))
    expect(error.code).to.equal('changed-options')
  })

  it('a wrong first call leaves nothing behind', async () => {
    const data = images(4)
    expect((await rejectionOf(data.nextBatch(5))).code).to.equal('batch-too-large')
    expect((await data.nextBatch(4)).length).to.equal(4)
  })

  it('genBatch is one fresh epoch unless told', async () => {
    const data = images(4)
    expect(await idsOf(data.genBatch(3))).to.deep.equal([[0, 1, 2], [3]])
    expect(await idsOf(data.genBatch({ batchSize: 3, epochs: 2, dropLast: true }))).to.deep.equal([
      [0, 1, 2],
      [0, 1, 2],
    ])
    expect(await idsOf(data.genBatch(2, { iterations: 1 }))).to.deep.equal([[0, 1]])
  })

  it('shuffle: true draws from the option seed', async () => {
    const order = (seed?: number) => idsOf(images().genBatch(10, { shuffle: true, seed }))
    expect(await order(1)).to.deep.equal(await order(1))
    expect(await order(1)).not.to.deep.equal(await order(2))
    expect(await order()).to.deep.equal(await order(0))
  })

  it('an endless walk can be left', async () => {
    let batches = 0
    for await (const batch of images().genBatch(3, { epochs: null })) if (batch.length === 3 && ++batches === 50) break
    expect(batches).to.equal(50)
  })

  it('subsets walk on their own', async () => {
    const { train, test } = images().split(0.5)
    await train.nextBatch(2)
    expect((await test.nextBatch(2)).indices).to.deep.equal([0, 1])
    expect((await train.nextBatch(2)).indices).to.deep.equal([7, 8])
  })
})

describe('dataset.p', () => {
  it('is a new pipeline over the dataset, with its class’s actions', async () => {
    const { train } = images().split(0.5)
    const pipeline = train.p.normalize({ scale: 51 })
    expect(pipeline.spec.dataset).to.equal('tiny.train')
    const batch = await pipeline.nextBatch(2)
    expect([batch.images.dtype, batch.indices, train.batchByPos([0]).images.dtype]).to.deep.equal(['float32', [5, 6], 'uint8'])
    expect(train.pipeline().spec).to.deep.equal(train.p.spec)
  })
})
