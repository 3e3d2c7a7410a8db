/** Open sets that are computed: exact items, what they depend on, and that a network learns from their masks. */
import { createHash } from 'node:crypto'
import { mkdirSync, writeFileSync } from 'node:fs'
import { expect } from 'chai'
import { Draws } from '../../src/dataset/opensets/made/draws.js'
import { openExperiment, readExperiment, registry, runExperiment } from '../../src/experiment.js'
import { type Dataset, ImagesBatch, NdArray } from '../../src/index.js'
import { type DigitScenesOptions, digitScenes, opensets, type ShapesOptions, shapes, type WithBatchClass } from '../../src/opensets.js'
import { temporaryFolder } from '../support/temporary-folder.js'
import { rejectionOf } from './error-of.js'

const length = { train: 6, test: 4 }
const digest = ({ images, masks }: ImagesBatch) =>
  [images, masks].map(({ data }) => createHash('sha256').update(data).digest('hex').slice(0, 12)).join(' ')
const itemsOf = ({ train, test }: Dataset<typeof ImagesBatch>) => [train, test].map(part => digest(part.batchByPos([0, 1, 2, 3])))

type Asked = Omit<DigitScenesOptions & ShapesOptions, 'kinds'> & Partial<WithBatchClass<typeof ImagesBatch>>
type Make = (options?: Asked) => Promise<Dataset<typeof ImagesBatch>>

const sets = {
  shapes: { make: shapes as Make, channels: 3, classes: 5, items: ['3a3bb5810fb7 17cd4c793aee', '61bca26c98a4 da28af11506b'] },
  digitScenes: { make: digitScenes as Make, channels: 1, classes: 11, items: ['7b62844280d3 d1bb704de3f2', 'c492c853eb85 4273dc398991'] },
}

for (const [name, { make, channels, classes, items }] of Object.entries(sets)) {
  describe(`the made set ${name}`, () => {
    it('has 2,000 + 500 images with masks of 64 x 64, as uint8', async () => {
      const data = await make()
      expect([data.name, data.train.length, data.test.length, data.train.attributes.classes]).to.deep.equal([name, 2000, 500, classes])
      const { images, masks } = data.test.batchByPos([0, 499])
      expect([images.dtype, images.shape, masks.dtype, masks.shape]).to.deep.equal(['uint8', [2, 64, 64, channels], 'uint8', [2, 64, 64]])
    })

    it('has the same items on every machine', async () => {
      expect(itemsOf(await make({ length }))).to.deep.equal(items)
    })

    it('has items that depend on seed, part and number alone', async () => {
      const data = await make({ length, seed: 3 })
      const longer = await make({ length: { train: 9, test: 5 }, seed: 3 })
      expect(itemsOf(longer)).to.deep.equal(itemsOf(data))
      const [train, test] = itemsOf(data)
      expect(new Set([train, test, ...itemsOf(await make({ length, seed: 4 }))]).size).to.equal(4)
      const [second, first] = [data.train.batchByPos([1, 0]), data.train.batchByPos([0])]
      expect(second.images.item(1).data).to.deep.equal(first.images.item(0).data)
      expect(second.masks.item(1).data).to.deep.equal(first.masks.item(0).data)
    })

    it('has masks of every class, and most pixels in the background', async () => {
      const masks = (await make({ length: { train: 60 } })).train.get('masks')!
      const counts = Array<number>(classes).fill(0)
      for (const mask of masks.data) counts[mask]!++
      expect(counts.filter(count => count === 0)).to.deep.equal([])
      expect(counts[0]! / masks.data.length).to.be.within(0.5, 0.95)
    })

    it('has the size and the batch class that are asked for', async () => {
      const data = await make({ size: 32, length, batchClass: ImagesBatch })
      expect(data.train.batchByPos([0]).images.shape).to.deep.equal([1, 32, 32, channels])
      expect((await rejectionOf(make({ size: 8 }))).code).to.equal('wrong-value')
    })

    it('says in a file what its batches are before any is made', () => {
      const row = opensets[name as keyof typeof sets]
      expect(row.itemShapes({ size: 32 })).to.deep.equal({ images: [32, 32, channels], masks: [32, 32] })
      expect(row.classes({})).to.equal(classes)
      expect(row.itemShapes({ size: 'large' })).to.deep.equal({})
    })
  })
}

describe('shapes', () => {
  it('are numbered in the order of the kinds', async () => {
    const data = await shapes({ kinds: ['ring', 'disc'], noise: 0, length })
    expect(data.attributes.classes).to.equal(3)
    expect(new Set(data.train.get('masks')!.data)).to.deep.equal(new Set([0, 1, 2]))
    expect((await rejectionOf(shapes({ kinds: ['ring', 'ring'] }))).message).to.include('each kind once')
    expect(opensets.shapes.classes({ kinds: ['disc'] })).to.equal(2)
  })

  it('have, without noise, one colour for the background, and other colours inside the shapes', async () => {
    const { images, masks } = (await shapes({ noise: 0, length })).train.batchByPos([0, 1, 2, 3, 4, 5])
    for (let item = 0; item < 6; item++) {
      const [image, mask] = [images.item(item).data, masks.item(item).data]
      const colors = Array.from(mask, (kind, pixel) => ({ kind, color: Array.from(image.subarray(pixel * 3, pixel * 3 + 3)).join() }))
      const background = new Set(colors.filter(({ kind }) => kind === 0).map(({ color }) => color))
      const inside = new Set(colors.filter(({ kind }) => kind > 0).map(({ color }) => color))
      expect(background.size).to.equal(1)
      expect(inside.size).to.be.within(1, 4)
      expect([...inside].filter(color => background.has(color))).to.deep.equal([])
    }
  })

  it('have the area of their kind: a disc more than the square and the triangle in it', async () => {
    const shareOf = async (kind: 'disc' | 'square' | 'triangle' | 'ring') => {
      const { masks } = (await shapes({ kinds: [kind], length: { train: 80 } })).train.batchByPos(Array.from({ length: 80 }, (_, i) => i))
      return Array.from(masks.data).reduce((sum, mask) => sum + mask, 0)
    }
    const disc = await shareOf('disc')
    const areas = { square: 2 / Math.PI, triangle: (3 * Math.sqrt(3)) / 4 / Math.PI, ring: 0.7 } as const
    for (const [kind, area] of Object.entries(areas))
      expect((await shareOf(kind as keyof typeof areas)) / disc, kind).to.be.closeTo(area, 0.08)
  })

  it('have noise of the standard deviation that is asked for', () => {
    const draws = new Draws(1, 'bell')
    const values = Array.from({ length: 40_000 }, () => draws.bell())
    const mean = values.reduce((sum, value) => sum + value, 0) / values.length
    const variance = values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length
    expect(mean).to.be.closeTo(0, 0.02)
    expect(variance).to.be.closeTo(1, 0.02)
  })
})

describe('digitScenes', () => {
  /** White images of one label. */
  const digits = (label: number, count: number) => ({
    images: NdArray.from(
      Array.from({ length: count }, () => Array.from({ length: 28 }, () => Array<number>(28).fill(255))),
      'uint8',
    ),
    labels: new Uint8Array(count).fill(label),
  })

  it('never have a digit of the test part in train', async () => {
    const folders = temporaryFolder()
    const folder = folders.in('digits')
    mkdirSync(folder)
    const header = (...values: readonly number[]) => Buffer.from(Uint32Array.from(values).buffer).swap32()
    for (const [part, label] of [
      ['train', 1],
      ['t10k', 2],
    ] as const) {
      const { images, labels } = digits(label, 5)
      writeFileSync(`${folder}/${part}-images-idx3-ubyte`, Buffer.concat([header(0x803, 5, 28, 28), images.data as Uint8Array]))
      writeFileSync(`${folder}/${part}-labels-idx1-ubyte`, Buffer.concat([header(0x801, 5), labels]))
    }
    const data = await digitScenes({ folder, verify: false, length: { train: 30, test: 30 } })
    folders.remove()
    expect(data.attributes.classes).to.equal(3)
    expect(new Set(data.train.get('masks')!.data)).to.deep.equal(new Set([0, 2]))
    expect(new Set(data.test.get('masks')!.data)).to.deep.equal(new Set([0, 3]))
    const { images, masks } = data.train.batchByPos([0])
    expect(Array.from(images.data, value => Number(value >= 128) * 2)).to.deep.equal(Array.from(masks.data))
  })

  it('have the ink of MNIST', async () => {
    const { images, masks } = (await digitScenes({ length })).train.batchByPos([0, 1, 2, 3])
    expect(Array.from(masks.data, mask => mask > 0)).to.deep.equal(Array.from(images.data, value => value >= 128))
  })
})

describe('a network that is fed the masks of a made set', () => {
  const folders = temporaryFolder()
  after(() => folders.remove())

  it('learns them, from a file that names the set', async () => {
    const text = `
name: segments
datasets:
  scenes: { openset: shapes, size: 16, noise: 0.02, length: { train: 64, test: 16 } }
pipelines:
  train:
    dataset: scenes.train
    actions:
      - normalize: { scale: 255 }
      - initModel:
          mode: dynamic
          modelClass: ResNet
          name: net
          config:
            inputs: { images: {}, masks: { name: targets } }
            initial_block: { inputs: images, layout: cna, filters: 8, kernel_size: 3, strides: 1 }
            body: { num_blocks: [1], filters: [8], block: { layout: cna cn } }
            head/layout: c
            loss: ce
            optimizer: { name: Adam, learningRate: 0.02 }
      - initVariable: { name: loss, initOnEachRun: [] }
      - trainModel: { name: net, feed: { images: !B images, masks: !B masks }, fetches: loss, saveTo: !V loss, mode: append }
run: { iterations: 30, batch: { batchSize: 16, shuffle: 1, epochs: null }, record: [train.loss] }
report: { charts: [] }
`
    const { spec, errors } = readExperiment(text, { registry })
    expect(errors.map(({ message }) => message)).to.deep.equal([])
    const { variables } = await runExperiment(await openExperiment(spec!, registry), { out: folders.in('run') })
    const losses = variables['train.loss'] as number[]
    expect(losses).to.have.length(30)
    expect(losses.at(-1)!).to.be.below(losses[0]! / 2)
  })
})
