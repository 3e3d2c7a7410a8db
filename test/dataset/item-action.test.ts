import { expect } from 'chai'
import { component } from '../../src/dataset/batch/component.js'
import { defineBatch } from '../../src/dataset/batch/define-batch.js'
import { ImagesBatch } from '../../src/dataset/images/images-batch.js'
import { closeWorkers } from '../../src/parallel/index.js'
import { PerItem } from '../../src/pipeline/index.js'
import { NdArray } from '../../src/util/nd-array.js'
import { addNoise, cutRows, double, functionsModule, noise, sumOf } from '../support/item-functions.js'
import { rejectionOf } from './error-of.js'

const Pictures = defineBatch({
  name: 'Pictures',
  extends: ImagesBatch,
  components: { parts: component.list<NdArray>('arrays of any shape') },
  actions: { noise },
})
const { applyParallel } = Pictures.actions
const context = { seed: 7 }

const images = (count = 5) => NdArray.from(Array.from({ length: count * 6 }, (_, i) => i)).reshape([count, 3, 2])
const make = (count = 5) =>
  Pictures.fromData(
    { images: images(count), masks: images(count), labels: Array.from({ length: count }, (_, i) => i) },
    Array.from({ length: count }, (_, i) => `id${i}`),
  )
const numbersOf = (value: unknown) => (value as NdArray).toNested()

describe('actions that work item by item', () => {
  after(closeWorkers)

  it('write the results as one array, by seeds of their own', async () => {
    const [a, b, other] = [make(), make(), make()]
    await Pictures.actions.noise.apply(a, {}, context)
    await Pictures.actions.noise.apply(b, {}, context)
    await Pictures.actions.noise.apply(other, {}, { seed: 8 })
    expect([a.images.shape, a.images.dtype]).to.deep.equal([[5, 3, 2], 'float32'])
    expect(numbersOf(a.images)).to.deep.equal(numbersOf(b.images)).and.not.deep.equal(numbersOf(other.images))
    const draws = Array.from(a.images.data, (value, i) => value - i)
    expect(new Set(draws.map(draw => draw.toFixed(4))).size).to.be.above(28)
  })

  it('src and dst: names, lists with the same seeds, several at once', async () => {
    const batch = make()
    await applyParallel.apply(
      batch,
      { src: ['images', 'masks'], dst: ['noisy', 'noisyMasks'], fn: addNoise, options: { scale: 3 } },
      context,
    )
    expect(numbersOf(batch.get('noisy'))).to.deep.equal(numbersOf(batch.get('noisyMasks')))
    await applyParallel.apply(batch, { src: [['noisy', 'masks']], dst: 'sum', fn: sumOf }, context)
    expect((batch.get('sum') as NdArray).data[3]).to.be.closeTo((batch.get('noisy') as NdArray).data[3]! + 3, 1e-5)
    await applyParallel.apply(batch, { src: 'images', dst: [['one', 'two']], fn: (image: NdArray) => [image, image.data[0]] }, context)
    expect([numbersOf(batch.get('one')), batch.get('two')]).to.deep.equal([numbersOf(images()), [0, 6, 12, 18, 24]])
  })

  it('numbers of a component of numbers stay what they are if they can', async () => {
    const batch = make(3)
    await applyParallel.apply(batch, { src: 'labels', fn: double }, context)
    expect([batch.labels.dtype, numbersOf(batch.labels)]).to.deep.equal(['int32', [0, 2, 4]])
    await applyParallel.apply(batch, { src: 'labels', dst: 'halves', fn: (value: number) => value / 4 }, context)
    expect(numbersOf(batch.get('halves'))).to.deep.equal([0, 0.5, 1])
  })

  it('p: an item is changed or stays as it is, one draw an item for all components', async () => {
    const batch = make(200)
    await applyParallel.apply(batch, { src: ['images', 'masks'], p: 0.3, fn: addNoise, options: { scale: 1000 } }, context)
    const changed = (array: NdArray) => Array.from({ length: 200 }, (_, i) => array.data[6 * i + 1] !== 6 * i + 1)
    expect(changed(batch.images)).to.deep.equal(changed(batch.masks))
    expect(changed(batch.images).filter(Boolean).length).to.be.within(40, 80)
    const own = make(4)
    await applyParallel.apply(own, { src: 'images', p: new PerItem([0, 1, 0, 1]) as never, fn: addNoise }, context)
    expect(Array.from({ length: 4 }, (_, i) => own.images.data[6 * i] !== 6 * i)).to.deep.equal([false, true, false, true])
  })

  it('an option of one value an item is taken apart, wherever it stands', async () => {
    const batch = make(2)
    const seen: unknown[] = []
    const options = { a: new PerItem([1, 2]), b: [new PerItem(NdArray.from([3, 4])), { c: new PerItem([5, 6]) }], d: 7 }
    await applyParallel.apply(batch, { src: 'images', options, fn: (image: NdArray, own: object) => seen.push(own) && image }, context)
    expect(seen).to.deep.equal([
      { a: 1, b: [3, { c: 5 }], d: 7 },
      { a: 2, b: [4, { c: 6 }], d: 7 },
    ])
    const wrong = applyParallel.apply(batch, { src: 'images', options: { a: new PerItem([1]) }, fn: addNoise }, context)
    expect((await rejectionOf(wrong as Promise<void>)).message).to.match(/a has a value.*1 values for items.*2, one per item/)
  })

  it('unequal results become a list where the component may be one', async () => {
    const batch = make(3)
    await applyParallel.apply(batch, { src: 'images', dst: 'parts', fn: cutRows }, context)
    expect(batch.parts.map(({ shape }) => shape)).to.deep.equal([
      [1, 2],
      [2, 2],
      [3, 2],
    ])
    batch.parts[0]!.data[0] = 99
    expect(batch.images.data[0]).to.equal(0)
    await applyParallel.apply(batch, { src: 'parts', dst: 'whole', fn: (part: NdArray) => part.slice(0, 1) }, context)
    expect((batch.get('whole') as NdArray).shape).to.deep.equal([3, 1, 2])
    const refused = await rejectionOf(applyParallel.apply(batch, { src: 'images', dst: 'labels', fn: cutRows }, context) as Promise<void>)
    expect([refused.code, refused.message]).to.satisfy(
      ([code, text]: [string, string]) => code === 'unequal-items' && /component labels.*3 kinds.*\[1, 2\]/.test(text),
    )
  })

  it('concurrency: so many at a time and no more, results in order, all are done before a failure is told', async () => {
    let [under, most, done] = [0, 0, 0]
    const fn = async (image: NdArray, _: object, { position }: { position: number }) => {
      most = Math.max(most, ++under)
      await new Promise(resolve => setTimeout(resolve, 12 - position))
      under--
      done++
      if (position === 9) throw new Error('nine')
      return image
    }
    const batch = make(8)
    await applyParallel.apply(batch, { src: 'images', dst: 'same', fn, parallel: { concurrency: 3 } }, context)
    expect([most, numbersOf(batch.get('same'))]).to.deep.equal([3, numbersOf(images(8))])
    done = 0
    const failing = applyParallel.apply(make(12), { src: 'images', fn, parallel: { concurrency: 4 } }, context)
    expect([(await rejectionOf(failing as Promise<void>)).message, done]).to.satisfy(
      ([text, count]: [string, number]) => count === 12 && /1 of 12 items failed.*nine.*id9/.test(text),
    )
  })

  it("per 'batch' gives the function the whole component", async () => {
    const batch = make(4)
    const fn = (all: NdArray) => all.cast('float32', 2)
    await applyParallel.apply(batch, { src: 'images', fn, per: 'batch' }, context)
    expect([batch.images.shape, batch.images.data[5]]).to.deep.equal([[4, 3, 2], 10])
    const parallel = { module: functionsModule, export: 'addNoise', workers: 1 }
    await applyParallel.apply(batch, { src: 'masks', per: 'batch', parallel }, context)
    expect(batch.masks.shape).to.deep.equal([4, 3, 2])
  })

  describe('refuses', () => {
    const rows = [
      ['a misspelt component', { src: 'imagse', fn: addNoise }, /Did you mean images/],
      ['lists of other lengths', { src: ['images', 'masks'], dst: ['a'], fn: addNoise }, /dst.*as many components as src has: 2/],
      ['src that is no name', { src: [[]], fn: addNoise }, /src.*a list of names/],
      ['p above 1', { src: 'images', p: 2, fn: addNoise }, /p of .*from 0 to 1/],
      ['half a thread', { src: 'images', fn: addNoise, parallel: { workers: 0.5 } }, /parallel\/workers of .*an integer from 0 to 64/],
      ['no concurrency', { src: 'images', fn: addNoise, parallel: { concurrency: 0 } }, /parallel\/concurrency of .*of at least 1/],
      ['threads and concurrency', { src: 'images', parallel: { module: functionsModule, workers: 1, concurrency: 2 } }, /not both/],
      ['a misspelt key', { src: 'images', fn: addNoise, parallel: { worker: 1 } }, /parallel of .* has no option worker.*workers/],
      ['no function', { src: 'images' }, /needs fn or parallel: \{ module \}/],
      ['two functions', { src: 'images', fn: addNoise, parallel: { module: functionsModule } }, /exclude each other/],
      [
        'a function for threads',
        { src: 'images', fn: addNoise, parallel: { workers: 2 } },
        /addNoise cannot run in other threads.*Move it to a module/,
      ],
      [
        'a module that is not there',
        { src: 'images', parallel: { module: './nowhere.mjs' } },
        /nowhere\.mjs cannot be loaded.*relative to the working directory/,
      ],
      ['a function that is not there', { src: 'images', parallel: { module: functionsModule, export: 'addNose' } }, /addNose.*addNoise/],
      ['the same in threads', { src: 'images', parallel: { module: functionsModule, export: 'addNose', workers: 2 } }, /addNose/],
      [
        'p of several components that become one',
        { src: [['images', 'masks']], dst: 'sum', p: 0.5, fn: sumOf },
        /p has a value.*2 components read, 1 written/,
      ],
    ] as const
    for (const [what, options, words] of rows) {
      it(what, async () => {
        const error = await rejectionOf((async () => applyParallel.apply(make(), options as never, context))())
        expect(error.message).to.match(words)
      })
    }
  })
})
