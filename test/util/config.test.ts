import { expect } from 'chai'
import { Config } from '../../src/util/config.js'

describe('Config', () => {
  const simple = new Config({ key1: 'val1', key2: { subkey1: 'val21' } })

  it('reads keys and paths, and says where there is none', () => {
    expect(simple.at('key1')).to.equal('val1')
    expect(simple.at('key2/subkey1')).to.equal('val21')
    expect(() => simple.at('missing key')).to.throw(RangeError, 'missing key')
    expect(simple.get('missing key')).to.equal(null)
    expect(simple.get('missing key', 1)).to.equal(1)
    expect(simple.get('key2/missing key', 1)).to.equal(1)
    expect(simple.get('key1/below a scalar', 1)).to.equal(1)
    expect(simple.get(['key1', 'x', 'key2/subkey1'], 0)).to.deep.equal(['val1', 0, 'val21'])
    expect(new Config({ a: null }).get('a', 5)).to.equal(null)
    expect(simple.has('key2/subkey1')).to.equal(true)
    expect(simple.has('key2/other')).to.equal(false)
  })

  it('removes keys and leaves the level above', () => {
    expect(simple.without('key1').toJSON()).to.deep.equal({ key2: { subkey1: 'val21' } })
    expect(simple.without('key2/subkey1').toJSON()).to.deep.equal({ key1: 'val1', key2: {} })
    expect(() => simple.without('nothing')).to.throw(RangeError)
    const flat = new Config({ a: 1, 'b/c': 2, 'b/d': 3 })
    expect(flat.without('b/c').equals({ a: 1, 'b/d': 3 })).to.equal(true)
    expect(flat.get<Config>('b').equals({ c: 2, d: 3 })).to.equal(true)
    expect(flat.without('b').toJSON()).to.deep.equal({ a: 1 })
    expect(flat.toJSON()).to.deep.equal({ a: 1, b: { c: 2, d: 3 } })
  })

  it('sets keys in a new config, nested', () => {
    const set = simple.set('key1', 1).set('key2/subkey1', 2).set('key0', 3).set('key2/subkey2', 4)
    expect(set.toJSON()).to.deep.equal({ key1: 1, key2: { subkey1: 2, subkey2: 4 }, key0: 3 })
    expect(simple.get('key1')).to.equal('val1')
    expect(new Config({ a: { b: 1, c: 2 } }).set('a', { b: 0, d: 3 }).toJSON()).to.deep.equal({ a: { b: 0, d: 3 } })
    expect(new Config({ a: { b: 1, c: 2 } }).merge({ a: { b: 0, d: 3 } }).toJSON()).to.deep.equal({ a: { b: 0, c: 2, d: 3 } })
  })

  const cases: [unknown, Record<string, unknown>][] = [
    [
      { a: 1, 'b/c': 2, 'b/d': 3 },
      { a: 1, 'b/c': 2, 'b/d': 3 },
    ],
    [
      { a: {}, b: { c: 2, d: 3 } },
      { a: {}, 'b/c': 2, 'b/d': 3 },
    ],
    [
      { a: null, 'b/c': 2, b: { d: 3 } },
      { a: null, 'b/c': 2, 'b/d': 3 },
    ],
    [{ a: new Config({ b: 2 }) }, { 'a/b': 2 }],
    [null, {}],
    [{}, {}],
    [{ a: { b: {}, c: { d: null } } }, { 'a/b': {}, 'a/c/d': null }],
    [
      { 'a/b/c': 1, a: { d: 2 } },
      { 'a/b/c': 1, 'a/d': 2 },
    ],
    [{ '/a//b/': 1 }, { 'a/b': 1 }],
    [{ 'a/b': 1, a: 3 }, { a: 3 }],
    [{ a: 3, 'a/b': 1 }, { 'a/b': 1 }],
  ]
  for (const [source, flat] of cases) {
    it(`flattens ${JSON.stringify(source)}, from an object, a list of pairs and a config`, () => {
      expect(new Config(source as object as Record<string, unknown>).flatten()).to.deep.equal(flat)
      expect(new Config(new Config(source as Record<string, unknown>)).flatten()).to.deep.equal(flat)
      expect(new Config(Object.entries(source ?? {}) as [string, unknown][]).flatten()).to.deep.equal(flat)
    })
  }

  it('refuses keys that are no strings, items that are no pairs, and keys that reach into a prototype', () => {
    expect(() => new Config([[0, 1]] as never)).to.throw(TypeError)
    expect(() => new Config([[false, 1]] as never)).to.throw(TypeError)
    expect(() => new Config([['a', 0, 1]] as never)).to.throw(RangeError)
    expect(() => new Config(5 as never)).to.throw(TypeError)
    for (const key of ['__proto__', 'constructor', 'prototype']) {
      expect(() => new Config([[`a/${key}/polluted`, 1]])).to.throw(TypeError)
      expect(() => simple.set(key, 1)).to.throw(TypeError)
      expect(() => simple.get(key)).to.throw(TypeError)
    }
    expect(() => new Config(JSON.parse('{"a": {"__proto__": {"polluted": 1}}}'))).to.throw(TypeError)
    expect(({} as Record<string, unknown>).polluted).to.equal(undefined)
    expect(() => new Config({ '//': 1 })).to.throw(TypeError)
  })

  it('merges: the right side wins, levels are kept', () => {
    const sum = (a: object, b: object) => new Config(a as Record<string, unknown>).merge(b as Record<string, unknown>).toJSON()
    expect(sum({ 'a/b': 1, 'a/c': 2 }, { 'a/c/d': 3, 'e/f': 4 })).to.deep.equal({ a: { b: 1, c: { d: 3 } }, e: { f: 4 } })
    expect(sum({ 'a/b': 1 }, { a: {} })).to.deep.equal({ a: { b: 1 } })
    expect(sum({ 'a/b': 1 }, { a: null })).to.deep.equal({ a: null })
    expect(sum({ a: null }, { 'a/b': 1 })).to.deep.equal({ a: { b: 1 } })
    expect(sum({ a: [1, 2] }, { a: [3] })).to.deep.equal({ a: [3] })
  })

  it('lists keys and entries, of the top level or of all', () => {
    const config = new Config({ a: { b: 1, c: { d: 2 } } })
    expect(config.keys()).to.deep.equal(['a'])
    expect(config.size).to.equal(1)
    expect(config.entries()[0]![1]).to.be.instanceOf(Config)
    expect(config.keys({ flatten: true })).to.deep.equal(['a/b', 'a/c/d'])
    expect(config.entries({ flatten: true })).to.deep.equal([
      ['a/b', 1],
      ['a/c/d', 2],
    ])
  })

  it('shares nothing with its source', () => {
    const source = { a: { b: [1] } }
    const config = new Config(source)
    source.a.b.push(2)
    expect(config.get('a/b')).to.deep.equal([1])
    const copy = config.toJSON() as { a: { b: number[] } }
    copy.a.b.push(3)
    expect(config.get('a/b')).to.deep.equal([1])
    const relu = () => 0
    expect(new Config({ 'a/f': relu }).get('a/f')).to.equal(relu)
  })

  it('compares by value', () => {
    expect(new Config({ 'a/b': [1, { c: 2 }] }).equals({ a: { b: [1, { c: 2 }] } })).to.equal(true)
    expect(new Config({ 'a/b': 1 }).equals({ a: { b: 2 } })).to.equal(false)
    expect(new Config({ a: {} }).equals({})).to.equal(false)
  })
})
