/** BatchFlow's own tests of functions applied to items, as vectors. */
import { expect } from 'chai'
import { component } from '../../src/dataset/batch/component.js'
import { defineBatch } from '../../src/dataset/batch/define-batch.js'
import { Dataset } from '../../src/dataset/dataset.js'
import { closeWorkers } from '../../src/parallel/index.js'
import { C, P, PP, R, V } from '../../src/pipeline/index.js'
import { NdArray } from '../../src/util/nd-array.js'
import { rejectionOf } from '../dataset/error-of.js'
import { addNoise, functionsModule } from '../support/item-functions.js'

const Batch = defineBatch({
  name: 'ThreeBatch',
  components: { images: component.array('[n, 3, 1]'), masks: component.array('[n, 3, 1]'), outputs: component.array('[n, 3, 1]') },
})
const length = 12
const values = () => NdArray.from(Array.from({ length: length * 3 }, (_, i) => i)).reshape([length, 3, 1])
const data = () => new Dataset(length, Batch, { preloaded: { images: values(), masks: values() } })
const one = () => Batch.fromData({ images: values(), masks: values() })
const { applyParallel } = Batch.actions
const context = { seed: 3 }

/** Adds the values of an option, by the rules of numpy: one for all, or one for each row. */
const addAll = (item: NdArray, { term }: { term: number | NdArray }) => {
  const terms = typeof term === 'number' ? [term] : term.data
  return new NdArray(
    item.data.map((value, i) => value + terms[i % terms.length]!),
    item.shape,
  )
}
const addToBoth = (items: readonly NdArray[], options: { term: number | NdArray }) => items.map(item => addAll(item, options))

describe('conformance: functions of items', () => {
  after(closeWorkers)

  describe('options by P and PP', () => {
    const terms = {
      'P(R normal)': P(R('normal', 0, 1)),
      'PP(R normal)': PP(R('normal', 0, 1)),
      'P(R normal of size 3)': P(R('normal', 0, 1, { size: 3 })),
      'PP(R normal of size 3)': PP(R('normal', 0, 1, { size: 3 })),
      'P(R of the config)': P(R('normal', C('mean'), C('std'))),
      'P(V array)': P(V('array')),
      'PP(V array)': PP(V('rows')),
      'P(C array)': P(C('array')),
    }
    for (const [what, term] of Object.entries(terms)) {
      for (const src of ['images', ['images', 'masks'], [['images', 'masks']]]) {
        it(`${what}, src ${JSON.stringify(src)}`, async () => {
          const fn = Array.isArray(src) && Array.isArray(src[0]) ? addToBoth : addAll
          const array = Array.from({ length: 4 }, (_, i) => i + 0.5)
          const p = data()
            .p.setConfig({ mean: 2, std: 0.5, array })
            .initVariable('array', { initOnEachRun: NdArray.from(array) })
            .initVariable('rows', { initOnEachRun: NdArray.from([1, 2, 3]) })
            .applyParallel({ src, fn, options: { term } })
          const batch = await p.nextBatch(4)
          expect(batch.images.shape).to.deep.equal([4, 3, 1])
          expect(batch.images.data).not.to.deep.equal(values().slice(0, 4).data)
          if (src !== 'images') expect(batch.images.data).to.deep.equal(batch.masks.data)
        })
      }
    }
  })

  describe('results become components', () => {
    const put = async (results: readonly unknown[], options: object) => {
      const batch = Batch.fromData({ images: values() })
      await applyParallel.apply(
        batch,
        { src: 'images', fn: (_: NdArray, __: object, { position }: { position: number }) => results[position % 2], ...options } as never,
        context,
      )
      return batch
    }
    it('one destination', async () => {
      const batch = await put([0, 1], { dst: 'c1' })
      expect([batch.get('c1'), batch.get('c2')]).to.deep.equal([Array.from({ length }, (_, i) => i % 2), undefined])
    })
    it('two destinations take the entries apart', async () => {
      const batch = await put(
        [
          [0, 2],
          [1, 3],
        ],
        { dst: [['c1', 'c2']] },
      )
      expect(batch.get('c1')).to.deep.equal(Array.from({ length }, (_, i) => i % 2))
      expect(batch.get('c2')).to.deep.equal(Array.from({ length }, (_, i) => 2 + (i % 2)))
    })
    it('without dst it is src', async () => {
      const batch = await put([NdArray.from([1]), NdArray.from([2])], {})
      expect(batch.images.shape).to.deep.equal([length, 1])
    })
    it('an item that fails fails the action', async () => {
      const failing = applyParallel.apply(
        one(),
        {
          src: 'images',
          fn: () => {
            throw new Error('no')
          },
        },
        context,
      ) as Promise<void>
      expect((await rejectionOf(failing)).code).to.equal('items-failed')
    })
  })

  describe('applyParallel', () => {
    const times = (item: NdArray) =>
      new NdArray(
        item.data.map(value => value * 42),
        item.shape,
      )
    const times42 = (array: NdArray) => Array.from(array.data, value => value * 42)
    it('images → masks', async () => {
      const batch = one()
      await applyParallel.apply(batch, { src: 'images', dst: 'masks', fn: times }, context)
      expect(Array.from(batch.masks.data)).to.deep.equal(times42(values()))
      expect(batch.images.data).to.deep.equal(values().data)
    })
    it('[images, masks] → [o1, o2]', async () => {
      const batch = one()
      await applyParallel.apply(batch, { src: ['images', 'masks'], dst: ['o1', 'o2'], fn: times }, context)
      for (const name of ['o1', 'o2']) expect(Array.from((batch.get(name) as NdArray).data)).to.deep.equal(times42(values()))
    })
    it('(images, masks) → outputs', async () => {
      const batch = one()
      const sum = ([a, b]: readonly NdArray[]) =>
        new NdArray(
          a!.data.map((value, i) => 42 * (value + b!.data[i]!)),
          a!.shape,
        )
      await applyParallel.apply(batch, { src: [['images', 'masks']], dst: 'outputs', fn: sum }, context)
      expect(Array.from(batch.outputs.data)).to.deep.equal(times42(values()).map(value => 2 * value))
    })
    it('a seed for each item: the same noise for the members of a list, another for each item, below 1', async () => {
      const batch = one()
      await applyParallel.apply(batch, { src: ['images', 'masks'], fn: addNoise }, context)
      expect(batch.images.data).to.deep.equal(batch.masks.data)
      const noise = Array.from(batch.images.data, (value, i) => value - i)
      expect(noise.every(value => value >= 0 && value < 1)).to.equal(true)
      expect(new Set(noise).size).to.be.above(30)
    })
    it('nextBatch(8, { shuffle: 42 }) twice gives identical outputs', async () => {
      const p = data().p.applyParallel({ src: 'images', dst: 'outputs', fn: addNoise })
      const [a, b] = [await p.named('a').nextBatch(8, { shuffle: 42 }), await p.named('b').nextBatch(8, { shuffle: 42 })]
      expect(a.outputs.data).to.deep.equal(b.outputs.data)
      expect([...a.indices]).to.deep.equal([...b.indices])
    })
    it('the same in threads', async () => {
      const parallel = { module: functionsModule, export: 'addNoise', workers: 2 }
      const [here, there] = [one(), one()]
      await applyParallel.apply(here, { src: 'images', fn: addNoise }, context)
      await applyParallel.apply(there, { src: 'images', parallel }, context)
      expect(here.images.data).to.deep.equal(there.images.data)
    })
  })
})
