import { expect } from 'chai'
import { Dataset, ImagesBatch } from '../../../src/dataset/index.js'
import { NdArray } from '../../../src/util/nd-array.js'

describe('an edit in place is neither lost nor seen by others', () => {
  const source = Float32Array.of(10, 20, 30, 40)
  const data = new Dataset(4, ImagesBatch, { preloaded: { images: source, labels: [1, 2, 3, 4] } })

  for (const [what, edit] of [
    ['the array of a component', (batch: ImagesBatch) => void batch.images.data.fill(555, 0, 1)],
    ['a component that get gave', (batch: ImagesBatch) => void batch.get('images')!.data.fill(555, 0, 1)],
    ['an item', (batch: ImagesBatch) => batch.item(0).set('images', 555)],
  ] as const) {
    it(`${what}: the batch has it, the dataset, later batches and the data given do not`, () => {
      const batch = data.batchByPos([0, 1, 2, 3])
      edit(batch)
      expect(batch.images.toNested()).to.deep.equal([555, 20, 30, 40])
      expect(data.batchByPos([0]).images.toNested()).to.deep.equal([10])
      expect([source[0], data.get('images')!.data[0]]).to.deep.equal([10, 10])
    })
  }

  it('the next action of a pipeline has it', async () => {
    const small = new Dataset(2, ImagesBatch, { preloaded: { images: Float32Array.of(1, 2) } })
    const batch = await small.p
      .call(batch => void batch.images.data.fill(8, 0, 1))
      .normalize({ scale: 2 })
      .nextBatch(2)
    expect(batch.images).to.deep.equal(NdArray.from([4, 1]))
  })
})
