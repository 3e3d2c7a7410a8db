import { expect } from 'chai'
import { checkPipelineNames, type NameScope } from '../../../../src/pipeline/description/checks/check-names.js'
import { configPaths, hasConfigPath } from '../../../../src/pipeline/description/checks/config-paths.js'
import { declaredModels } from '../../../../src/pipeline/description/content/declared-names.js'
import type { ActionSpec } from '../../../../src/pipeline/description/content/pipeline-spec.js'

const initModel = { initModel: { mode: 'static', modelClass: 'ResNet', name: 'net' } }
const train = (feed: object = { x: 1 }) => ({ trainModel: { name: 'net', feed } })
const update = (dst: object, value: unknown) => ({ update: { dst, value } })
const variable = { initVariable: { name: 'v' } }

function check(actions: readonly object[], scope: NameScope = {}, config = {}) {
  return checkPipelineNames({ config, actions: actions as ActionSpec[] }, scope).map(
    ({ path, code, details }) => `${path.join('/')} ${code} ${(details as { seen: string }).seen}`,
  )
}

describe('checkPipelineNames()', () => {
  it('finds nothing where everything is declared', () => {
    expect(
      check([variable, initModel, train({ x: { B: 'images' } }), update({ V: 'v' }, { M: 'net' })], { components: ['images'] }),
    ).to.deep.equal([])
  })

  it('models: never initialised, and too late', () => {
    expect(check([train()])).to.deep.equal(['actions/0/trainModel/name not-initialised net'])
    const [problem] = checkPipelineNames({ config: {}, actions: [train(), initModel] as never }, {})
    expect(problem).to.deep.include({ code: 'not-initialised' }).and.nested.include({ 'details.later': true })
    expect(check([variable, update({ V: 'v' }, { M: 'net' })])).to.deep.equal(['actions/1/update/value/M not-initialised net'])
  })

  it('a model that another pipeline has is named', () => {
    const [problem] = checkPipelineNames({ config: {}, actions: [train()] as never }, { pipelines: { first: ['net'] } })
    expect(problem).to.nested.include({ 'details.elsewhere': 'first' })
  })

  it('model classes and pipelines, where they are known', () => {
    expect(check([initModel], { modelClasses: ['VGG'] })).to.deep.equal(['actions/0/initModel/modelClass unknown-name ResNet'])
    expect(check([initModel])).to.deep.equal([])
    const imported = { importModel: { name: 'net', from: 'first' } }
    expect(check([imported], { pipelines: {} })).to.deep.equal(['actions/0/importModel/from unknown-name first'])
    expect(check([imported], { pipelines: { first: ['other'] } })).to.deep.equal(['actions/0/importModel/name unknown-name net'])
    expect(check([imported, train()], { pipelines: { first: ['net'] } })).to.deep.equal([])
    expect(check([imported, train()], { pipelines: { first: undefined } })).to.deep.equal([])
    expect(check([imported, train()])).to.deep.equal([])
  })

  it('variables: declared anywhere, read and saved to', () => {
    expect(check([update({ V: 'v' }, { V: 'w' }), variable])).to.deep.equal(['actions/0/update/value/V unknown-name w'])
    expect(check([{ predictModel: { name: 'net', fetches: 'loss', feed: {}, saveTo: [{ V: 'x' }] } }, initModel])).to.include(
      'actions/0/predictModel/saveTo/0/V unknown-name x',
    )
  })

  it('variables and config of other pipelines, where these are known', () => {
    const specs = {
      train: {
        config: { rate: 1, net: { depth: 2 } },
        actions: [{ initVariable: { name: 'loss' } }, { update: { dst: { C: 'late' }, value: 1 } }],
      },
      unread: undefined,
    }
    const read = (value: object) => check([variable, update({ V: 'v' }, value)], { specs: specs as unknown as NameScope['specs'] })
    for (const value of [
      { V: 'loss', pipeline: 'train' },
      { C: 'net/depth', pipeline: 'train' },
      { C: 'late/deep', pipeline: 'train' },
      { C: 'none', pipeline: 'train', default: 1 },
      { V: { C: 'name', default: 'x' }, pipeline: 'train' },
      { V: 'any', pipeline: 'unread' },
    ]) {
      expect(read(value), JSON.stringify(value)).to.deep.equal([])
    }
    expect(read({ V: 'los', pipeline: 'train' })).to.deep.equal(['actions/1/update/value/V unknown-name los'])
    expect(read({ C: 'net/dept', pipeline: 'train' })).to.deep.equal(['actions/1/update/value/C unknown-name net/dept'])
    expect(read({ V: 'loss', pipeline: 'test' })).to.deep.equal(['actions/1/update/value/pipeline unknown-name test'])
    expect(check([variable, update({ V: 'v' }, { V: 'any', pipeline: 'test' })])).to.deep.equal([])
  })

  it('what is saved to the config can be read, wherever it is saved', () => {
    const reads = update({ V: 'v' }, [{ C: 'deep' }, { C: 'deep/a' }, { C: 'deep/a/b' }])
    expect(check([variable, reads, update([{ C: 'deep/a' }, { V: 'v' }], [1, 2])])).to.deep.equal([])
    expect(check([variable, reads, update({ C: 'deeper' }, 1)])).to.have.length(3)
    expect(check([variable, reads, update({ C: { V: 'v' } }, 1)])).to.deep.equal([])
  })

  it('what is evaluated before there is a batch reads none', () => {
    const letters = (action: object) => check([variable, action]).map(problem => problem.split('/').slice(2).join('/'))
    const model = (mode: string) => ({ initModel: { mode, modelClass: 'ResNet', name: 'net', config: { a: { size: { B: 'x' } } } } })
    expect(letters(model('static'))).to.deep.equal(['initModel/config/a/size/B no-batch undefined'])
    expect(letters(model('dynamic'))).to.deep.equal([])
    expect(letters({ initVariable: { name: 'w', default: [{ L: 'x' }], initOnEachRun: { PP: 1 } } })).to.deep.equal([
      'initVariable/default/0/L no-batch undefined',
      'initVariable/initOnEachRun/PP no-batch undefined',
    ])
  })

  it('components in lists and objects of places, and behind L', () => {
    const scope = { components: ['images'], batchActions: [] }
    expect(check([update([{ B: 'a' }, { x: { L: 'b' } }], 1), update({ B: 'c' }, [{ B: 'a' }, { L: 'b' }])], scope)).to.deep.equal([])
    expect(check([update({ B: 'c' }, { '.': [{ L: 'boxes' }, 'w'] })], scope)).to.deep.equal([
      'actions/0/update/value/./0/L unknown-name boxes',
    ])
    expect(check([update({ '[]': [{ B: 'a' }, 0] }, 1)], scope)).to.deep.equal(['actions/0/update/dst/[]/0/B unknown-name a'])
  })

  it('components: of the batch class, and those written before', () => {
    const scope = { components: ['images'], batchActions: ['scale'] }
    expect(check([update({ B: 'a' }, { B: 'images' }), update({ B: 'b' }, { B: 'a' })], scope)).to.deep.equal([])
    expect(check([update({ B: 'b' }, { B: 'a' }), update({ B: 'a' }, 1)], scope)).to.deep.equal(['actions/0/update/value/B unknown-name a'])
    expect(
      check([{ scale: { dst: 'a' } }, { scale: { dst: ['b', 'c'] } }, update({ B: 'd' }, [{ B: 'a' }, { B: 'c' }])], scope),
    ).to.deep.equal([])
    expect(check([variable, update({ V: 'v' }, { B: 'anything' })])).to.deep.equal([])
    expect(check([variable, update({ '[]': [{ V: 'v' }, 0] }, { W: { '+': [1, { B: 'nothing' }] } })], scope)).to.deep.equal([
      'actions/1/update/value/W/+/1/B unknown-name nothing',
    ])
  })

  it('actions and attributes, where they are known', () => {
    expect(check([{ flop: {} }], { batchActions: ['flip'] })).to.deep.equal(['actions/0/flop unknown-action flop'])
    expect(check([{ flop: {} }])).to.deep.equal([])
    expect(check([variable, update({ V: 'v' }, { D: 'classes' })], { attributes: [] })).to.deep.equal([
      'actions/1/update/value/D unknown-name classes',
    ])
  })

  it('what an unknown action was to declare is not missed', () => {
    expect(check([{ fetchModel: { name: 'net' } }, train()], { batchActions: [] })).to.deep.equal([
      'actions/0/fetchModel unknown-action fetchModel',
    ])
    expect(check([{ initModel: { mode: 'static', name: 5 } }, train()])).to.deep.equal([])
  })

  it('config paths without a default', () => {
    const read = (json: object, config: object) => check([variable, update({ V: 'v' }, json)], {}, config)
    expect(read({ C: 'a/b' }, { a: { b: 1 } })).to.deep.equal([])
    expect(read({ C: 'a/b' }, { 'a/b': 1 })).to.deep.equal([])
    expect(read({ C: 'a/b', default: 1 }, {})).to.deep.equal([])
    expect(read({ C: null }, {})).to.deep.equal([])
    expect(read({ C: 'a/c' }, { a: { b: 1 } })).to.deep.equal(['actions/1/update/value/C unknown-name a/c'])
  })
})

describe('config paths', () => {
  it('lead through maps and through keys that are paths', () => {
    const config = { a: { 'b/c': { d: 1 } }, e: { V: 'x' } }
    for (const path of ['a', 'a/b', 'a/b/c', 'a/b/c/d', 'e', 'e/anything']) expect(hasConfigPath(config, path), path).to.equal(true)
    for (const path of ['b', 'a/c', 'a/b/c/d/e', 'constructor', 'a/toString']) expect(hasConfigPath(config, path), path).to.equal(false)
    expect(configPaths(config)).to.deep.equal(['a', 'a/b/c', 'a/b/c/d', 'e'])
  })
})

describe('declaredModels()', () => {
  it('tells where each is imported from', () => {
    const actions = [initModel, { importModel: { name: 'other', from: 'first' } }] as unknown as ActionSpec[]
    expect([...declaredModels({ config: {}, actions })]).to.deep.equal([
      ['net', undefined],
      ['other', 'first'],
    ])
  })
})
