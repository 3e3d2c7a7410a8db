import { expect } from 'chai'
import { check, integer, listOf, option, options, recursive } from '../../src/options/index.js'

interface Tree {
  readonly size: number
  readonly trees?: readonly Tree[]
}
interface WrittenTree {
  readonly size?: number
  readonly trees?: readonly WrittenTree[]
}

const tree = () =>
  recursive<Tree, WrittenTree>('a tree', inner =>
    options({
      size: option('its height', integer({ min: 1 }), { default: 3 }),
      trees: option('trees inside', listOf(inner), { optional: true }),
    }),
  )
/** Trees inside trees, with the innermost one. */
const nested = (depth: number, innermost: object): object => (depth === 0 ? innermost : { trees: [nested(depth - 1, innermost)] })
const errorsOf = (written: object) => check(options({ tree: option('a tree', tree()) }), { tree: written }).errors

describe('a type that occurs inside itself', () => {
  it('has its defaults at every depth', () => {
    expect(tree().fill({ trees: [{ size: 1, trees: [{}] }] })).to.deep.equal({ size: 3, trees: [{ size: 1, trees: [{ size: 3 }] }] })
  })

  for (const depth of [0, 1, 2, 5]) {
    it(`is checked ${depth} levels down`, () => {
      const path = ['tree', ...Array.from({ length: depth }, () => ['trees', 0]).flat()]
      expect(errorsOf(nested(depth, { size: 1 }))).to.deep.equal([])
      expect(errorsOf(nested(depth, { sise: 1 }))).to.deep.include.members([
        { code: 'unknown-option', path: [...path, 'sise'], seen: 'sise', allowed: ['size', 'trees'] },
      ])
      expect(errorsOf(nested(depth, { size: 0 }))[0]).to.include({ code: 'wrong-value', seen: 0 })
    })
  }

  it('says what it is where a value is none', () => {
    expect(errorsOf({ trees: 5 })[0]).to.include({ code: 'wrong-value', allowed: 'a list, each a tree' })
  })

  it('has a finite schema: three levels, then any map', () => {
    const { schema } = tree()
    const inside = (one: any) => one.properties.trees.items
    expect(inside(inside(schema))).to.have.nested.property('properties.size.minimum', 1)
    expect(inside(inside(inside(schema)))).to.deep.equal({ type: 'object' })
  })

  it('has the shape of what it is made of', () => {
    expect([{}, 5].map(tree().hasShape)).to.deep.equal([true, false])
  })
})
