import { writeFileSync } from 'node:fs'
import { expect } from 'chai'
import { B, component, Dataset, defineBatch, F, I, ImagesBatch, NdArray, P, PlainBatch, template, V } from '../../../src/index.js'
import { temporaryFolder } from '../../support/temporary-folder.js'
import { rejectionOf } from '../error-of.js'

const pixels = Uint8Array.from({ length: 4 * 36 }, (_, i) => (i * 29) % 256)
const images = new NdArray(pixels, [4, 6, 6, 1])
const data = new Dataset(4, ImagesBatch, { preloaded: { images, labels: [5, 6, 7, 8] } })
const bytes = (array: NdArray) => [array.dtype, array.shape, [...array.data]]

const Sounds = defineBatch({
  name: 'Sounds',
  components: { waves: component.array('waves'), louder: component.array('has the name of an action') },
  actions: {
    scaleWaves: {
      summary: 'Multiplies the waves.',
      schema: { type: 'object', properties: { by: { type: 'number' } }, required: ['by'], additionalProperties: false },
      apply: (batch, { by }: { by: number }) => {
        batch.waves = batch.waves.cast('float32', by)
      },
    },
    louder: {
      summary: 'Never a method of batches: a component has its name.',
      schema: { type: 'object', properties: {}, additionalProperties: false },
      apply: () => undefined,
    },
    length: {
      summary: 'Never a method of batches: batches have a length.',
      schema: { type: 'object', properties: {}, additionalProperties: false },
      apply: () => undefined,
    },
  },
})

describe('actions on a batch in hand', () => {
  const folders = temporaryFolder()
  after(() => folders.remove())

  const ways = {
    'one of arrays': [(b: ImagesBatch) => b.normalize({ scale: 255 }), data.p.normalize({ scale: 255 })],
    'one of images': [(b: ImagesBatch) => b.resize({ size: [3, 4] }), data.p.resize({ size: [3, 4] })],
    'several in a row': [
      (b: ImagesBatch) => b.flip({ mode: 'lr' }).rotate({ angle: 90 }).normalize({}),
      data.p.flip({ mode: 'lr' }).rotate({ angle: 90 }).normalize({}),
    ],
    'options that are expressions': [
      (b: ImagesBatch) => b.multiply({ multiplier: B('labels').at(0) }),
      data.p.multiply({ multiplier: B('labels').at(0) }),
    ],
    'options per item': [(b: ImagesBatch) => b.add({ term: P([1, 2, 3, 4]) }), data.p.add({ term: P([1, 2, 3, 4]) })],
  } as const
  for (const [what, [act, pipeline]] of Object.entries(ways)) {
    it(`does the same as a pipeline: ${what}`, async () => {
      const batch = data.createBatch([0, 1, 2, 3])
      expect(await act(batch)).to.equal(batch)
      expect(bytes(batch.images)).to.deep.equal(bytes((await pipeline.nextBatch(4)).images))
      expect(bytes(data.get('images')!)).to.deep.equal(bytes(images))
    })
  }

  it('calls that are not awaited one by one are done in order', async () => {
    const batch = data.createBatch([1])
    batch.applyParallel({ src: 'labels', fn: async (label: number) => label * 10, parallel: { concurrency: 2 } })
    await batch.applyParallel({ src: 'labels', fn: (label: number) => label + 1 })
    expect([...batch.labels.data]).to.deep.equal([61])
  })

  it('load and dump, of any class, of components that were added', async () => {
    writeFileSync(folders.in('table.csv'), 'id,labels\n0,3\n1,4\n')
    const batch = await ImagesBatch.fromData({}, [1, 0]).load({ src: folders.in('table.csv'), fmt: 'csv', dst: ['labels'] })
    expect([...batch.labels.data]).to.deep.equal([4, 3])
    const plain = PlainBatch.fromData({}, [0, 1])
    const [scores, object] = [new Map(), {} as Record<string, unknown>]
    await plain.addComponents({ names: 'scores', init: [7, 8] }).dump({ dst: scores, components: 'scores' })
    await plain.dump({ dst: F(() => object)(), components: 'scores' })
    expect([[...scores], object]).to.deep.equal([[[0, 7], [1, 8]], { 0: 7, 1: 8 }]) // biome-ignore format: one line
    expect((await rejectionOf(plain.dump({ dst: object, components: 'scores' }))).message).to.match(/F\(\(\) => scores\)/)
    plain.set('pictures', images.slice(0, 2))
    await plain.applyParallel({ src: 'pictures', fn: (picture: NdArray) => picture.cast('float32', 2) })
    expect((plain.get('pictures') as NdArray).dtype).to.equal('float32')
  })

  it('those of one’s own class; components and properties of a batch keep their names', async () => {
    const sounds = Sounds.fromData({ waves: [1, 2], louder: [0, 1] })
    await sounds.scaleWaves({ by: 3 })
    expect([sounds.waves.toNested(), sounds.louder.toNested(), sounds.length]).to.deep.equal([[3, 6], [0, 1], 2]) // biome-ignore format: one line
  })

  const wrong = [
    ['an option that is none', (b: any) => b.resize({ sizes: [2, 2] }), 'unknown-option', /resize has no option sizes/],
    ['a missing option', (b: any) => b.resize(), 'missing-argument', /resize needs size/],
    ['a wrong value', (b: any) => b.rotate({ angle: 'x' }), 'wrong-value', /angle of rotate/],
    ['options that are none', (b: any) => b.resize(3), 'wrong-value', /options of resize/],
    ['a component that is not there', (b: any) => b.flip({ src: 'imagez' }), 'unknown-name', /imagez.*Did you mean images/s],
    ['the first mistake of several actions', (b: any) => b.flip({ src: 'imagez' }).rotate({ angle: 5 }), 'unknown-name', /imagez/],
  ] as const
  for (const [what, call, code, message] of wrong) {
    it(`refuses ${what}, as a pipeline does`, async () => {
      const error = await rejectionOf(call(data.createBatch([0])))
      expect([error.code, message.test(error.message)], error.message).to.deep.equal([code, true])
      expect(error.message).to.match(/actions-in-hand\.test\.ts/)
    })
  }

  it('after a mistake the batch can still be worked on', async () => {
    const batch = data.createBatch([0])
    await batch.flip({ src: 'imagez' as never }).catch(() => undefined)
    await batch.normalize({})
    expect(batch.images.dtype).to.equal('float32')
  })

  it('draws derive from the place of the first item and the number of actions before', async () => {
    const salted = async (ids: readonly number[], times: number) => {
      const batch = data.createBatch(ids)
      for (let i = 0; i < times; i++) await batch.salt({ pNoise: 0.3 })
      return [...batch.images.data]
    }
    expect(await salted([0, 1], 1)).to.deep.equal(await salted([0, 1], 1))
    expect(await salted([0, 1], 1)).not.to.deep.equal(await salted([0, 1], 2))
    const grains = async (ids: readonly number[]) => {
      const flat = ImagesBatch.fromData({ images: NdArray.zeros([2, 9, 9, 1], 'uint8') })
      const batch = data.createBatch(ids)
      batch.images = flat.images
      return [...(await batch.salt({ pNoise: 0.3 })).images.data]
    }
    expect(await grains([0, 1])).not.to.deep.equal(await grains([1, 2]))
  })

  it('a pipeline processes a batch in hand: with its dataset or without, by a seed', async () => {
    const augment = template(ImagesBatch).salt({ pNoise: 0.3 })
    const salted = async (seed: number) => [...(await augment.executeFor(data.createBatch([0]), { seed })).images.data]
    expect(await salted(1)).to.deep.equal(await salted(1))
    expect(await salted(1)).not.to.deep.equal(await salted(2))
    const counting = data.p.initVariable('n', { default: 0 }).update(V('n'), V('n').add(I())).normalize({})
    const batch = ImagesBatch.fromData({ images: images.slice(0, 1) })
    expect(await counting.executeFor(batch)).to.equal(batch)
    expect([counting.v('n'), batch.images.dtype]).to.deep.equal([1, 'float32'])
  })
})
