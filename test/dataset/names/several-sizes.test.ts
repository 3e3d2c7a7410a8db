/** Images of several sizes: loaded into `images` as they are, a list until an action makes them equal. */
import { expect } from 'chai'
import { Dataset, ImagesBatch, mergeBatches, writeCsv, writeImage } from '../../../src/dataset/index.js'
import { MillraceError } from '../../../src/errors/index.js'
import { openExperiment, readExperiment, registry } from '../../../src/experiment.js'
import { openFiles, openImages } from '../../../src/opensets.js'
import { NdArray } from '../../../src/util/nd-array.js'
import { temporaryFolder } from '../../support/temporary-folder.js'

const folder = temporaryFolder()
const sizes = [
  [20, 30],
  [25, 25],
  [30, 20],
  [20, 30],
  [20, 30],
] as const

describe('images of several sizes', () => {
  let data: Awaited<ReturnType<typeof openImages>>
  before(async () => {
    for (const [i, [h, w]] of sizes.entries()) await writeImage(folder.in(`n${i}.png`), NdArray.zeros([h, w, 3], 'uint8'))
    data = await openImages({ path: folder.in('*.png') })
  })
  after(() => folder.remove())

  const loaded = () => data.p.load({ fmt: 'image', dst: 'images' })
  const shapeAfter = async (work: (p: ReturnType<typeof loaded>) => { nextBatch(size: number): Promise<ImagesBatch> }) =>
    (await work(loaded()).nextBatch(5)).images.shape

  it('become one array by resize, crop or pad', async () => {
    expect(await shapeAfter(p => p.resize({ size: [16, 16] }))).to.deep.equal([5, 16, 16, 3])
    expect(await shapeAfter(p => p.crop({ shape: 16 }))).to.deep.equal([5, 16, 16, 3])
    expect(
      await shapeAfter(p =>
        p
          .flip()
          .rotate({ angle: 5 })
          .resize({ size: [8, 8] })
          .normalize({ scale: 255 }),
      ),
    ).to.deep.equal([5, 8, 8, 3])
  })

  it('until then get returns the list, and the property says what to do', async () => {
    const batch = await loaded().nextBatch(5)
    expect((batch.get('images') as unknown as NdArray[]).map(({ shape }) => shape.slice(0, 2))).to.deep.equal(sizes)
    expect(() => batch.images).to.throw(MillraceError, /images is a list at present.*resize, crop, pad/)
    const error: unknown = await loaded()
      .normalize({ scale: 255 })
      .nextBatch(5)
      .catch((error: unknown) => error)
    expect((error as MillraceError).code).to.equal('component-list')
    expect((await loaded().nextBatch(1)).images.shape).to.deep.equal([1, 20, 30, 3])
  })

  it('batches of equal and of several sizes are put together', async () => {
    const batches = []
    for await (const { batch } of [{ batch: await loaded().nextBatch(3) }]) batches.push(batch)
    const equal = ImagesBatch.fromData({ images: NdArray.zeros([2, 20, 30, 3], 'uint8') })
    const { merged, rest } = mergeBatches([equal, batches[0]!], 4)
    expect((merged.get('images') as unknown as NdArray[]).map(({ shape }) => shape[0])).to.deep.equal([20, 20, 20, 25])
    expect((rest!.get('images') as unknown as NdArray).length).to.equal(1)
    const again = await loaded()
      .rebatch(2)
      .resize({ size: [4, 4] })
      .nextBatch(3)
    expect(again.images.shape).to.deep.equal([2, 4, 4, 3])
  })

  it('in memory, too', async () => {
    const images = sizes.map(([h, w]) => NdArray.zeros([h, w, 1]))
    const batch = await new Dataset(5, ImagesBatch, { preloaded: { images } }).p.resize({ size: [2, 2] }).nextBatch(5)
    expect(batch.images.shape).to.deep.equal([5, 2, 2, 1])
  })

  it('from a file, where labels may be names of classes', async () => {
    await writeCsv(folder.in('labels.csv'), { id: ['n0', 'n1', 'n2', 'n3', 'n4'], labels: ['cat', 'dog', 'cat', 'dog', 'cat'] })
    const text = `
datasets: { photos: { openset: images, path: '${folder.in('*.png')}' } }
pipelines:
  p:
    dataset: photos.train
    actions:
      - load: { fmt: image, dst: images }
      - load: { fmt: csv, src: '${folder.in('labels.csv')}', dst: labels }
      - resize: { size: [4, 4] }
      - initModel: { mode: dynamic, modelClass: ResNet18, name: net, config: { inputs: { images: { shape: [4, 4, 3] }, labels: { classes: [cat, dog] } }, initial_block/inputs: images } }
run: { iterations: 1, batch: { batchSize: 2 } }
`
    const { spec, errors } = readExperiment(text, { registry })
    expect(errors).to.deep.equal([])
    const { actions: _, ...pipeline } = spec!.pipelines.p!
    const untrained = { ...spec!, pipelines: { p: { ...pipeline, actions: spec!.pipelines.p!.actions.slice(0, 3) } } }
    const batch = await (await openExperiment(untrained, registry)).pipelines.p!.nextBatch(2)
    expect((batch.get('images') as NdArray).shape).to.deep.equal([2, 4, 4, 3])
    expect(batch.get('labels')).to.deep.equal(['dog', 'cat'])
  })

  it('files that are called by numbers find the rows of these numbers', async () => {
    for (const i of [1, 2]) await writeImage(folder.in(`numbers/${i}.png`), NdArray.zeros([2, 2, 1], 'uint8'))
    await writeCsv(folder.in('numbers.csv'), { id: [2, 1], labels: [20, 10] })
    const { train } = await openImages({ path: folder.in('numbers/*.png'), train: 0.5 })
    const batch = await train.p.load({ src: folder.in('numbers.csv'), fmt: 'csv', dst: 'labels' }).nextBatch(1)
    expect([batch.indices, batch.labels.toNested()]).to.deep.equal([['2'], [20]])
  })

  it('labels of a table may be names, too', async () => {
    await writeCsv(folder.in('table.csv'), { labels: ['cat', 'dog', 'cat'] })
    const table = await openFiles({ path: folder.in('table.csv'), train: 0.5 })
    expect(await table.get('labels')).to.deep.equal(['cat', 'dog', 'cat'])
  })

  it('a pattern that finds nothing is an error that names it and the folder it starts from', async () => {
    const error: unknown = await openImages({ path: 'no-such/*.png' }).catch((error: unknown) => error)
    expect((error as MillraceError).code).to.equal('files-none')
    expect((error as MillraceError).message)
      .to.include('no-such/*.png')
      .and.include(process.cwd())
  })
})
