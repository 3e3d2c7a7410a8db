import { existsSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect } from 'chai'
import {
  component,
  Dataset,
  defineBatch,
  FilesIndex,
  readCsv,
  readParquet,
  writeCsv,
  writeNpy,
  writeParquet,
} from '../../src/dataset/index.js'
import { B, F, V } from '../../src/pipeline/index.js'
import { dtypes, NdArray } from '../../src/util/nd-array.js'
import { errorOf, rejectionOf } from './error-of.js'

const Photos = defineBatch({
  name: 'Photos',
  components: { images: component.array('pixels'), labels: component.array('classes', 'int32'), names: component.list<string>('names') },
})
const images = NdArray.from(
  Array.from({ length: 6 * 8 }, (_, i) => i),
  'uint8',
).reshape([6, 2, 2, 2])
const data = (ids: number | string[] = 6) =>
  new Dataset(ids, Photos, { preloaded: { images, labels: Int32Array.of(0, 1, 2, 3, 4, 5), names: ['a', 'b', 'c', 'd', 'e', 'f'] } })
const ids = ['i0', 'i1', 'i2', 'i3', 'i4', 'i5']

describe('load and dump', () => {
  let folder = ''
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'millrace-load-'))
  })
  afterEach(() => rmSync(folder, { recursive: true }))

  describe('a file for each item', () => {
    it('npz keeps all components; they come back, batch by batch, in any order', async () => {
      await data(ids).p.dump({ dst: folder, fmt: 'npz' }).run(4)
      expect(readdirSync(folder).sort()).to.deep.equal(ids.map(id => `${id}.npz`))
      const batch = await new Dataset(ids, Photos).p.load({ src: folder, fmt: 'npz' }).nextBatch(6, { shuffle: 3 })
      const order = batch.indices.map(id => ids.indexOf(id as string))
      expect([batch.images, batch.labels.toNested(), batch.names]).to.deep.equal([images.take(order), order, order.map(i => 'abcdef'[i])])
    })

    for (const dtype of dtypes) {
      it(`npy keeps ${dtype}`, async () => {
        const source = new Dataset(6, Photos, { preloaded: { images: images.cast(dtype) } })
        await source.p.dump({ dst: folder, fmt: 'npy', components: 'images' }).run(6)
        const batch = await new Dataset(6, Photos).p.load({ src: folder, fmt: 'npy', dst: 'images' }).nextBatch(6)
        expect(batch.images).to.deep.equal(images.cast(dtype))
      })
    }

    it('png is found through an index of files, with and without extensions', async () => {
      await data().p.dump({ dst: folder, fmt: 'png', components: 'images' }).run(6)
      for (const noExt of [false, true]) {
        const index = await FilesIndex.open(join(folder, '*.png'), { noExt, sort: true })
        const batch = await new Dataset(index, Photos).p.load({ fmt: 'image', dst: 'images' }).nextBatch(6)
        expect([batch.images, batch.indices[0]]).to.deep.equal([images, noExt ? '0' : '0.png'])
        const again = await new Dataset(index, Photos).p.load({ src: folder, fmt: 'png', dst: 'images' }).nextBatch(2)
        expect(again.images).to.deep.equal(images.slice(0, 2))
      }
    })

    it('jpeg is near; numbers and texts have files too', async () => {
      const flat = new Dataset(2, Photos, {
        preloaded: { images: NdArray.from(Array(2 * 64 * 3).fill(90), 'uint8').reshape([2, 8, 8, 3]) },
      })
      await flat.p.dump({ dst: join(folder, 'deep', 'er'), fmt: 'jpeg' }).run(2)
      const loaded = await new Dataset(2, Photos).p.load({ src: join(folder, 'deep', 'er'), fmt: 'jpeg', dst: 'images' }).nextBatch(2)
      expect([loaded.images.shape, loaded.images.data.every(value => Math.abs(value - 90) < 3)]).to.deep.equal([[2, 8, 8, 3], true])
      await data().p.dump({ dst: folder, fmt: 'npy', components: 'names' }).run(6)
      expect((await new Dataset(6, Photos).p.load({ src: folder, fmt: 'npy', dst: 'names' }).nextBatch(3)).names).to.deep.equal([
        'a',
        'b',
        'c',
      ])
    })

    for (const [what, options, code, words] of [
      ['no folder and no index of files', { fmt: 'npy', dst: 'images' }, 'load-from-where', /FilesIndex\.open/],
      ['a file that is missing', { src: 'nowhere', fmt: 'npy', dst: 'images' }, 'file-unreadable', /nowhere.0\.npy/],
      ['several components of one array', { src: 'x', fmt: 'npy' }, 'wrong-value', /npz holds several/],
    ] as const) {
      it(`refuses ${what}`, async () => {
        const error = await rejectionOf(new Dataset(6, Photos).p.load(options as never).nextBatch(2))
        expect([error.code, words.test(error.message)], error.message).to.deep.equal([code, true])
      })
    }

    it('a format that does not exist is refused when the action is written', () => {
      expect(errorOf(() => new Dataset(6, Photos).p.load({ src: 'x', fmt: 'blosc' as never })).message).to.match(/Seen: blosc.*npy, npz/)
    })

    it('items of different shapes are told as such', async () => {
      for (const i of [0, 1]) await writeNpy(join(folder, `${i}.npy`), NdArray.zeros([i + 1]))
      const error = await rejectionOf(new Dataset(2, Photos).p.load({ src: folder, fmt: 'npy', dst: 'images' }).nextBatch(2))
      expect(error.message).to.match(/float32 array of shape \[1\] and a float32 array of shape \[2\]/)
    })
  })

  describe('tables', () => {
    for (const fmt of ['csv', 'parquet'] as const) {
      it(`${fmt}: a file for each batch, read again by id`, async () => {
        const place = F((ids: readonly unknown[]) => join(folder, `part-${ids[0]}.${fmt}`))(B('indices'))
        await data(ids)
          .p.dump({ dst: place, fmt, components: ['labels', 'names'] })
          .run(3)
        expect(readdirSync(folder).sort()).to.deep.equal([`part-i0.${fmt}`, `part-i3.${fmt}`])
        const second = new Dataset(['i5', 'i3'], Photos).p.load({ src: join(folder, `part-i3.${fmt}`), fmt })
        const batch = await second.nextBatch(2)
        expect([batch.names, batch.labels.toNested()]).to.deep.equal([
          ['f', 'd'],
          [5, 3],
        ])
      })
    }

    it('rows by number where there is no column of ids; columns of other names; a file written anew is read anew', async () => {
      const path = join(folder, 'a.csv')
      await writeCsv(path, { name: ['x', 'y', 'z'], key: [7, 8, 9] })
      const batch = await new Dataset(3, Photos).p.load({ src: path, fmt: 'csv', dst: 'names', columns: { names: 'name' } }).nextBatch(3)
      expect(batch.names).to.deep.equal(['x', 'y', 'z'])
      await writeCsv(path, { name: ['changed', 'y', 'z'], key: [7, 8, 9] })
      const other = new Dataset([9, 7], Photos).p.load({ src: path, fmt: 'csv', dst: 'names', columns: { names: 'name' }, ids: 'key' })
      expect((await other.nextBatch(2)).names).to.deep.equal(['z', 'changed'])
    })

    it('images in Parquet keep shape and dtype', async () => {
      await data()
        .p.dump({ dst: join(folder, 'a.parquet'), fmt: 'parquet' })
        .run(6)
      expect((await readParquet(join(folder, 'a.parquet'))).images).to.deep.equal(images)
      const batch = await new Dataset(6, Photos).p.load({ src: join(folder, 'a.parquet'), fmt: 'parquet' }).nextBatch(6, { shuffle: 1 })
      expect(batch.images).to.deep.equal(images.take(batch.indices as number[]))
    })

    for (const [what, options, code, words] of [
      ['a column it does not have', { dst: 'labels' }, 'unknown-name', /label.*mean label\?|labels.*label/],
      ['ids it does not have', { dst: 'names', columns: { names: 'name' }, ids: 'label' }, 'unknown-id', /"i0"|0/],
    ] as const) {
      it(`refuses ${what}`, async () => {
        await writeParquet(join(folder, 'a.parquet'), { name: ['x'], label: [3] })
        const error = await rejectionOf(
          new Dataset(1, Photos).p.load({ src: join(folder, 'a.parquet'), fmt: 'parquet', ...options }).nextBatch(1),
        )
        expect([error.code, words.test(error.message)], error.message).to.deep.equal([code, true])
      })
    }
  })

  describe('memory', () => {
    it('addComponents, then load by id: 5020 … 5029 in the batch of 20 … 29', async () => {
      const source = new Dataset(100, Photos).subsetByPos(Array.from({ length: 10 }, (_, i) => 20 + i))
      const bare = await source.p.addComponents({ names: 'new' }).nextBatch(10)
      expect(bare.get('new')).to.equal(undefined)
      const init = F((size: number) => NdArray.from(Array.from({ length: size }, (_, i) => i)))(B('size')).add(B('indices'))
      const added = await source.p.addComponents({ names: 'new', init }).nextBatch(10)
      expect((added.get('new') as NdArray).toNested()).to.deep.equal(Array.from({ length: 10 }, (_, i) => 20 + 2 * i))
      const values = new NdArray(
        Int32Array.from({ length: 100 }, (_, i) => 5000 + i),
        [100],
      )
      const loaded = await source.p.addComponents({ names: 'new', init }).load({ src: values, dst: 'new' }).nextBatch(10)
      expect((loaded.get('new') as NdArray).toNested()).to.deep.equal(Array.from({ length: 10 }, (_, i) => 5020 + i))
    })

    it('lists by order, objects by name, maps and objects by id', async () => {
      const plain = new Dataset(6, Photos).p
      const labels = Int32Array.of(9, 8, 7, 6, 5, 4)
      for (const pipeline of [
        plain.load({ src: [images, labels] }),
        plain.load({ src: { images, labels } }),
        plain.load({ src: [images, labels], dst: ['images', 'labels'] }),
      ]) {
        const batch = await pipeline.nextBatch(4)
        expect([batch.images, batch.labels.toNested()]).to.deep.equal([images.slice(0, 4), [9, 8, 7, 6]])
      }
      const byId = { i0: 3, i1: 4 }
      for (const src of [byId, new Map(Object.entries(byId))]) {
        expect((await new Dataset(['i1', 'i0'], Photos).p.load({ src, dst: 'labels' }).nextBatch(2)).labels.toNested()).to.deep.equal([
          4, 3,
        ])
      }
    })

    it('dump puts values under their ids', async () => {
      const scores = NdArray.zeros([6], 'int32')
      const names = new Map<unknown, unknown>()
      const both = { labels: {} as Record<string, unknown>, names: [] as unknown[] }
      await data()
        .p.initVariable('all', { default: names })
        .dump({ dst: scores, components: 'labels' })
        .dump({ dst: V('all'), components: 'names' })
        .dump({ dst: F(() => both), components: ['labels', 'names'] })
        .run(4)
      expect([scores.toNested(), names.get(5), both.names[4], both.labels['3']]).to.deep.equal([[0, 1, 2, 3, 4, 5], 'f', 'e', 3])
    })

    it('refuses ids and components that are not there', async () => {
      const pipeline = new Dataset(6, Photos).p
      expect((await rejectionOf(pipeline.load({ src: [1, 2], dst: 'labels' }).nextBatch(4))).code).to.equal('unknown-id')
      expect((await rejectionOf(pipeline.load({ src: images }).nextBatch(4))).code).to.equal('load-components')
      expect((await rejectionOf(pipeline.dump({ dst: folder, fmt: 'npz', components: 'images' }).nextBatch(4))).code).to.equal(
        'unknown-name',
      )
      expect((await rejectionOf(data().p.addComponents({ names: 'images' }).nextBatch(4))).code).to.equal('component-exists')
    })
  })

  it('what cannot be written leaves nothing behind; what was there stays', async () => {
    writeFileSync(join(folder, 'a.csv'), 'name\nkept\n')
    const error = await rejectionOf(
      data()
        .p.dump({ dst: join(folder, 'a.csv'), fmt: 'csv' })
        .run(6) as Promise<unknown>,
    )
    expect([error.code, (await readCsv(join(folder, 'a.csv'))).name, readdirSync(folder), existsSync(join(folder, 'a.csv'))]).to.deep.equal(
      ['table-value', ['kept'], ['a.csv'], true],
    )
  })
})
