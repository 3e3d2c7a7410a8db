import { expect } from 'chai'
import { Config } from '../../src/util/config.js'

describe('a config loses nothing: a path below a value makes a level, and no way to set a value is ignored', () => {
  it('a key below a number takes its place, under its own name', () => {
    for (const config of [
      new Config({ a: 3 }).set('a/b', 1),
      new Config({ a: 3 }).merge({ 'a/b': 1 }),
      new Config({ a: 3, 'a/b': 1 }),
      new Config([['a', 3], ['a/b', 1]]), // biome-ignore format: a table
    ])
      expect(config.toJSON()).to.deep.equal({ a: { b: 1 } })
  })

  it('a sum keeps every level of both sides', () => {
    const sum = new Config({ 'a/b': 1, 'a/c': 2 }).merge({ 'a/c/d': 3, 'e/f': 4 })
    expect(sum.toJSON()).to.deep.equal({ a: { b: 1, c: { d: 3 } }, e: { f: 4 } })
    expect(sum.at('a/c/d')).to.equal(3)
  })

  it('the one form of an update does what it says; what is no config is an error', () => {
    expect(new Config({ x: 1 }).merge({ x: 5 }).at('x')).to.equal(5)
    for (const other of [5, 'x=5', true]) expect(() => new Config({ x: 1 }).merge(other as never)).to.throw(TypeError)
    // @ts-expect-error: there is no second argument that could be left unread
    new Config({ x: 1 }).merge({}, { x: 5 })
  })
})
