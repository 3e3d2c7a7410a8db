import { expect } from 'chai'
import { KnownComponents } from '../../../../src/pipeline/description/checks/known-components.js'
import { batchScope, datasetScope, opensetScope } from '../../../../src/pipeline/description/checks/name-errors.js'
import type { ComponentFacts, FactsOf, ItemShape } from '../../../../src/pipeline/description/component-facts.js'
import type { BatchClass, SourceDataset } from '../../../../src/pipeline/description/contracts.js'
import type { Registry } from '../../../../src/pipeline/description/registry.js'

const fact =
  (facts: ComponentFacts): FactsOf =>
  () =>
    facts
const writes = (name: string, shape?: ItemShape): FactsOf =>
  fact({ writes: [{ name, ...(shape && { shape: () => shape }) }] } as ComponentFacts)

/** The names and some shapes of what is known after actions, each at the top or in a block. */
function knownAfter(actions: readonly (readonly [name: string, args?: object, isInBlock?: boolean])[], components?: readonly string[]) {
  const known = new KnownComponents({
    ...(components && { components }),
    declared: ['images', 'labels'],
    shapes: { images: [28, 28, 1] },
    facts: {
      grow: writes('images', [32, 32, 1]),
      same: writes('images', [28, 28, 1]),
      flatten: writes('images'),
      add: writes('masks', [1]),
      keep: fact({ keeps: ['labels'] }),
      any: fact({ writesAny: true }),
      copy: ((_: unknown, declared: readonly string[]) => ({ writes: declared.map(name => ({ name: `${name}2` })) })) as never,
      silent: undefined,
    },
  })
  for (const [name, args = {}, isInBlock = false] of actions) {
    known.pass({ name, args: args as never, path: isInBlock ? ['actions', 0, 'then', 0] : ['actions', 0] })
  }
  const shapes = ['images', 'masks'].map(name => known.shapeOf(name)?.join('×') ?? '?')
  return `${known.names?.join() ?? 'any'} ${shapes.join(' ')}`
}

describe('the components that are known after actions', () => {
  const update = (dst: object) => ['update', { dst, value: 1 }] as const
  const cases: readonly (readonly [what: string, actions: Parameters<typeof knownAfter>[0], wanted: string])[] = [
    ['none', [], 'images 28×28×1 ?'],
    ['one that writes a shape', [['grow']], 'images 32×32×1 ?'],
    ['one that may write a shape', [['grow', {}, true]], 'images ? ?'],
    ['one that may write the same shape', [['same', {}, true]], 'images 28×28×1 ?'],
    ['one that writes what has no certain shape', [['flatten']], 'images ? ?'],
    ['one that may write what has none', [['flatten', {}, true]], 'images ? ?'],
    ['one that adds a component', [['add']], 'images,masks 28×28×1 1'],
    ['one that may add a component', [['add', {}, true]], 'images,masks 28×28×1 ?'],
    ['one that keeps some', [['add'], ['keep']], 'labels 28×28×1 1'],
    ['one that may keep some', [['keep', {}, true]], 'images 28×28×1 ?'],
    ['one that writes any', [['any']], 'any ? ?'],
    ['one that says nothing', [['silent']], 'any ? ?'],
    ['one that is not known', [['nowhere']], 'any ? ?'],
    ['one of the table that says nothing', [['skipBatch']], 'images 28×28×1 ?'],
    ['one that writes by what the batch class declares', [['copy']], 'images,images2,labels2 28×28×1 ?'],
    ['one that saves to a component', [update({ B: 'images' })], 'images ? ?'],
    ['one that saves to a new component', [update({ B: 'x' })], 'images,x 28×28×1 ?'],
    ['one that saves to an attribute of the batch', [update({ '.': [{ B: null }, 'x'] })], 'images,x 28×28×1 ?'],
    ['one that saves to an attribute of a component', [update({ '.': [{ B: 'images' }, 'x'] })], 'images 28×28×1 ?'],
    ['one that saves to a component whose name is computed', [update({ B: { C: 'name' } })], 'any ? ?'],
    ['one that saves to a variable', [update({ V: 'x' })], 'images 28×28×1 ?'],
  ]
  for (const [what, actions, wanted] of cases) it(`${what}: ${wanted}`, () => expect(knownAfter(actions, ['images'])).to.equal(wanted))

  it('are any if nothing says what batches have, until an action keeps some', () => {
    expect([knownAfter([['add']]), knownAfter([['keep']]), knownAfter([['keep', {}, true]])]).to.deep.equal([
      'any 28×28×1 1',
      'labels 28×28×1 ?',
      'any 28×28×1 ?',
    ])
  })
})

describe('the names that a batch class and a dataset bring', () => {
  const components = fact({ reads: [] })
  const Images = { name: 'Images', components: ['images'], actions: { flip: { components }, print: {} } } as unknown as BatchClass
  const Free = { name: 'Free', components: [], actions: {} } as unknown as BatchClass

  it('are its actions, by their names in descriptions, and its components, unless it takes any', () => {
    expect(batchScope(Images, undefined)).to.deep.equal({
      components: ['images'],
      declared: ['images'],
      batchActions: ['flip', 'batch.print'],
      facts: { flip: components, 'batch.print': undefined },
    })
    expect(batchScope(Images, ['a', 'b']).components).to.deep.equal(['a', 'b'])
    expect(batchScope(Free, undefined)).to.deep.equal({ declared: [], batchActions: [], facts: {} })
  })

  it('are those of a dataset, with its attributes', () => {
    const dataset = { batchClass: Images, componentNames: ['masks'], attributes: { classes: 10 } } as unknown as SourceDataset
    expect(datasetScope(undefined)).to.deep.equal({})
    expect(datasetScope(undefined, Free)).to.have.all.keys('declared', 'batchActions', 'facts')
    expect(datasetScope(dataset)).to.deep.include({ components: ['masks'], attributes: ['classes'], batchActions: ['flip', 'batch.print'] })
    expect(datasetScope(dataset, Free)).to.deep.include({ components: ['masks'], attributes: ['classes'], batchActions: [] })
  })

  it('are those of an open set that a file names', () => {
    const opensets = {
      plain: { batchClass: Images },
      read: {
        batchClass: Images,
        componentNames: ({ names }: { names: string[] }) => names,
        itemShapes: ({ size }: { size: number }) => ({ images: [size, size] }),
      },
    } as unknown as Registry['opensets']
    const scopeOf = (
      dataset: string | undefined,
      datasets: object = { a: { openset: 'read', names: ['x'], size: 2 }, b: { openset: 'plain' } },
    ) => opensetScope(datasets as never, dataset, { opensets })
    expect(scopeOf('a.train')).to.deep.include({ batchClass: Images, components: ['x'], shapes: { images: [2, 2] } })
    expect(scopeOf('b')).to.deep.include({ batchClass: Images, components: ['images'], shapes: {} })
    for (const dataset of [undefined, 'c.train', 'constructor']) expect(scopeOf(dataset), dataset).to.deep.equal({})
    for (const openset of [5, 'none', 'constructor', ['read']]) expect(scopeOf('a', { a: { openset } }), `${openset}`).to.deep.equal({})
    expect(scopeOf(undefined, { '': { openset: 'plain' } })).to.deep.include({ batchClass: Images })
  })
})
