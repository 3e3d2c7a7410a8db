/** BatchFlow's own tests of expressions, as vectors. */
import { expect } from 'chai'
import { B, C, component, D, Dataset, defineBatch, F, I, L, NdArray, P, type PerItem, PP, R, template, V } from '../../src/index.js'
import { NumbersBatch, numbers } from '../support/numbers.js'

describe('expressions inside a pipeline', () => {
  const cases: [string, unknown, unknown][] = [
    ["C('option')", C('option'), 'set'],
    ["C('not defined', { default: 10 })", C('not defined', { default: 10 }), 10],
    ["B('size')", B('size'), 2],
    ["D('size')", D('size'), 10],
    ["V('var')", V('var'), 7],
    ['F(() => 0)', F(() => 0), 0],
    ['F(x => x)(0)', F((x: number) => x)(0), 0],
  ]
  for (const [name, expression, expected] of cases) {
    it(name, async () => {
      const p = numbers(10)
        .p.setConfig({ option: 'set' })
        .initVariable('var', { default: 7 })
        .initVariable('out')
        .update(V('out'), expression)
      await p.nextBatch(2)
      expect(p.v('out')).to.equal(expected)
    })
  }

  it("R('normal', 0, 1), without size and with", async () => {
    const p = numbers(10)
      .p.initVariable('out')
      .update(V('out'), [R('normal', 0, 1), R('normal', 0, 1, { size: B('size') })])
    await p.nextBatch(2)
    const [one, several] = p.v('out')
    expect(one).to.be.a('number')
    expect(several.shape).to.deep.equal([2])
  })
})

describe('values for each item: P and PP', () => {
  const values: [string, unknown, readonly number[]][] = [
    ['R normal', R('normal', 0, 1), []],
    ['R of size 2', R('normal', 0, 1, { size: 2 }), [2]],
    ['R with parameters of the config and a size of the batch', R('normal', C('mean'), C('std'), { size: B.size.floorDiv(2) }), [1]],
  ]
  for (const [name, expression, shape] of values) {
    it(`${name}: one of the given shape for each item`, async () => {
      const p = numbers(9)
        .p.setConfig({ mean: 0, std: 1 })
        .initVariable('p')
        .initVariable('pp')
        .update(V('p'), P(expression))
        .update(V('pp'), PP(expression))
      await p.nextBatch(3)
      const [once, each]: PerItem[] = [p.v('p'), p.v('pp')]
      expect((once!.values as NdArray).shape).to.deep.equal([3, ...shape])
      const ofItem = (item: unknown) => (item instanceof NdArray ? item.shape : [])
      expect([each!.length, ofItem(each!.at(0)), ofItem(once!.at(0))]).to.deep.equal([3, shape, shape])
    })
  }

  for (const [name, array] of [
    ['an array of a variable', V('array')],
    ['a list of the config', C('list')],
  ] as const) {
    it(`P of ${name}: its rows`, async () => {
      const rows = [[5], [6], [7]]
      const p = numbers(9)
        .p.setConfig({ list: rows })
        .initVariable('array', { default: NdArray.from(rows) })
        .initVariable('out')
        .update(V('out'), P(array))
      await p.nextBatch(3)
      const item = (p.v('out') as PerItem).at(1)
      expect(item instanceof NdArray ? item.toNested() : item).to.deep.equal([6])
    })
  }
})

describe('the iteration', () => {
  const options: [string, object, number | null][] = [
    ['epochs: 1', { epochs: 1 }, 5],
    ['epochs: null', { epochs: null }, null],
    ['iterations: 5', { iterations: 5 }, 5],
    ['iterations: null', { iterations: null }, null],
  ]
  for (const [name, given, maximum] of options) {
    it(name, async () => {
      const told = numbers(10).p.initVariable('c').initVariable('m').update(V('c'), I('c')).update(V('m'), I('m'))
      await told.nextBatch(2, given)
      expect([told.v('c'), told.v('m')]).to.deep.equal([1, maximum])
      const ratio = numbers(10).p.initVariable('r', { default: -1 }).update(V('r'), I('r'))
      const error = await ratio.nextBatch(2, given).then(
        () => undefined,
        reason => reason,
      )
      expect(ratio.v('r')).to.equal(maximum === null ? -1 : 0.2)
      if (maximum === null) expect(error.message).to.match(/I\('ratio'\).*endless run/)
      else expect(error).to.equal(undefined)
    })
  }

  it('10 items in batches of 4: 1 2 3 of 3', async () => {
    const p = numbers(10)
      .p.initVariable('out', { default: [] })
      .update(V('out'), [I('c'), I('m'), I('r')], { mode: 'append' })
    await p.run(4, { tail: 'short' })
    expect(p.v('out')).to.deep.equal([[1, 3, 1 / 3], [2, 3, 2 / 3], [3, 3, 1]]) // biome-ignore format: a batch an entry
  })
})

describe('cross-validation', () => {
  for (const folds of [2, 3, 6, 5]) {
    it(`${folds} folds of 30: each trains on all but its own`, async () => {
      const data = numbers(30).cvSplit(folds)
      const collect = template(NumbersBatch)
        .initVariable('seen', { default: [] })
        .update(V('seen', { mode: 'extend' }), B('indices'))
        .on(F((fold: number) => data.cv(fold).train)(C('fold')))
      for (let fold = 0; fold < folds; fold++) {
        const { test } = data.cv(fold)
        const p = collect.setConfig({ fold })
        for (let round = 0; round < 2; round++) {
          p.reset('variables')
          await p.run(1)
          const rest = Array.from({ length: 30 }, (_, i) => i).filter(i => !test.index.ids.includes(i as never))
          expect([...p.v('seen')].sort((a, b) => a - b)).to.deep.equal(rest)
        }
      }
    })
  }
})

describe('L: components of objects, item by item', () => {
  const ObjectsBatch = defineBatch({
    name: 'ObjectsBatch',
    components: {
      object: component.list<any>('objects'),
      comp: component.array('zeros, [n]', 'int32'),
      key: component.list<string>('keys'),
    },
  })
  const objects = () => {
    const preloaded = {
      object: [0, 1, 2, 3, 4, 5].map(n => ({
        attr: n,
        nested: { deep: [{ value: 10 * n }] },
        a: n,
        b: -n,
        function: (...args: unknown[]) => args,
      })),
      comp: [0, 0, 0, 0, 0, 0],
      key: ['a', 'b', 'a', 'b', 'a', 'b'],
    }
    return new Dataset(6, ObjectsBatch, { name: 'objects', preloaded }).p.initVariable('out')
  }

  for (const size of [1, 2, 3]) {
    const numbersTo = Array.from({ length: size }, (_, n) => n)
    const read: [string, unknown, (n: number) => unknown][] = [
      ['an attribute', L('object').attr('attr'), n => n],
      ['attributes, keys and positions in a chain', L('object').attr('nested').at('deep').at(0).attr('value'), n => 10 * n],
      ['a key from an expression of the batch', L('object').at(B('key').at(0)), n => n],
      [
        'a call with values of the batch',
        L('object').call('function', 1, B('comp').at(0), { a: 5, b: B('comp').at(0) }),
        () => [1, 0, { a: 5, b: 0 }],
      ],
    ]
    for (const [name, expression, expected] of read) {
      it(`batches of ${size}: ${name}`, async () => {
        const p = objects().update(V('out'), expression)
        await p.nextBatch(size)
        expect(p.v('out')).to.deep.equal(numbersTo.map(expected))
      })
    }

    it(`batches of ${size}: saving to a component and to attributes`, async () => {
      const p = objects()
        .update(L('object2'), L('object'))
        .update(L('object2').attr('battr'), L('object').attr('a').add(1))
        .update(V('out'), L('object2' as any).attr('battr'))
      const batch = await p.nextBatch(size)
      expect(p.v('out')).to.deep.equal(numbersTo.map(n => n + 1))
      expect(batch.get('object2')).to.deep.equal(batch.object)
    })
  }
})

describe('saving into arrays and the config', () => {
  const save = async (place: any, value: unknown) => {
    const p = numbers(4).p.setConfig({ some: 100 }).update(place, value)
    await p.nextBatch(2)
    return p.config.toJSON()
  }

  it('[1, 2, 3] fills an array', async () => {
    const array = NdArray.zeros([3])
    await save(array, [1, 2, 3])
    expect(array.toNested()).to.deep.equal([1, 2, 3])
  })

  it("200 to C('value') adds to the config, what was there stays", async () => {
    expect(await save(C('value'), 200)).to.deep.equal({ some: 100, value: 200 })
  })

  it('[[1, 2, 3], 200] to both', async () => {
    const array = NdArray.zeros([3])
    expect(await save([array, C('value')], [[1, 2, 3], 200])).to.deep.equal({ some: 100, value: 200 })
    expect(array.toNested()).to.deep.equal([1, 2, 3])
  })
})
