import { mkdirSync, writeFileSync } from 'node:fs'
import { expect } from 'chai'
import {
  C,
  Config,
  component,
  Dataset,
  DatasetIndex,
  defineBatch,
  type FilePaths,
  FilesIndex,
  type FindOptions,
  ImagesBatch,
  type IndexSource,
  NdArray,
  PlainBatch,
  V,
  writeImage,
} from '../../src/index.js'
import { openFiles, openImages } from '../../src/opensets.js'
import { temporaryFolder } from '../support/temporary-folder.js'
import { errorOf } from './error-of.js'

const Photos = defineBatch({
  name: 'Photos',
  extends: ImagesBatch,
  components: {},
  actions: {
    brighten: {
      summary: 'Adds one.',
      schema: { type: 'object', properties: {}, additionalProperties: false },
      apply: batch => {
        for (let i = 0; i < batch.images.data.length; i++) batch.images.data[i]! += 1
      },
    },
  },
})
const images = NdArray.from(
  Array.from({ length: 6 }, (_, i) => [[[i]]]),
  'uint8',
)

describe('a dataset with another batch class', () => {
  it('has the same items, parts, folds, attributes and data, and the actions of that class', async () => {
    const data = new Dataset(6, ImagesBatch, { name: 'six', preloaded: { images }, attributes: { classes: 2 } })
      .split([0.5, 0.5])
      .cvSplit(3)
    const own = data.withBatchClass(Photos)
    expect([own.name, own.length, own.attributes.classes, own.batchClass]).to.deep.equal(['six', 6, 2, Photos])
    const batch = await own.test.p.brighten().nextBatch(3)
    expect([batch.indices, batch.images.toNested()]).to.deep.equal([[0, 1, 2], [[[[1]]], [[[2]]], [[[3]]]]]) // biome-ignore format: one line
    expect((await own.cv(1).train.p.brighten().nextBatch(2)).images.data[0]).to.equal(1)
    expect(data.batchClass).to.equal(ImagesBatch)
  })

  it('may be one without components, or one that reads the data otherwise', () => {
    const data = new Dataset(2, ImagesBatch, { preloaded: { labels: [3, 4] } })
    expect((data.withBatchClass(PlainBatch).createBatch([1]).get('labels') as NdArray).toNested()).to.deep.equal([4])
  })

  it('is refused where the class lacks a component', () => {
    const Waves = defineBatch({ name: 'Waves', components: { waves: component.array('waves') } })
    const error = errorOf(() => new Dataset(6, ImagesBatch, { preloaded: { images } }).withBatchClass(Waves))
    expect([error.code, /Waves.*images.*waves/s.test(error.message)], error.message).to.deep.equal(['unknown-name', true])
    expect(errorOf(() => new Dataset(2).withBatchClass({} as never)).code).to.equal('no-batch-class')
  })

  it('comes from the open sets, too', async () => {
    const folders = temporaryFolder()
    for (const i of [0, 1, 2, 3, 4]) await writeImage(folders.in(`${i}.png`), NdArray.zeros([2, 2, 1], 'uint8'))
    writeFileSync(folders.in('t.csv'), 'labels\n1\n2\n3\n4\n5\n')
    const pictures = await openImages({ path: folders.in('*.png'), batchClass: Photos })
    expect((await pictures.train.p.load({ fmt: 'image', dst: 'images' }).brighten().nextBatch(2)).images.data[0]).to.equal(1)
    const table = await openFiles({ path: folders.in('t.csv'), batchClass: Photos })
    expect(table.test.batchClass).to.equal(Photos)
    folders.remove()
  })
})

describe('an index of one’s own class', () => {
  class Scans extends DatasetIndex<string> {
    get patients() {
      return this.ids.map(id => id.slice(0, 1))
    }
  }
  class Files extends FilesIndex {
    get extensions() {
      return [...this.paths.values()].map(path => path.slice(-4))
    }
  }
  class Numbered extends DatasetIndex<string> {
    constructor(count: number) {
      super(Array.from({ length: count }, (_, i) => `n${i}`))
    }
  }
  class Listed extends FilesIndex {
    constructor(ids: IndexSource<string>, paths: FilePaths, options?: Pick<FindOptions, 'dirs'>) {
      super(typeof ids === 'function' ? ids : ['only'], paths, options)
    }
  }

  it('keeps its class in subsets, parts, folds and concatenations', () => {
    const index = new Scans(['a1', 'a2', 'b1', 'c1'])
    const made = [index.subsetByPos([0]), index.createSubset(['b1']), index.split(0.5).train!, index.concat(['d1']), new Dataset(index).split(0.5).test.index, new Dataset(index).cvSplit(2).cv(0).train.index] // biome-ignore format: one line
    for (const one of made) expect(one).to.be.instanceOf(Scans)
    expect((made[3] as Scans).patients).to.deep.equal(['a', 'a', 'b', 'c', 'd'])
  })

  it('keeps its class if it is one of files', async () => {
    const folders = temporaryFolder()
    mkdirSync(folders.in('x'))
    for (const name of ['a.png', 'b.jpg']) writeFileSync(folders.in(`x/${name}`), '')
    const index = await Files.open(folders.in('x/*'))
    expect(index).to.be.instanceOf(Files)
    expect(index.createSubset(['b.jpg']).concat(index.subsetByPos([0])).extensions).to.deep.equal(['.jpg', '.png'])
    folders.remove()
  })

  it('with another constructor is asked for like(ids)', () => {
    const error = errorOf(() => new Numbered(3).subsetByPos([1]))
    expect([error.code, /Numbered.*like\(ids\)/s.test(error.message)], error.message).to.deep.equal(['index-class', true])
    expect(errorOf(() => new Listed(() => ['only', 'b'], { only: '/1', b: '/2' }).createSubset(['b'])).code).to.equal('index-class')
  })
})

describe('small things', () => {
  it('dataset.pipeline(config) has the config', async () => {
    const data = new Dataset(2)
    for (const config of [{ a: { b: 5 } }, new Config({ 'a/b': 5 })]) {
      const p = data.pipeline(config).initVariable('read').update(V('read'), C('a/b'))
      await p.nextBatch(1)
      expect([p.v('read'), p.config.get('a/b')]).to.deep.equal([5, 5])
    }
    expect(data.pipeline().config.size).to.equal(0)
  })

  it('a config has values and is iterated over like a Map', () => {
    const config = new Config({ a: 1, 'b/c': 2 })
    expect([config.values()[0], config.values({ flatten: true })]).to.deep.equal([1, [1, 2]])
    expect([...config].map(([key]) => key)).to.deep.equal(['a', 'b'])
    expect(new Map(config).get('a')).to.equal(1)
    expect((new Map(config).get('b') as Config).get('c')).to.equal(2)
  })

  it('null is no component, in a list and by name', () => {
    const labels = [7, 8]
    for (const preloaded of [[null, labels], [undefined, labels], { images: null, labels }, { images: undefined, labels, masks: null }])
      expect(new Dataset(2, ImagesBatch, { preloaded }).createBatch([0]).componentNames).to.deep.equal(['labels'])
  })
})
