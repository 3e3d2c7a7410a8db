import { expect } from 'chai'
import { component, Dataset, defineBatch } from '../../src/dataset/index.js'
import { NdArray } from '../../src/util/nd-array.js'
import { errorOf } from './error-of.js'

const Sounds = defineBatch({
  name: 'Sounds',
  components: { waves: component.array('samples'), labels: component.array('classes', 'int32'), words: component.list<string>('words') },
})
const sounds = () =>
  Sounds.fromData(
    {
      waves: [
        [1, 2],
        [3, 4],
        [5, 6],
      ],
      labels: [7, 8, 9],
      words: ['a', 'b', 'c'],
    },
    ['x', 'y', 'x'],
  )

describe('an item of a batch', () => {
  it('is a view with the components of its class', () => {
    const batch = sounds()
    const item = batch.itemAt(1)
    expect([item.id, item.position, item.labels, item.words, (item.waves as NdArray).toNested()]).to.deep.equal(['y', 1, 8, 'b', [3, 4]])
    expect(item.batch).to.equal(batch)
    ;(item.waves as NdArray).data[0] = 30
    expect(batch.waves.toNested()).to.deep.equal([
      [1, 2],
      [30, 4],
      [5, 6],
    ])
  })

  it('is found by its id; of ids that repeat it is the last', () => {
    expect([sounds().item('y').words, sounds().item('x').words]).to.deep.equal(['b', 'c'])
    expect(errorOf(() => sounds().item('z')).code).to.equal('unknown-id')
    expect(errorOf(() => sounds().itemAt(3)).code).to.equal('position-outside')
  })

  it('writes into the batch, and nowhere else', () => {
    const words = ['a', 'b', 'c']
    const batch = sounds()
    batch.words = words
    const item = batch.itemAt(2)
    item.words = 'C'
    item.labels = 90
    item.waves = NdArray.from([50, 60])
    expect([batch.words, batch.labels.toNested(), batch.waves.toNested()]).to.deep.equal([
      ['a', 'b', 'C'],
      [7, 8, 90],
      [
        [1, 2],
        [3, 4],
        [50, 60],
      ],
    ])
    expect(words).to.deep.equal(['a', 'b', 'c'])
  })

  it('has components its class does not declare, by get and set', () => {
    const batch = sounds()
    expect(batch.itemAt(0).get('scores')).to.equal(undefined)
    batch.set('scores', NdArray.from([0, 1, 2]))
    batch.itemAt(1).set('scores', 10)
    expect([...batch].map(item => item.get('scores'))).to.deep.equal([0, 10, 2])
  })

  it('items are walked in order', () => {
    expect([...sounds()].map(({ id, labels }) => [id, labels])).to.deep.equal([
      ['x', 7],
      ['y', 8],
      ['x', 9],
    ])
  })

  for (const [what, write, code] of [
    [
      'another shape',
      () =>
        sounds()
          .itemAt(0)
          .set('waves', NdArray.from([1, 2, 3])),
      'item-value',
    ],
    ['a number for an array', () => sounds().itemAt(0).set('waves', 1), 'item-value'],
    ['text for a number', () => sounds().itemAt(0).set('labels', 'a'), 'item-value'],
    ['a component that is not there', () => sounds().itemAt(0).set('scores', 1), 'component-absent'],
    ['reading a declared component without a value', () => Sounds.fromData({ labels: [1] }).itemAt(0).words, 'component-absent'],
  ] as const) {
    it(`refuses ${what}`, () => expect(errorOf(write).code).to.equal(code))
  }
})

describe('a batch', () => {
  it('deepCopy shares nothing, down to the entries of lists', () => {
    const batch = new Dataset(2, Sounds, { preloaded: { waves: [[1], [2]], words: ['a', 'b'] } }).batchByPos([0, 1])
    batch.set('boxes', [{ at: [1, 2] }, { at: [3, 4] }])
    const copy = batch.deepCopy()
    copy.waves.data[0] = 9
    ;(copy.get('boxes') as { at: number[] }[])[0]!.at[0] = 9
    expect([batch.waves.data[0], batch.get('boxes'), copy.componentNames, copy.dataset]).to.deep.equal([
      1,
      [{ at: [1, 2] }, { at: [3, 4] }],
      ['waves', 'words', 'boxes'],
      batch.dataset,
    ])
  })
  it('knows its dataset', () => {
    const data = new Dataset(2, Sounds)
    expect([data.batchByPos([0]).dataset, Sounds.fromData({}).dataset]).to.deep.equal([data, undefined])
  })
})
