import { inspect } from 'node:util'
import { expect } from 'chai'
import { B, C, ImagesBatch, template, V } from '../../../../src/index.js'
import { numbers } from '../../../support/numbers.js'
import { temporaryFolder } from '../../../support/temporary-folder.js'

const configOf = (...configs: readonly Record<string, unknown>[]) =>
  configs.reduce((pipeline, config) => pipeline.setConfig(config), template(ImagesBatch)).spec.config

describe('the config of a pipeline', () => {
  it('is as it was written, while nothing is laid over it', () => {
    expect(configOf({ 'a/b': 1, c: { d: 2 } })).to.deep.equal({ 'a/b': 1, c: { d: 2 } })
  })

  const merged: readonly (readonly [string, readonly Record<string, unknown>[], Record<string, unknown>])[] = [
    ['levels are merged', [{ net: { layout: 'cna', filters: 4 } }, { net: { filters: 8 } }], { net: { layout: 'cna', filters: 8 } }],
    ['a path leads to the same place', [{ net: { filters: 4 } }, { 'net/filters': 8 }], { net: { filters: 8 } }],
    ['the last one wins, however it is written', [{ a: { b: 1 } }, { 'a/b': 2 }, { a: { b: 3 } }], { a: { b: 3 } }],
    ['a value takes the place of a level', [{ a: { b: 1 } }, { a: 2 }], { a: 2 }],
    ['an expression is a value', [{ a: { b: 1 } }, { a: V('x') }, { c: V('x').div(2) }], { a: { V: 'x' }, c: { '/': [{ V: 'x' }, 2] } }],
    ['a level takes the place of an expression', [{ a: V('x') }, { a: { b: 1 } }], { a: { b: 1 } }],
  ]
  for (const [rule, configs, expected] of merged) it(rule, () => expect(configOf(...configs)).to.deep.equal(expected))

  it('of two pipelines, one behind the other: the second counts', () => {
    const [first, second] = [template(ImagesBatch).setConfig({ a: { b: 1, c: 2 } }), template(ImagesBatch).setConfig({ a: { b: 3 } })]
    expect(first.concat(second).spec.config).to.deep.equal({ a: { b: 3, c: 2 } })
    expect(first.repeat(2, second.normalize({ scale: 255 })).spec.config).to.deep.equal({ a: { b: 1, c: 2 } })
  })

  const described = () =>
    numbers(4)
      .p.setConfig({ rates: { half: V('rate').div(2), list: [V('rate').floorDiv(4)] }, 'other/path': B('x').at(1) })
      .initVariable('rate', { default: 6 })
      .initVariable('seen')

  it('expressions in it are evaluated where it is read, by any operator', async () => {
    const pipeline = described().update(V('seen'), [C('rates/half'), C('rates'), C('other/path'), C('other')])
    await pipeline.run(4)
    expect(pipeline.v('seen')).to.deep.equal([3, { half: 3, list: [1] }, 1, { path: 1 }])
    expect(inspect(pipeline.config)).to.contain("V('rate') / 2")
  })

  it('they are there after it was saved and taken back', async () => {
    const folder = temporaryFolder()
    const make = () => described().update(V('seen'), C('rates/half')).update(C('own'), { a: 1 })
    const first = make()
    await first.nextBatch(2)
    await first.saveState(folder.in('state'))
    const second = make()
    await second.restoreState(folder.in('state'))
    await second.nextBatch()
    expect([second.v('seen'), second.config.get('own/a')]).to.deep.equal([3, 1])
    folder.remove()
  })
})
