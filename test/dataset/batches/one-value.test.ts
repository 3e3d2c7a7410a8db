import { readFileSync } from 'node:fs'
import { expect } from 'chai'
import { B, component, Dataset, defineBatch, mergeBatches, NdArray, PlainBatch, V } from '../../../src/index.js'
import { NumbersBatch, numbers } from '../../support/numbers.js'
import { temporaryFolder } from '../../support/temporary-folder.js'
import { errorOf, rejectionOf } from '../error-of.js'

const Scans = defineBatch({
  name: 'Scans',
  components: { scans: component.array('scans, [n, k]'), spacing: component.value<number>('millimetres'), patient: component.value<{ age: number }>('of whom') },
}) // biome-ignore format: one line a component

describe('components that are one value for the batch', () => {
  const folders = temporaryFolder()
  after(() => folders.remove())

  const values: readonly (readonly [string, unknown])[] = [
    ['a number', 5],
    ['a string', 'left'],
    ['true', true],
    ['an object', { age: 40, deep: [1, 2] }],
    ['a map', new Map([['a', 1]])],
    ['an array without axes', NdArray.from(3)],
  ]
  for (const [what, value] of values) {
    it(`${what}: saved, read, of each item, kept by merge and copies`, async () => {
      const p = numbers(4).p.initVariable('read').update(B('one'), value).update(V('read'), B('one' as never)) // biome-ignore format: one line
      const batch = await p.nextBatch(3)
      expect([batch.get('one'), p.v('read'), batch.itemAt(2).get('one')]).to.deep.equal([value, value, value])
      const { merged, rest } = mergeBatches([batch, batch], 4)
      expect([merged.get('one'), rest!.get('one'), batch.deepCopy().get('one')]).to.deep.equal([value, value, value])
    })
  }

  it('are declared, with a type, of a dataset, a subset and a concatenation', () => {
    const scans = NdArray.zeros([4, 2])
    const data = new Dataset(4, Scans, { preloaded: { scans, spacing: 0.5, patient: { age: 40 } } })
    const batch = data.createSubset([1, 3]).concat(data).createBatch([3, 0])
    const spacing: number = batch.spacing
    expect([spacing, batch.patient.age, batch.itemAt(0).spacing, data.get('spacing')]).to.deep.equal([0.5, 40, 0.5, 0.5])
    batch.spacing = 2
    expect([batch.spacing, data.createBatch([0]).spacing]).to.deep.equal([2, 0.5])
    expect(Scans.fromData({ spacing: 1, scans: [[1, 2]] }).length).to.equal(1)
    expect(errorOf(() => batch.set('spacing', [1, 2] as never)).code).to.equal('component-value')
  })

  it('of actions: added, given to each item, written to tables', async () => {
    const batch = NumbersBatch.fromData({ x: [1, 2, 3] })
    await batch.addComponents({ names: ['by', 'side'], init: [10, 'left'] })
    await batch.applyParallel({ src: [['x', 'by']], dst: ['y'], fn: ([x, by]: [number, number]) => x * by })
    expect(batch.y.toNested()).to.deep.equal([10, 20, 30])
    await batch.dump({ dst: folders.in('table.csv'), fmt: 'csv', components: ['x', 'side'] })
    expect(readFileSync(folders.in('table.csv'), 'utf8').trim().split('\n')).to.deep.equal([
      'id,x,side',
      '0,1,left',
      '1,2,left',
      '2,3,left',
    ])
    expect((await rejectionOf(batch.dump({ dst: folders.in('no'), fmt: 'csv', components: ['nothing'] }))).code).to.equal(
      'component-absent',
    )
  })

  it('stay with what a rebatch keeps, through a saved state', async () => {
    const described = () => numbers(8).p.update(B('one'), { side: 'left' }).rebatch(2)
    const [saved, restored] = [described(), described()]
    await saved.nextBatch(3)
    await saved.saveState(folders.in('state'))
    await restored.restoreState(folders.in('state'))
    const batch = await restored.nextBatch()
    expect([batch.indices.length, batch.get('one')]).to.deep.equal([2, { side: 'left' }])
  })

  it('that differ are not merged', () => {
    const [one, other] = [PlainBatch.fromData({}, [0]), PlainBatch.fromData({}, [1])]
    one.set('side', 'left')
    other.set('side', 'right')
    const error = errorOf(() => mergeBatches([one, other]))
    expect([error.code, /"left".*"right"/s.test(error.message)], error.message).to.deep.equal(['join-mismatch', true])
  })
})
