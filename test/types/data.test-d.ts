/** What sources, indices, folds, items of batches and files must refuse to compile. Read by tsc, never run. */
import {
  type Batch,
  type BatchItem,
  component,
  type DataSource,
  Dataset,
  DatasetIndex,
  defineBatch,
  FilesIndex,
  ImagesBatch,
  mergeBatches,
  PlainBatch,
  readCsv,
  type readImage,
  readNpy,
  readNpz,
  readParquet,
  writeImage,
  writeNpy,
  writeNpz,
  writeParquet,
} from '../../src/dataset/index.js'
import { B, F } from '../../src/pipeline/index.js'
import type { NdArray } from '../../src/util/nd-array.js'

declare const images: NdArray
type Equal<A, B> = (<T>() => T extends A ? 1 : 2) extends <T>() => T extends B ? 1 : 2 ? true : false
const same = <A, B>(_: Equal<A, B>) => undefined

// Data in memory: by name, by order, by id, tensors, records.
const data = new Dataset(3, ImagesBatch, { preloaded: { images, labels: { dtype: 'int32', shape: [3], dataSync: () => [1, 2, 3] } } })
new Dataset(3, ImagesBatch, { preloaded: [images, [1, 2, 3]] })
new Dataset(['a'], ImagesBatch, { preloaded: { labels: { a: 1 }, masks: new Map([['a', [0, 1]]]) } })
new Dataset(3, PlainBatch, { preloaded: { anything: [1, 2, 3] } })
Dataset.fromRecords([{ id: 'a', labels: 1 }], ImagesBatch, { ids: 'id', name: 'tiny' })
// @ts-expect-error a misspelt option
Dataset.fromRecords([{ labels: 1 }], ImagesBatch, { id: 'id' })
// @ts-expect-error records are objects
Dataset.fromRecords([1], ImagesBatch)

// Data in files: batches and components are promises.
const files = await Dataset.fromFiles({ images: 'images.npy', labels: 'labels.npy' }, ImagesBatch)
same<typeof files, Dataset<typeof ImagesBatch, 'files'>>(true)
files.createBatch([0]).then(batch => batch.images)
// @ts-expect-error a promise has no components
files.batchByPos([0]).images
same<ReturnType<typeof files.get<'images'>>, Promise<NdArray | undefined>>(true)
files.split(0.8).train.p.normalize({ scale: 255 })
for await (const batch of files.cvSplit(3).cv(0).train.genBatch(2)) same<typeof batch.images, NdArray>(true)
await Dataset.fromFiles('a.parquet', ImagesBatch, { columns: { images: 'pixels' }, ids: 'key', shapes: { images: [28, 28, 1] } })
await Dataset.fromFiles({ any: 'a.npy' }, PlainBatch, { shapes: { any: [2] } })
// @ts-expect-error a misspelt component
await Dataset.fromFiles({ imges: 'images.npy' }, ImagesBatch)
// @ts-expect-error a misspelt component
await Dataset.fromFiles('a.parquet', ImagesBatch, { columns: { imges: 'pixels' } })
const own: DataSource<'files'> = { names: ['labels'], length: 3, items: async positions => () => [...positions] }
same<ReturnType<typeof Dataset.fromSource<typeof ImagesBatch, 'files'>>, Dataset<typeof ImagesBatch, 'files'>>(true)
Dataset.fromSource(own, ImagesBatch, { index: ['a', 'b', 'c'] })
// @ts-expect-error a source says how long it is
Dataset.fromSource({ names: [], items: () => () => [] }, ImagesBatch)

// Parts, folds, joined datasets.
same<ReturnType<typeof data.cv>, typeof data>(true)
data.cvSplit(5, { shuffle: 1 }).cv(0).test.batchByPos([0]).images
data.withParts({ train: [0], test: [1, 2] }).train.pipeline()
data.concat(data.createSubset([0]), data.subsetByPos([1])).positionsOf([0, 1])
data.openOrder({ batchSize: 2 }, 0)
// @ts-expect-error parts have names of their own
data.withParts({ training: [0] })
// @ts-expect-error data in files do not mix with data in memory
data.concat(files)
// @ts-expect-error a fold is a number
data.cvSplit(3).cv('first')
// @ts-expect-error the number of folds is one
data.cvSplit({ shuffle: 1 })

// Items of a batch.
const batch = data.createBatch([0, 1])
const item = batch.item('a')
same<typeof item.images, NdArray | number>(true)
for (const { id, position, labels } of batch) same<[typeof id, typeof position, typeof labels], [unknown, number, NdArray | number]>(true)
same<ReturnType<typeof batch.deepCopy>['images'], NdArray>(true)
same<ReturnType<typeof batch.has>, boolean>(true)
batch.has('images')
batch.deepCopy().images
batch.require('labels').toNested()
batch.itemAt(0).set('labels', 3)
const Words = defineBatch({ name: 'Words', components: { words: component.list<string>('words') } })
same<(typeof Words extends never ? never : ReturnType<ReturnType<typeof Words.fromData>['itemAt']>)['words'], string>(true)
// @ts-expect-error a misspelt component
batch.itemAt(0).imges
// @ts-expect-error text is no item of an array
batch.itemAt(0).labels = 'a'
// @ts-expect-error an id stays as it is
batch.itemAt(0).id = 3
same<BatchItem['position'], number>(true)
const { merged, rest } = mergeBatches([batch, batch], 3, ['images'])
same<[typeof merged.images, typeof rest], [NdArray, typeof batch | undefined]>(true)
// @ts-expect-error a list of batches
mergeBatches(batch)
same<typeof batch extends Batch<any> ? true : false, true>(true)

// Indices.
const index = new DatasetIndex<string>(['a', 'b'])
same<ReturnType<typeof index.idAt>, string>(true)
same<ReturnType<typeof index.idsAt>, readonly string[]>(true)
index.idAt(0).length + index.idsAt([0]).length
index.getPos('a') + index.getPos(['a', 'b']).length
index.subsetByPos([1]).createSubset(['b']).calcSplit([0.5, 0.5])
// @ts-expect-error an id of another type
index.getPos(3)
// @ts-expect-error ids are no objects
new DatasetIndex([{}])
const found = await FilesIndex.open(['a/*.png'], { dirs: false, noExt: true, sort: true, cwd: '.' })
same<ReturnType<typeof found.createSubset>, FilesIndex>(true)
found.getFullPath('a').length
found.split(0.5).train?.getFullPath('a')
new FilesIndex(['a'], { a: '/a' })
// @ts-expect-error ids without paths
new FilesIndex(['a'])
// @ts-expect-error a misspelt option
await FilesIndex.open('*', { noext: true })
// @ts-expect-error patterns are text
await FilesIndex.open(3)

// Formats.
same<Awaited<ReturnType<typeof readImage>>, NdArray>(true)
await writeNpy('a.npy', await readNpy('b.npy'))
await writeNpz('a.npz', await readNpz('b.npz'))
await writeParquet('a.parquet', await readCsv('a.csv'), { rowGroupSize: 100 })
await readParquet('a.parquet', ['images'])
await writeImage('a.bin', images, { fmt: 'jpeg', quality: 80 })
// @ts-expect-error a format that does not exist
await writeImage('a.bin', images, { fmt: 'gif' })
// @ts-expect-error a table is columns by name
await writeParquet('a.parquet', images)

// Actions of every batch class.
data.p
  .load({ src: 'scans', fmt: 'npy', dst: 'images' })
  .load({ src: { labels: [1, 2, 3] } })
  .dump({ dst: F((ids: readonly unknown[]) => `part-${ids[0]}`)(B('indices')), fmt: 'parquet', components: ['images'] })
  .addComponents({ names: ['a', 'b'], init: [[1], [2]] })
// @ts-expect-error a format that does not exist
data.p.load({ src: 'scans', fmt: 'blosc' })
// @ts-expect-error nowhere to go to
data.p.dump({ fmt: 'npy' })
// @ts-expect-error no names
data.p.addComponents({ init: 3 })

// Actions of a batch class are methods of its batches.
const worked: typeof batch = await batch.resize({ size: [8, 8] }).rotate({ angle: 5, expand: true })
await worked.normalize({ scale: 255 })
await batch.dump({ dst: 'out', fmt: 'npz' })
// @ts-expect-error no such action
batch.resized({ size: [8, 8] })
// @ts-expect-error no such option
batch.rotate({ angel: 5 })
// @ts-expect-error an option is missing
batch.resize()
// @ts-expect-error createBatch takes ids, in a list
data.createBatch(0)

// Another batch class, and components that are one value for the batch.
const Spaced = defineBatch({ name: 'Spaced', extends: ImagesBatch, components: { spacing: component.value<number>('millimetres') } })
const spaced = data.withBatchClass(Spaced).split(0.8).train.createBatch([0])
const spacing: number = spaced.spacing
spaced.set('spacing', spacing + 1)
spaced.set('side', 'left')
// @ts-expect-error a number is declared
spaced.spacing = 'wide'
// @ts-expect-error a number is declared
spaced.set('spacing', 'wide')
// @ts-expect-error not a batch class
data.withBatchClass({})
