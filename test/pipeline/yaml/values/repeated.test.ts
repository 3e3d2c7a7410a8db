import { expect } from 'chai'
import { readExperiment } from '../../../../src/pipeline/yaml/index.js'
import { registry } from '../../../support/registry.js'

interface Written {
  readonly datasets?: string
  readonly dataset?: string
  readonly first?: readonly string[]
  readonly second?: readonly string[]
  readonly run?: string
}

/** Where the errors of a file of two pipelines are, and their codes. */
function errorsOf({ datasets = '{ mnist: { openset: mnist } }', dataset = 'mnist.train', first = [], second = [], run = '' }: Written) {
  const pipeline = (name: string, actions: readonly string[]) =>
    `  ${name}:\n    dataset: ${dataset}\n    actions:\n${['initVariable: { name: loss }', ...actions].map(action => `      - ${action}\n`).join('')}`
  const text = `datasets: ${datasets}\npipelines:\n${pipeline('one', first)}${pipeline('two', second)}run: { iterations: 1, batch: { batchSize: 1 }${run} }\n`
  return readExperiment(text, { registry }).errors.map(({ code, location }) => `${location.pipeline ?? '-'} ${code}`)
}

const update = (value: string) => `update: { dst: !V loss, value: ${value} }`

describe('a name that is missing', () => {
  const cases: Readonly<Record<string, readonly [written: Written, wanted: readonly string[]]>> = {
    'is reported once in a pipeline': [{ first: [update('!V qqqq'), update('!V qqqq')] }, ['one unknown-name']],
    'is reported in each pipeline': [
      { first: [update('!V qqqq')], second: [update('!V qqqq'), update('!V qqqq')] },
      ['one unknown-name', 'two unknown-name'],
    ],
    'is reported each time if it is misspelt': [{ first: [update('!V los'), update('!V los')] }, ['one unknown-name', 'one unknown-name']],
    'is reported by its kind': [{ first: [update('!V qqqq'), update('!C qqqq')] }, ['one unknown-name', 'one unknown-name']],
    'is reported once as a model that is never initialised': [
      { first: ['trainModel: { name: qqqq, feed: { images: !B images } }', update('!M qqqq')] },
      ['one not-initialised'],
    ],
    'is reported once as a dataset': [{ dataset: 'qqqq.zzzz' }, ['one unknown-name']],
    'is reported once as a pipeline, wherever it is named': [
      { first: ['join: { pipelines: [qqqq] }'], second: ['merge: { pipelines: [qqqq] }'], run: ', turns: [qqqq]' },
      ['one unknown-name'],
    ],
    'is no mistake again as an action': [{ first: ['qqqq: {}'], second: ['qqqq: {}'] }, ['one unknown-action', 'two unknown-action']],
  }
  for (const [what, [written, wanted]] of Object.entries(cases)) {
    it(what, () => expect(errorsOf(written)).to.deep.equal(wanted))
  }
})

describe('operands in files', () => {
  const seen = (value: string) =>
    readExperiment(
      `datasets: { mnist: { openset: mnist } }
pipelines: { p: { dataset: mnist.train, actions: [{ initVariable: { name: v } }, { update: { dst: !V v, value: ${value} } }] } }
run: { iterations: 1, batch: { batchSize: 1 } }
`,
      { registry },
    ).errors.map(({ code, parts }) => `${code} ${parts.allowed ?? ''}`.trim())

  const right = [
    "{ '-': [!V v, 1] }",
    "{ '.': [!V v, a_1] }",
    "{ '[]': [!V v, name] }",
    "{ '()': [{ '.': [!V v, evaluate] }, accuracy] }",
    "{ '()': [{ '.': [!V v, evaluate] }, [accuracy, f1_score]] }",
    "{ '()': [{ '.': [!V v, evaluate] }, !V v] }",
    "{ '()': [{ '.': [!V v, mean] }, anything] }",
  ]
  for (const value of right) it(`${value} is right`, () => expect(seen(value)).to.deep.equal([]))

  const wrong: readonly (readonly [value: string, error: RegExp])[] = [
    ["{ '-': [!V v, 1, 2] }", /^wrong-type/],
    ["{ '+': [!V v] }", /^wrong-type/],
    ["{ '.': [!V v, 'a b'] }", /^attribute-not-allowed/],
    ["{ '.': [!V v, '1a'] }", /^attribute-not-allowed/],
    ["{ '.': [!V v, 5] }", /^attribute-not-allowed/],
    ["{ '.': [!V v, constructor] }", /^attribute-not-allowed/],
    ["{ '[]': [!V v, constructor] }", /^attribute-not-allowed/],
    ["{ '()': [{ '.': [!V v, evaluate] }, acuracy] }", /^unknown-name .*accuracy/],
    ["{ '()': [{ '.': [!V v, evaluate] }, [accuracy, acuracy]] }", /^unknown-name .*accuracy/],
  ]
  for (const [value, error] of wrong) {
    it(`${value} is an error`, () => {
      const errors = seen(value)
      expect(errors).to.have.length(1)
      expect(errors[0]).to.match(error)
    })
  }
})
