import { expect } from 'chai'
import { B, C, component, D, Dataset, type Destination, defineBatch, F, I, IF, L, NdArray, P, R, V, W } from '../../../src/index.js'

const BoxesBatch = defineBatch({
  name: 'BoxesBatch',
  components: { x: component.array('numbers, [n]'), boxes: component.list<{ w: number; tags: string[] }>('boxes') },
})

/** Two batches of two: x = 0, 1 and 2, 3; boxes as wide as x. */
function boxes() {
  const preloaded = { x: [0, 1, 2, 3], boxes: [0, 1, 2, 3].map(w => ({ w, tags: ['a', 'b'] })) }
  return new Dataset(4, BoxesBatch, { name: 'boxes', preloaded }).p
    .setConfig({ kept: 100, deep: { a: 1, list: [1] } })
    .initVariable('v')
    .initVariable('w')
    .initVariable('list', { default: [1, 2, 3] })
    .initVariable('object', { default: { a: { b: 1 } } })
    .initVariable('rows', { default: NdArray.from([[1, 2], [3, 4]]) }) // biome-ignore format: one line reads as a matrix
}

const nested = (value: unknown): unknown => (value instanceof NdArray ? value.toNested() : value)

describe('saving', () => {
  const v = V('v')
  const cases: [string, Destination, unknown, (p: any) => unknown, unknown][] = [
    ['a variable', v, 5, p => p.v('v'), 5],
    ['a mode inside the place', V('list', { mode: 'append' }), 4, p => p.v('list'), [1, 2, 3, 4]],
    ['a place whose name is an expression', V(C('name', { default: 'w' })), 5, p => p.v('w'), 5],
    ['an item, from the end', V('list').at(-1), 9, p => p.v('list'), [1, 2, 9]],
    ['a slice of a list', V('list').at(0, 2), [8, 9], p => p.v('list'), [8, 9, 3]],
    ['a key, and one deep in it', V('object').at('a').at('c'), 2, p => p.v('object'), { a: { b: 1, c: 2 } }],
    ['an attribute of an object', V('object').attr('z'), 2, p => p.v('object'), { a: { b: 1 }, z: 2 }],
    ['a row of an array, broadcast', V('rows').at(0), 7, p => nested(p.v('rows')), [[7, 7], [3, 4]]],
    ['rows of an array, by a list of numbers', V('rows').at(0, null), [5, 6], p => nested(p.v('rows')), [[5, 6], [5, 6]]],
    ['every other row, from the end', V('rows').at(null, null, -1), [[1, 1], [2, 2]], p => nested(p.v('rows')), [[2, 2], [1, 1]]],
    ['an element of a row', V('rows').at(1).at(0), 9, p => nested(p.v('rows')), [[1, 2], [9, 4]]],
    ['the config: what is beside it stays', C('deep/b'), 2, p => p.config.toJSON(), { kept: 100, deep: { a: 1, list: [1], b: 2 } }],
    ['what a function gives', F(() => shared)().at('k'), 3, () => shared, { k: 3 }],
    ['a list of places', [v, [V('w'), V('list').at(0)]], [1, [2, 3]], p => [p.v('v'), p.v('w'), p.v('list')], [1, 2, [3, 2, 3]]],
    ['a list of places takes an array apart', [v, V('w')], NdArray.from([[1, 2], [3, 4]]), p => [nested(p.v('v')), nested(p.v('w'))], [[1, 2], [3, 4]]],
    ['an object of places; more values are left', { a: v, b: V('w') }, { a: 1, b: 2, c: 3 }, p => [p.v('v'), p.v('w')], [1, 2]],
  ] // biome-ignore format: a case a line
  const shared: Record<string, number> = {}

  for (const [name, place, value, read, expected] of cases) {
    it(name, async () => {
      const p = boxes().update(place, value)
      await p.nextBatch(2)
      expect(read(p)).to.deep.equal(expected)
    })
  }

  it('components: new ones, items of them, by the batch itself, item by item', async () => {
    const p = boxes()
      .update(B('new'), B('x').mul(2))
      .update(B('new').at(0), 50)
      .update(B().attr('x'), [7, 8])
      .update(L('copies'), L('boxes').attr('w'))
      .update(L('boxes').attr('w'), [10, 20])
      .update(L('boxes').attr('tags').at(-1), P(['c', 'd']))
    const batch = await p.nextBatch(2)
    expect(['new', 'x', 'copies', 'boxes'].map(one => nested(batch.get(one)))).to.deep.equal([
      [50, 2],
      [7, 8],
      [0, 1],
      [
        { w: 10, tags: ['a', 'c'] },
        { w: 20, tags: ['a', 'd'] },
      ],
    ])
  })

  it('with a mode: to keys, attributes, the batch, and each item', async () => {
    const append = { mode: 'append' } as const
    const p = boxes()
      .update(V('object').at('list'), 1, append)
      .update(V('object').attr('list'), 2, append)
      .update(B().attr('new'), [[1], [2]])
      .update(L('new'), [5, 6], append)
      .update(L('boxes').attr('tags'), ['c', 'd'], append)
    const batch = await p.nextBatch(2)
    expect(p.v<{ list: unknown }>('object').list).to.deep.equal([1, 2])
    expect(nested(batch.get('new'))).to.deep.equal([[1, 5], [2, 6]]) // biome-ignore format: an item an entry
    expect(batch.boxes.map(({ tags }) => tags.at(-1))).to.deep.equal(['c', 'd'])
  })

  it('the config: later reads see it, in the next batches too; the spec and other pipelines do not', async () => {
    const p = boxes()
      .update(C('count'), C('count', { default: 0 }).add(1))
      .update(v, C('count'))
    await p.run(2)
    expect([p.v('v'), p.config.get('count'), p.spec.config.count]).to.deep.equal([2, 2, undefined])
    expect(p.named('other').config.get('count')).to.equal(null)
  })

  it('the config with a mode', async () => {
    const p = boxes().update(C('deep/list'), 2, { mode: 'append' }).update(C('deep'), { z: 1 }, { mode: 'update' })
    await p.nextBatch(2)
    expect(p.config.get<{ toJSON(): object }>('deep').toJSON()).to.deep.equal({ a: 1, list: [1, 2], z: 1 })
    expect(p.spec.config.deep).to.deep.equal({ a: 1, list: [1] })
  })

  it('an expression itself, by W: it is evaluated whenever the variable is read', async () => {
    const p = boxes()
      .update(
        v,
        W(
          B('x')
            .at(0)
            .add(F(() => 100)()),
        ),
      )
      .update(V('w'), v)
    for (const expected of [100, 102]) {
      await p.nextBatch(2)
      expect(p.v('w')).to.equal(expected)
    }
  })

  describe('things of the user are filled in place', () => {
    const fillings: [string, object, unknown, object][] = [
      ['an array', NdArray.zeros([2]), [5, 6], NdArray.from([5, 6])],
      ['an array, by one number', NdArray.zeros([2, 2]), 3, NdArray.from([[3, 3], [3, 3]])],
      ['a typed array', new Float32Array(2), NdArray.from([5, 6]), Float32Array.of(5, 6)],
      ['a list', [1, 2, 3], [5, 6], [5, 6]],
      ['an empty list', [], NdArray.from([5, 6]), [5, 6]],
      ['an object', { old: 1 }, { a: 5 }, { a: 5 }],
    ] // biome-ignore format: a case a line
    for (const [name, container, value, expected] of fillings) {
      it(name, async () => {
        await boxes()
          .update(container as Destination, value)
          .nextBatch(2)
        expect(container).to.deep.equal(expected)
      })
    }

    it('a list grows with a mode, and in a structure of places', async () => {
      const losses: number[] = []
      const last = new Float32Array(1)
      await boxes()
        .update(losses, I(), { mode: 'append' })
        .update([last, v], [[I()], 0])
        .run(2)
      expect([losses, [...last]]).to.deep.equal([[1, 2], [2]])
    })
  })

  describe('errors say the action, the place and what was given', () => {
    const wrong: [string, Destination, unknown, RegExp][] = [
      ['a random value', R('uniform'), 1, /Seen: R\('uniform'/],
      ['a call', F(() => 1), 1, /Seen: F\(/],
      ['the iteration', I(), 1, /Seen: I\('current'\)/],
      ['one of two places', IF(true, v, V('w')), 1, /Seen: IF\(true, V\('v'\), V\('w'\)\)/],
      ['values for each item', P([v, v]), 1, /Seen: P\(/],
      ['an expression itself', W(v), 1, /Seen: W\(V\('v'\)\)/],
      ['the dataset', D('length'), 1, /Seen: D\('length'\).*Datasets are immutable/],
      ['an attribute of the dataset', D().attr('name'), 1, /Seen: D\(\)\.name/],
      ['the batch itself', B(), 1, /Seen: B\(\)/],
      ['a result of calculating', V('list').add(1).at(0), 1, /Seen: \(V\('list'\) \+ 1\)\[0\]/],
      ['an item of the config', C('deep').at('a'), 1, /Seen: C\('deep'\)\['a'\]/],
      ['another pipeline', V('loss', { pipeline: boxes().named('train').initVariable('loss') }), 1, /Seen: V\('loss', \{ pipeline: 'train' \}\)/],
      ['an attribute of an array', V('rows').attr('shape'), 1, /the attribute shape of a float32 array of shape \[2, 2\], V\('rows'\)\.shape/],
      ['the way to a prototype', V('object').attr('__proto__'), 1, /the attribute __proto__ of an object/],
      ['a list for fewer places', [v, V('w')], [1, 2, 3], /among \[V\('v'\), V\('w'\)\].*Seen: 3 values.*a list of 2 values/],
      ['one value for several places', [v, V('w')], 1, /Seen: 1.*a list of 2 values/],
      ['an object that lacks a key', { a: v, b: V('w') }, { a: 1 }, /\{ a: V\('v'\), b: V\('w'\) \}.*Seen: an object with a\..*an object with a, b/],
      ['a list for an object of places', { a: v }, [1], /Seen: a list of 1.*an object with a/],
      ['too few items for a slice', V('list').at(0, 2), [1], /does not fit into V\('list'\)\[0:2\].*Seen: a list of 1 values.*a list of 2 values/],
      ['a shape that cannot be broadcast', V('rows').at(0), [1, 2, 3], /V\('rows'\)\[0\].*numbers of shape \[2\]/],
      ['texts in an array', V('rows').at(0), ['a', 'b'], /numbers of shape \[2\]/],
      ['an array that is filled', NdArray.zeros([2]), [1, 2, 3], /does not fit into NdArray#\d+.*shape \[2\]/],
      ['values for other items', L('boxes').attr('w'), [1, 2, 3], /L\('boxes'\)\.w needs one value per item of the batch, 2 in all.*Seen: 3 values/],
      ['one value for all items', L('boxes').attr('w'), 1, /L\('boxes'\)\.w needs one value per item.*Seen: 1/],
    ] // biome-ignore format: a case a line
    for (const [name, place, value, pattern] of wrong) {
      it(name, async () => {
        const error: Error = await boxes()
          .update(place, value)
          .nextBatch(2)
          .then(
            () => expect.fail('it was saved'),
            reason => reason,
          )
        expect(error.message)
          .to.match(/action 6 \(update\)/)
          .and.to.match(pattern)
      })
    }
  })
})
