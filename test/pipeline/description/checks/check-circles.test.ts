import { expect } from 'chai'
import { importCircles, leadsTo, type Pipelines, waitCircles } from '../../../../src/pipeline/description/checks/check-circles.js'
import type { PipelineSpec } from '../../../../src/pipeline/description/content/pipeline-spec.js'

/** Pipelines by name, each with the actions of its list. */
const pipelinesOf = (lists: Readonly<Record<string, readonly object[]>>): Pipelines =>
  new Map(Object.entries(lists).map(([name, actions]) => [name, { config: {}, actions } as unknown as PipelineSpec]))

const join = (...pipelines: unknown[]) => ({ join: { pipelines } })
const importModel = (from: string, name: unknown = 'net') => ({ importModel: { name, from } })
const initModel = { initModel: { mode: 'static', modelClass: 'ResNet', name: 'net' } }

const found = (problems: ReturnType<typeof waitCircles>) =>
  problems.map(({ path, code, details }) => `${path.join('/')} ${code} ${(details as { chain: readonly string[] }).chain.join(' ')}`)

describe('pipelines that wait for each other', () => {
  const cases: Readonly<Record<string, readonly [lists: Parameters<typeof pipelinesOf>[0], wanted: readonly string[]]>> = {
    'none of them': [{ a: [join('b')], b: [join('c')], c: [] }, []],
    'one for itself': [{ a: [join('a')] }, ['pipelines/a/actions/0/join/pipelines/0 pipeline-cycle a a']],
    'two, which is one circle': [
      { a: [initModel, join('c', 'b')], b: [{ merge: { pipelines: ['a'] } }], c: [] },
      ['pipelines/a/actions/1/join/pipelines/1 pipeline-cycle a b a'],
    ],
    'three, one in a block': [
      { a: [{ repeat: { times: 1, actions: [join('b')] } }], b: [join('c')], c: [join('a')] },
      ['pipelines/a/actions/0/repeat/actions/0/join/pipelines/0 pipeline-cycle a b c a'],
    ],
    'two beside one that leads to them': [
      { before: [join('a')], a: [join('b')], b: [join('a')] },
      ['pipelines/a/actions/0/join/pipelines/0 pipeline-cycle a b a'],
    ],
    'two circles': [
      { a: [join('b', 'c')], b: [join('a')], c: [join('d')], d: [join('c')] },
      ['pipelines/a/actions/0/join/pipelines/0 pipeline-cycle a b a', 'pipelines/c/actions/0/join/pipelines/0 pipeline-cycle c d c'],
    ],
    'through one that is not there': [{ a: [join('gone')] }, []],
    'with arguments that cannot be read': [{ a: [{ join: 5 }, { join: { pipelines: 'a' } }, { unknown: { pipelines: ['a'] } }] }, []],
  }
  for (const [what, [lists, wanted]] of Object.entries(cases)) {
    it(what, () => expect(found(waitCircles(pipelinesOf(lists)))).to.deep.equal(wanted))
  }

  it('lead to others, directly or not', () => {
    const pipelines = pipelinesOf({ a: [join('b')], b: [join('c', 'd')], c: [join('a')], d: [] })
    const targets = (from: string) => ['a', 'b', 'c', 'd', 'e'].filter(target => leadsTo(pipelines, from, target)).join('')
    expect(['a', 'b', 'c', 'd', 'e'].map(targets)).to.deep.equal(['abcd', 'abcd', 'abcd', '', ''])
  })
})

describe('models that are imported in a circle', () => {
  const cases: Readonly<Record<string, readonly [lists: Parameters<typeof pipelinesOf>[0], wanted: readonly string[]]>> = {
    none: [{ a: [importModel('b')], b: [importModel('c')], c: [initModel] }, []],
    'from the same pipeline': [{ a: [initModel, importModel('a')] }, ['pipelines/a/actions/1/importModel/from import-cycle a a']],
    'through two': [{ a: [importModel('b')], b: [importModel('a')] }, ['pipelines/a/actions/0/importModel/from import-cycle a b a']],
    'through three, two models': [
      {
        a: [importModel('b'), importModel('b', 'other')],
        b: [importModel('c'), importModel('a', 'other')],
        c: [importModel('a')],
      },
      ['pipelines/a/actions/0/importModel/from import-cycle a b c a', 'pipelines/a/actions/1/importModel/from import-cycle a b a'],
    ],
    'each other of another name': [{ a: [importModel('b')], b: [importModel('a', 'other')] }, []],
    'by a name that cannot be read': [{ a: [importModel('a', 5)] }, []],
  }
  for (const [what, [lists, wanted]] of Object.entries(cases)) {
    it(what, () => expect(found(importCircles(pipelinesOf(lists)))).to.deep.equal(wanted))
  }

  it('are looked for in what can be read', () => {
    const pipelines: Pipelines = new Map([...pipelinesOf({ a: [importModel('b')] }), ['b', undefined]])
    expect([importCircles(pipelines), waitCircles(pipelines)]).to.deep.equal([[], []])
  })
})
