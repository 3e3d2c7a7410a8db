import { expect } from 'chai'
import { B, C, F, type MillraceError, V } from '../../../../src/index.js'
import { Linear } from '../../../support/linear-model.js'
import { numbers } from '../../../support/numbers.js'

const feed = { x: B('x'), y: B('y') }
const p = () => numbers().p.named('fit').initVariable('v')
const loose = () => p() as any

/** What JavaScript may write and TypeScript refuses: told where it is written, before anything runs. */
const cases: readonly [string, () => unknown, string, RegExp][] = [
  ['a misspelt option of an action', () => loose().trainModel('l', { feed, fetch: 'loss' }), 'unknown-option', /no option fetch.*fetches/],
  [
    'a misspelt option of a variable',
    () => loose().initVariable('w', { initOnEachrun: 1 }),
    'unknown-option',
    /Did you mean initOnEachRun/,
  ],
  ['a misspelt option of a batch action', () => loose().scaleX({ bye: 2 }), 'unknown-option', /scaleX has no option bye/],
  ['a missing option of a batch action', () => loose().scaleX(), 'missing-argument', /scaleX needs by/],
  ['a missing feed', () => loose().trainModel('l'), 'missing-argument', /trainModel needs feed/],
  ['a missing name', () => loose().initModel('static', Linear), 'missing-argument', /initModel needs name/],
  ["BatchFlow HEAD's order", () => loose().initModel('l', Linear, 'dynamic'), 'wrong-value', /Seen: "l"\. Allowed: static or dynamic/],
  ['a mode that does not exist', () => loose().update(V('v'), 1, { mode: 'apend' }), 'wrong-value', /mode of update/],
  ['fetches that go nowhere', () => p().trainModel('l', { feed, fetches: 'loss' }), 'argument-alone', /fetches.*without saveTo/],
  ['two first values', () => p().initVariable('w', { default: 1, initOnEachRun: 2 }), 'arguments-exclude', /default and initOnEachRun/],
  ['no model class', () => loose().initModel('static', undefined, 'l'), 'wrong-value', /Seen: undefined.*ResNet/],
  ['no pipeline to import from', () => loose().importModel('l', undefined), 'wrong-value', /from of importModel/],
  ['no dataset', () => loose().setDataset(undefined), 'wrong-value', /dataset of on/],
  ['something that is called and is no function', () => loose().call(3), 'wrong-value', /fn of call/],
]

describe('arguments of actions', () => {
  for (const [name, work, code, pattern] of cases) {
    it(`refuse ${name}, at the line that wrote it`, () => {
      let error: MillraceError | undefined
      try {
        work()
      } catch (thrown) {
        error = thrown as MillraceError
      }
      expect(error?.code, error?.message).to.equal(code)
      expect(error?.message).to.match(pattern)
      expect(error?.location.source?.file).to.match(/check-arguments\.test\.ts$/)
    })
  }

  it('stand in one order, however they were written', () => {
    const one = p().predictModel('l', { saveTo: V('v'), fetches: 'loss', feed })
    const other = p().predictModel('l', { feed, fetches: 'loss', saveTo: V('v') })
    expect(JSON.stringify(one.spec)).to.equal(JSON.stringify(other.spec))
  })

  it('may be expressions where a closed set of values is asked for', () => {
    expect(() => p().trainModel('l', { feed, fetches: 'loss', saveTo: V('v'), mode: 'a' })).not.to.throw()
    expect(() => loose().update(V('v'), 1, { mode: C('mode') })).not.to.throw()
  })

  it('a misspelt option of a run is refused, whoever is asked', async () => {
    const wrong = { batchSize: 2, epoch: 3 }
    const data = numbers()
    for (const work of [() => data.p.run(wrong), () => data.p.nextBatch(wrong), () => data.nextBatch(wrong)]) {
      const error = await work().then(
        () => undefined,
        (reason: MillraceError) => reason,
      )
      expect(error?.code).to.equal('unknown-option')
      expect(error?.message).to.match(/no option epoch.*Did you mean epochs\?/)
    }
  })

  it('a model cannot be initialised twice', async () => {
    const twice = p()
      .initModel('dynamic', Linear, 'l')
      .initModel('dynamic', Linear, 'l', { config: { rate: 1 } })
    const error = await twice.run(2).catch(reason => reason)
    expect([error.code, error.location.action?.number]).to.deep.equal(['declared-twice', 3])
  })
})

describe('expressions and JavaScript', () => {
  it('an operator is refused, a template literal prints', () => {
    for (const work of [() => (V('v') as any) + 1, () => (B('x') as any) * 2, () => (V('v') as any) > 3, () => -(F(Math.max) as any)]) {
      expect(work).to.throw(/a method: V\('n'\)\.add\(1\)/)
    }
    expect(`${V('v').add(1)}`).to.equal("V('v') + 1")
  })

  it('F and V refuse what they cannot use', () => {
    expect(() => F(3 as never)).to.throw(/Allowed: a function/)
    expect(() => V('v', { mode: 'apend' as never })).to.throw(/Seen: apend\. Allowed: write, append, extend, update/)
  })

  it('B reads components called like properties of functions', () => {
    expect([B.length, B.name].map(String)).to.deep.equal(["B('length')", "B('name')"])
  })
})
