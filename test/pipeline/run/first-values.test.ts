/** The second argument of `initVariable`: a first value, or options. */
import { expect } from 'chai'
import { Dataset } from '../../../src/dataset/index.js'
import { MillraceError } from '../../../src/errors/index.js'
import { C, V } from '../../../src/pipeline/index.js'
import { NdArray } from '../../../src/util/nd-array.js'

const data = () => new Dataset(4)
const start = async (value: unknown) => {
  const p = data().p.initVariable('n', value as never)
  await p.start()
  return p.v('n')
}

describe('the second argument of initVariable', () => {
  for (const [what, value] of [
    ['a number', 5],
    ['zero', 0],
    ['a string', 'text'],
    ['the empty string', ''],
    ['false', false],
    ['null', null],
    ['an empty list', []],
    ['a list', [1, [2, 'three']]],
    ['a typed array', Float32Array.of(1, 2)],
    ['an array', NdArray.from([1, 2])],
    ['a map', new Map([[1, 'one']])],
    ['a set', new Set([1])],
  ] as const) {
    it(`${what} is the first value`, async () => {
      const seen = await start(value)
      expect(seen).to.deep.equal(value)
    })
  }

  it('an expression is evaluated when the pipeline starts', async () => {
    const p = data()
      .p.setConfig({ from: 7 })
      .initVariable('n', C('from'))
      .initVariable('list', [0, C('from')])
    await p.start()
    expect([p.v('n'), p.v('list')]).to.deep.equal([7, [0, 7]])
  })

  it('is kept from run to run, as with the option default', async () => {
    const p = data()
      .p.initVariable('n', 5)
      .initVariable('seen', [])
      .update(V('n'), V('n').add(1))
      .update(V('seen'), V('n'), { mode: 'append' })
    await p.run(2)
    await p.run(2)
    expect([p.v('n'), p.v('seen')]).to.deep.equal([9, [6, 7, 8, 9]])
    const n: number = p.v('n')
    expect(n).to.equal(9)
  })

  it('an object is options: of known names, and at least one', async () => {
    expect(await start({ default: { a: 1 } })).to.deep.equal({ a: 1 })
    expect(await start(undefined)).to.equal(null)
    for (const [value, code] of [
      [{}, 'wrong-value'],
      [{ a: 1 }, 'unknown-option'],
      [{ defaults: 1 }, 'unknown-option'],
      [{ default: 1, initOnEachRun: 2 }, 'arguments-exclude'],
      [() => [], 'wrong-value'],
    ] as const) {
      const error: unknown = await start(value).catch((error: unknown) => error)
      expect(error, String(value)).to.be.instanceOf(MillraceError)
      expect((error as MillraceError).code).to.equal(code)
      expect((error as MillraceError).message).to.include('default')
    }
    const several = data().p.initVariables({ a: {}, b: { default: 2 } })
    await several.start()
    expect([several.v('a'), several.v('b')]).to.deep.equal([null, 2])
  })
})
