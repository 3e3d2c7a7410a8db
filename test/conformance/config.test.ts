/**
 * BatchFlow's Config: the vectors of its own tests, and the sentences of its rules. A Config never changes here: what BatchFlow does in
 * place (`c[path] = value`, `pop`, `update`) gives a new one.
 */
import { inspect } from 'node:util'
import { expect } from 'chai'
import { Config, type ConfigSource } from '../../src/util/config.js'

type Tree = Record<string, unknown>
const written = { key1: 'val1', key2: { subkey1: 'val21' } }
const simple = new Config(written)

describe('Config', () => {
  it('items by key and path; a missing one is an error', () => {
    expect(simple.at('key1')).to.equal('val1')
    expect(simple.at('key2/subkey1')).to.equal('val21')
    expect(() => simple.at('missing key')).to.throw(RangeError, 'missing key')
  })

  it('get gives null or the default where there is nothing', () => {
    expect(simple.get('missing key')).to.equal(null)
    expect(simple.get('missing key', 1)).to.equal(1)
    expect(simple.get('key2/missing key', 1)).to.equal(1)
  })

  it('pop: the value, and a config without it; a missing one is an error or the default', () => {
    expect(simple.without('key1').has('key1')).to.equal(false)
    expect([simple.at('key2/subkey1'), simple.without('key2/subkey1').toJSON()]).to.deep.equal(['val21', { key1: 'val1', key2: {} }])
    expect(() => simple.without('missing key')).to.throw(RangeError)
    expect(simple.get('missing key', 1)).to.equal(1)
    expect(simple.toJSON()).to.deep.equal(written)
  })

  it('set: old and new keys, at the top and below', () => {
    const paths = { key1: 'new1', 'key2/subkey1': 'new21', key0: 'new0', 'key2/subkey2': 'new22' }
    const set = Object.entries(paths).reduce((config, [path, value]) => config.set(path, value), simple)
    for (const [path, value] of Object.entries(paths)) expect(set.at(path)).to.equal(value)
    expect(set.toJSON()).to.deep.equal({ key0: 'new0', key1: 'new1', key2: { subkey1: 'new21', subkey2: 'new22' } })
  })

  const sources: readonly (readonly [string, Tree, Tree])[] = [
    ['paths', { a: 1, 'b/c': 2, 'b/d': 3 }, { a: 1, 'b/c': 2, 'b/d': 3 }],
    ['an empty level', { a: {}, b: { c: 2, d: 3 } }, { a: {}, 'b/c': 2, 'b/d': 3 }],
    ['a path and a level', { a: null, 'b/c': 2, b: { d: 3 } }, { a: null, 'b/c': 2, 'b/d': 3 }],
    ['a Config inside', { a: new Config({ b: 2 }) }, { 'a/b': 2 }],
  ]
  for (const [what, source, flat] of sources) {
    it(`made from an object: ${what}`, () => expect(new Config(source).flatten()).to.deep.equal(flat))
    it(`made from pairs and from a Config: ${what}`, () => {
      expect(new Config(Object.entries(source)).flatten()).to.deep.equal(flat)
      expect(new Config(new Config(source)).flatten()).to.deep.equal(flat)
    })
  }

  // In JavaScript an object's keys are text: `{ 0: 1 }` has the key '0'.
  for (const key of [0, false]) {
    it(`a key ${key} is a TypeError`, () => expect(() => new Config([[key as never, 1]])).to.throw(TypeError))
  }
  it('what is no pair is an error', () => expect(() => new Config([['a', 0, 1]] as never)).to.throw(RangeError))

  it('pop of a leaf and of a level', () => {
    const config = new Config({ a: 1, 'b/c': 2, 'b/d': 3 })
    expect(config.at('b/c')).to.equal(2)
    const rest = config.without('b/c')
    expect(rest.equals({ a: 1, 'b/d': 3 })).to.equal(true)
    expect(config.at<Config>('b').equals({ c: 2, d: 3 })).to.equal(true)
    expect(config.without('b').equals({ a: 1 })).to.equal(true)
  })

  it('get of a leaf and of a level, which is a Config', () => {
    const config = new Config({ a: { b: 1 } })
    expect(config.get('a/b')).to.equal(1)
    const level = config.get('a') as Config
    expect(level.get('b')).to.equal(1)
    expect(level.equals({ b: 1 })).to.equal(true)
    expect(level.flatten()).to.deep.equal({ b: 1 })
  })

  const flattened: readonly (readonly [ConfigSource, Tree])[] = [
    [null, {}],
    [{}, {}],
    [{ a: 1 }, { a: 1 }],
    [{ a: { b: {}, c: { d: null } } }, { 'a/b': {}, 'a/c/d': null }],
  ]
  for (const [source, flat] of flattened) {
    it(`flatten of ${JSON.stringify(source)}`, () => expect(new Config(source).flatten()).to.deep.equal(flat))
  }

  it('keys and entries, of the top level or of all', () => {
    const config = new Config({ a: { b: 1, c: { d: 2 } } })
    expect(config.keys()).to.deep.equal(['a'])
    expect(config.entries().map(([key, value]) => [key, (value as Config).toJSON()])).to.deep.equal([['a', { b: 1, c: { d: 2 } }]])
    expect(config.keys({ flatten: true })).to.deep.equal(['a/b', 'a/c/d'])
    expect(config.entries({ flatten: true })).to.deep.equal([
      ['a/b', 1],
      ['a/c/d', 2],
    ])
  })
})

describe('the rules of Config', () => {
  const make = (source: unknown) => new Config(source as ConfigSource).toJSON()
  const merge = (one: unknown, other: unknown) => new Config(one as ConfigSource).merge(other as ConfigSource).toJSON()

  const made: readonly (readonly [string, unknown, Tree])[] = [
    ['paths and levels go together', { 'a/b/c': 1, a: { d: 2 } }, { a: { b: { c: 1 }, d: 2 } }],
    ['nothing is an empty config', undefined, {}],
    ['slashes at the ends and double ones do not count', { '/a//b/': 1 }, { a: { b: 1 } }],
    ['a value replaces the level before it', { 'a/b': 1, a: 3 }, { a: 3 }],
    ['a level replaces the value before it', { a: 3, 'a/b': 1 }, { a: { b: 1 } }],
    ['levels of the same key are merged', [['a', { b: 1, c: { d: 2 } }], ['a', { c: { e: 3 } }]], { a: { b: 1, c: { d: 2, e: 3 } } }], // biome-ignore format: a table
  ]
  for (const [rule, source, expected] of made) it(rule, () => expect(make(source)).to.deep.equal(expected))

  for (const source of [5, 'a', true, () => ({})]) {
    it(`${typeof source} ${String(source)} makes no config`, () => expect(() => new Config(source as never)).to.throw(TypeError))
  }

  const sums: readonly (readonly [string, Tree, Tree, Tree])[] = [
    ['a level replaces a value', { 'a/b': 1, 'a/c': 2 }, { 'a/c/d': 3, 'e/f': 4 }, { a: { b: 1, c: { d: 3 } }, e: { f: 4 } }],
    ['an empty level erases nothing', { 'a/b': 1 }, { a: {} }, { a: { b: 1 } }],
    ['null replaces a level', { 'a/b': 1 }, { a: null }, { a: null }],
    ['a level replaces null', { a: null }, { 'a/b': 1 }, { a: { b: 1 } }],
    ['levels are merged', { a: { b: 1, c: 2 } }, { a: { b: 0, d: 3 } }, { a: { b: 0, c: 2, d: 3 } }],
  ]
  for (const [rule, one, other, expected] of sums) {
    it(`a sum: ${rule}`, () => {
      expect(merge(one, other)).to.deep.equal(expected)
      expect(merge(new Config(one), new Config(other))).to.deep.equal(expected)
    })
  }

  it('set replaces what is there, merge lays over it', () => {
    const config = new Config({ a: { b: 1, c: 2 } })
    expect(config.set('a', { b: 0, d: 3 }).toJSON()).to.deep.equal({ a: { b: 0, d: 3 } })
    expect(config.merge({ a: { b: 0, d: 3 } }).toJSON()).to.deep.equal({ a: { b: 0, c: 2, d: 3 } })
    expect(config.set('a', config.at<Config>('a').merge({ d: 3 })).toJSON()).to.deep.equal({ a: { b: 1, c: 2, d: 3 } })
  })

  const reads: readonly (readonly [string, string, unknown, unknown])[] = [
    ['null that is there stays null', 'nothing', 5, null],
    ['a path through a value gives the default', 'value/below', 5, 5],
    ['a path through null gives the default', 'nothing/below', 5, 5],
    ['without a default null', 'value/below', undefined, null],
  ]
  for (const [rule, path, fallback, expected] of reads) {
    it(`get: ${rule}`, () => expect(new Config({ nothing: null, value: 1 }).get(path, fallback)).to.equal(expected))
  }

  it('get takes a list of paths; the default is for each', () => {
    expect(new Config({ a: 1, 'b/c': 2 }).get(['a', 'x', 'b/c', 'y'], 0)).to.deep.equal([1, 0, 2, 0])
  })

  it('without takes several paths; the level above the last one stays, empty', () => {
    expect(new Config({ a: 1, 'b/c': 2 }).without('a', 'b/c').toJSON()).to.deep.equal({ b: {} })
  })

  it('size and keys see the top level; has takes paths', () => {
    const config = new Config({ 'a/b': 1, 'a/c': 2 })
    expect([config.size, config.keys()]).to.deep.equal([1, ['a']])
    expect([config.has('a'), config.has('a/b'), config.has('b')]).to.deep.equal([true, true, false])
  })

  it('configs are equal where their flat forms are', () => {
    expect(new Config({ 'a/b': 1 }).equals({ a: { b: 1 } })).to.equal(true)
    expect(new Config({ a: {} }).equals({})).to.equal(false)
    expect(new Config({ a: [1, { b: 2 }] }).equals({ a: [1, { b: 3 }] })).to.equal(false)
  })

  it('is printed with its values', () => {
    expect(inspect(new Config({ 'a/b': 1, c: [{ d: 2 }] }))).to.equal('Config { a: { b: 1 }, c: [ { d: 2 } ] }')
    expect(JSON.stringify(new Config({ 'a/b': 1 }))).to.equal('{"a":{"b":1}}')
  })
})
