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

  /** Problems with all that they say. */
  const detailed = (spec: object, scope: NameScope = {}) =>
    checkPipelineNames({ config: {}, actions: [], ...spec }, scope).map(
      ({ path, code, details }) => `${path.join('/')} ${code} ${JSON.stringify(details)}`,
    )

  it('locks: declared anywhere', () => {
    const lock = { initLock: { name: 'l' } }
    const acquire = (name: unknown) => ({ acquireLock: { name } })
    expect(detailed({ actions: [acquire('l'), lock, acquire(5)] })).to.deep.equal([])
    expect(detailed({ actions: [acquire('k'), lock] })).to.deep.equal([
      'actions/0/acquireLock/name unknown-name {"kind":"lock","seen":"k","allowed":["l"]}',
    ])
  })

  it('what is evaluated before a run reads no batch; its names are looked for', () => {
    const letters = (spec: object) => detailed(spec).map(text => text.split(' {')[0])
    expect(letters({ config: { a: { B: 'x' }, b: { V: 'v' }, c: { M: 'net' }, d: { C: 'none' } } })).to.deep.equal([
      'config/b/V unknown-name',
      'config/d/C unknown-name',
    ])
    expect(detailed({ batch: { batchSize: { B: 'size' }, epochs: { M: 'net' } }, datasetFrom: { PP: 1 } })).to.deep.equal([
      'batch/batchSize/B no-batch {"letter":"B"}',
      'datasetFrom/PP no-batch {"letter":"PP"}',
    ])
    expect(detailed({ config: { a: 1 }, datasetFrom: { C: 'a' }, batch: { batchSize: { C: 'b' } } })).to.deep.equal([
      `batch/batchSize/C unknown-name {"kind":"value in the pipeline's config","seen":"b","allowed":["a"]}`,
    ])
  })

  it('actions stand where they may', () => {
    const rebatch = { rebatch: { batchSize: 2 } }
    const repeat = (...actions: object[]) => ({ repeat: { times: 1, actions } })
    expect(detailed({ actions: [rebatch, repeat(variable)] })).to.deep.equal([])
    expect(detailed({ actions: [repeat(rebatch)] })).to.deep.equal([
      'actions/0/repeat/actions/0/rebatch stage-in-block {"action":"rebatch"}',
    ])
    const [problem, ...more] = checkPipelineNames({ config: {}, actions: [], before: [variable, { skipBatch: {} }] as never }, {})
    expect(more).to.deep.equal([])
    expect([problem!.path.join('/'), problem!.code]).to.deep.equal(['before/1/skipBatch', 'action-needs-batch'])
    const { action, section, allowed } = problem!.details as unknown as { action: string; section: string; allowed: string[] }
    expect([action, section]).to.deep.equal(['skipBatch', 'before'])
    expect(allowed).to.include.members(['initVariable', 'update', 'repeat']).and.not.include.members(['skipBatch'])
    expect(detailed({ after: [variable, update({ V: 'v' }, { B: 'x' })] })).to.deep.equal([
      'after/1/update/value/B no-batch {"letter":"B"}',
    ])
    const flop = checkPipelineNames({ config: {}, actions: [], after: [{ flop: {} }] as never }, {})
    expect(flop.map(({ code }) => code)).to.deep.equal(['action-needs-batch'])
  })

  it('allowed names are listed', () => {
    const [unknown] = checkPipelineNames({ config: {}, actions: [{ flop: {} }] as never }, { batchActions: ['flip'] })
    expect((unknown!.details as unknown as { allowed: string[] }).allowed).to.include.members(['flip', 'initVariable'])
    expect(detailed({ actions: [variable, update({ V: 'w' }, { D: 'x' })] }, { attributes: ['classes'] }).at(-1)).to.match(
      /^actions\/1\/update\/value\/D unknown-name \{"kind":"attribute of the dataset","seen":"x","allowed":\["classes",/,
    )
    expect(detailed({ actions: [variable, update({ V: 'v' }, { V: 'w' })] })).to.deep.equal([
      'actions/1/update/value/V unknown-name {"kind":"variable","seen":"w","allowed":["v"]}',
    ])
    const specs = { train: { config: { rate: 1 }, actions: [{ initVariable: { name: 'loss' } }] } } as unknown as NameScope['specs']
    expect(
      detailed(
        {
          actions: [
            variable,
            update({ V: 'v' }, [
              { V: 'x', pipeline: 'train' },
              { C: 'y', pipeline: 'train' },
            ]),
          ],
        },
        { specs },
      ),
    ).to.deep.equal([
      'actions/1/update/value/0/V unknown-name {"kind":"variable of train","seen":"x","allowed":["loss"]}',
      'actions/1/update/value/1/C unknown-name {"kind":"value in the config of train","seen":"y","allowed":["rate"]}',
    ])
    const imported = { importModel: { name: 'net', from: 'first' } }
    expect(detailed({ actions: [imported] }, { pipelines: { first: ['other'] } })).to.deep.equal([
      'actions/0/importModel/name unknown-name {"kind":"model of first","seen":"net","allowed":["other"]}',
    ])
    expect(detailed({ actions: [initModel, initModel] })).to.deep.equal(['actions/1/initModel/name declared-twice {"name":"net"}'])
  })

  it('names that cannot be read are not missed, and nothing is where one of them is declared', () => {
    expect(
      check([{ importModel: { name: 5, from: 'first' } }, { importModel: { name: 'a', from: {} } }], { pipelines: { first: [] } }),
    ).to.deep.equal([])
    const specs = {
      odd: { config: {}, actions: [{ initVariable: { name: 'a' } }, { initVariable: { name: {} } }] },
    } as unknown as NameScope['specs']
    expect(check([variable, update({ V: 'v' }, { V: 'x', pipeline: 'odd' })], { specs })).to.deep.equal([])
    expect(check([{ initVariable: { name: {} } }, update({ V: 'anything' }, 1)])).to.deep.equal([])
    expect(check([{ fetchModel: { name: 'v' } }, update({ V: 'v' }, 1)], { batchActions: [] })).to.deep.equal([
      'actions/0/fetchModel unknown-action fetchModel',
    ])
    expect(
      check([{ trainModel: 5 }, { trainModel: { name: {}, feed: {} } }, { fetchModel: 5 }, { fetchModel: { name: 5 } }]),
    ).to.deep.equal([])
    const [elsewhere] = checkPipelineNames(
      { config: {}, actions: [train()] as never },
      { pipelines: { unread: undefined, second: ['net'] } },
    )
    expect(elsewhere).to.nested.include({ 'details.elsewhere': 'second' })
  })
})
