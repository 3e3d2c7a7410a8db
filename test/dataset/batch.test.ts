import { expect } from 'chai'
import * as baseActions from '../../src/dataset/batch/base-actions.js'
import { type Batch, component, defineBatch, ImagesBatch } from '../../src/dataset/index.js'
import { NdArray } from '../../src/util/nd-array.js'
import { errorOf } from './error-of.js'

const SoundBatch = defineBatch({
  name: 'SoundBatch',
  components: { waves: component.array('samples'), words: component.list<string>('what is said') },
  actions: {
    amplify: {
      summary: 'Multiplies the waves.',
      schema: { type: 'object' },
      apply: (batch, { by }: { by: number }) => {
        batch.waves = batch.waves.cast('float32', by)
      },
    },
  },
})
const sounds = () =>
  SoundBatch.fromData({
    waves: [
      [1, 2],
      [3, 4],
      [5, 6],
    ],
    words: ['a', 'b', 'c'],
  })

describe('a batch', () => {
  it('has its declared components as properties', () => {
    const batch = sounds()
    expect([batch.waves.shape, batch.words, batch.length, batch.indices, [...batch.positions]]).to.deep.equal([
      [3, 2],
      ['a', 'b', 'c'],
      3,
      [0, 1, 2],
      [0, 1, 2],
    ])
    expect(batch.componentNames).to.deep.equal(['waves', 'words'])
    expect(batch.constructor.name).to.equal('SoundBatch')
  })

  it('keeps an in-place edit, and no other batch or source sees it', () => {
    const source = NdArray.from([1, 2, 3])
    const first = SoundBatch.fromData({ waves: source })
    const second = SoundBatch.fromData({ waves: source })
    first.waves.data[0] = 99
    expect([first.waves.data[0], first.get('waves')!.data[0], second.waves.data[0], source.data[0]]).to.deep.equal([99, 99, 1, 1])
  })

  it('reads the same object each time', () => {
    const batch = sounds()
    expect(batch.waves).to.equal(batch.waves)
    expect(batch.waves).to.equal(batch.get('waves'))
  })

  it('takes new values, also as typed arrays and lists', () => {
    const batch = sounds()
    batch.set('waves', new Float32Array([7, 8, 9]) as never)
    expect(batch.waves.toNested()).to.deep.equal([7, 8, 9])
    batch.words = ['x', 'y', 'z']
    expect(batch.get('words')).to.deep.equal(['x', 'y', 'z'])
  })

  it('takes new components', () => {
    const batch = sounds()
    batch.set('scores', NdArray.from([1, 0, 1]))
    expect([batch.componentNames, batch.has('scores'), batch.has('nothing')]).to.deep.equal([['waves', 'words', 'scores'], true, false])
    expect((batch.get('scores') as NdArray).toNested()).to.deep.equal([1, 0, 1])
  })

  it('a component it does not have: get gives undefined, the property says what there is', () => {
    const batch = SoundBatch.fromData({ words: ['a'] })
    expect(batch.get('waves')).to.equal(undefined)
    const error = errorOf(() => batch.waves)
    expect(error.code).to.equal('component-absent')
    expect(error.message).to.match(/this SoundBatch has no waves yet\. Seen: components words\./)
  })

  describe('refuses', () => {
    const rows: readonly (readonly [what: string, call: (batch: Batch<any>) => void, code: string, words: RegExp])[] = [
      ['another number of entries', batch => batch.set('waves', NdArray.from([1, 2])), 'component-length', /2 entries.*3/],
      ['a list of strings for numbers', batch => batch.set('waves', ['a', 'b', 'c']), 'component-value', /waves/],
      ['uneven lists', batch => batch.set('waves', [[1], [2, 3], []]), 'component-value', /nested lists of numbers/],
      ['an array for a list', batch => batch.set('words', NdArray.from([1, 2, 3])), 'component-value', /float32 array of shape \[3\]/],
      ['a number for an array', batch => batch.set('waves', 3), 'component-value', /3/],
      ['a number for a list', batch => batch.set('words', 3), 'component-value', /3/],
      ['nothing', batch => batch.set('new', null as never), 'component-value', /null/],
      ['a function', batch => batch.set('new', () => 3), 'component-value', /a function/],
      ['a promise', batch => batch.set('new', Promise.resolve(3)), 'component-value', /a Promise/],
      ['the name of its own property', batch => batch.set('length', [1, 2, 3]), 'component-name', /length/],
      ['a name no property can have', batch => batch.set('a/b', [1, 2, 3]), 'component-name', /a\/b/],
      ['BigInt arrays', batch => batch.set('new', new BigInt64Array(3) as never), 'component-value', /BigInt64Array/],
    ]
    for (const [what, call, code, words] of rows) {
      it(what, () => {
        const error = errorOf(() => call(sounds()))
        expect([error.code, words.test(error.message)], error.message).to.deep.equal([code, true])
      })
    }
    it('components of different lengths', () => {
      expect(errorOf(() => SoundBatch.fromData({ waves: [1, 2], words: ['a'] })).code).to.equal('component-length')
    })
  })

  it('has the ids it is given', () => {
    expect(SoundBatch.fromData({ words: ['a', 'b'] }, ['x', 'y']).indices).to.deep.equal(['x', 'y'])
  })
})

describe('defineBatch', () => {
  it('gives components and actions as plain tables', () => {
    expect([SoundBatch.name, SoundBatch.components, Object.keys(SoundBatch.actions)]).to.deep.equal([
      'SoundBatch',
      ['waves', 'words'],
      [...Object.keys(baseActions), 'amplify'],
    ])
    const batch = sounds()
    SoundBatch.actions.amplify.apply(batch, { by: 2 }, { seed: 0 })
    expect(batch.waves.toNested()).to.deep.equal([
      [2, 4],
      [6, 8],
      [10, 12],
    ])
  })

  it('extends another class: its components and actions are there too', () => {
    const Labelled = defineBatch({ name: 'Labelled', extends: ImagesBatch, components: { names: component.list<string>('names') } })
    expect(Labelled.components).to.deep.equal(['images', 'labels', 'masks', 'names'])
    const batch = Labelled.fromData({ images: new Uint8Array([0, 255]), names: ['a', 'b'] })
    Labelled.actions.normalize.apply(batch, { scale: 255 }, { seed: 0 })
    expect([batch.images.toNested(), batch.names]).to.deep.equal([
      [0, 1],
      ['a', 'b'],
    ])
  })

  for (const name of ['length', 'get', 'positions', 'batchClass', 'constructor', 'a-b', '']) {
    it(`refuses a component called ${JSON.stringify(name)}`, () => {
      expect(errorOf(() => defineBatch({ name: 'Bad', components: { [name]: component.array('') } })).code).to.equal('component-name')
    })
  }
})
