import { expect } from 'chai'
import { openExperiment } from '../../src/experiment/index.js'
import { B, Dataset, defineBatch, template } from '../../src/index.js'
import type { Registry } from '../../src/pipeline/description/registry.js'
import { assembleSchema } from '../../src/pipeline/description/schema/assemble-schema.js'
import { createPipeline, type PipelineOf } from '../../src/pipeline/index.js'
import { dumpExperiment, readExperiment } from '../../src/pipeline/yaml/index.js'
import { registry } from '../support/registry.js'

const done: unknown[] = []

/** A batch class with two actions that go by the names of core actions, one of which holds a block. */
const LoudBatch = defineBatch({
  name: 'LoudBatch',
  components: {},
  actions: {
    print: {
      summary: 'Notes a word.',
      schema: { type: 'object', properties: { word: { type: 'string' } }, required: ['word'], additionalProperties: false },
      apply: (_, { word }: { word: string }) => {
        done.push(word)
      },
    },
    repeat: {
      summary: 'Notes how often.',
      schema: { type: 'object', properties: { actions: { type: 'integer' } }, required: ['actions'], additionalProperties: false },
      apply: (_, { actions }: { actions: number }) => {
        done.push(actions)
      },
    },
  },
})

const data = new Dataset(2, LoudBatch, { name: 'loud' })
type Loud = { print(options: object): PipelineOf<any>; repeat(options: object): PipelineOf<any> }
const own = (pipeline: object) => pipeline as unknown as Loud

const withLoud: Registry = {
  ...registry,
  opensets: {
    ...registry.opensets,
    loud: {
      summary: 'loud',
      schema: { type: 'object', properties: {}, required: [], additionalProperties: false },
      parts: [],
      batchClass: LoudBatch,
      attributes: [],
      load: async () => data,
    },
  },
}
const file = (actions: string, dataset = 'loud') => `
datasets: { ${dataset.split('.')[0]}: { openset: ${dataset.split('.')[0]} } }
pipelines: { p: { dataset: ${dataset}, actions: ${actions} } }
run: { iterations: 1, batch: { batchSize: 2 } }
`
const read = (text: string) => readExperiment(text, { registry: withLoud })

describe('an own action of a batch class with the name of a core action', () => {
  beforeEach(() => {
    done.length = 0
  })

  it('takes its place among the methods of a pipeline, in blocks too', async () => {
    await own(
      own(data.p)
        .print({ word: 'a' })
        .sometimes(1, p => own(p).print({ word: 'b' })),
    )
      .repeat({ actions: 3 })
      .run(2)
    expect(done).to.deep.equal(['a', 'b', 3])
  })

  it('takes its place in a file, and both doors describe the same', async () => {
    const actions =
      '[{ print: { word: a } }, { sometimes: { probability: 1, actions: [{ print: { word: b } }] } }, { repeat: { actions: 3 } }]'
    const { spec, errors } = read(file(actions))
    expect(errors).to.deep.equal([])
    const fluent = own(
      own(data.p)
        .print({ word: 'a' })
        .sometimes(1, p => own(p).print({ word: 'b' })),
    ).repeat({ actions: 3 })
    expect(spec!.pipelines.p!.actions).to.deep.equal(fluent.spec.actions)
    await (await openExperiment(spec!, withLoud)).pipelines.p!.run(2)
    expect(done).to.deep.equal(['a', 'b', 3])
  })

  it('is read back from a file that was written', () => {
    const { spec } = read(file('[{ print: { word: a } }]'))
    expect(read(dumpExperiment(spec!)).spec).to.deep.equal(spec)
  })

  it('is checked by its own schema, where it is written', () => {
    const text = file('[{ print: { values: [1] } }]')
    const { errors } = read(text)
    expect(errors.map(({ code }) => code)).to.deep.equal(['unknown-key'])
    for (const { location } of errors) expect(location.source!.line).to.equal(3)
    expect(() => own(data.p).print({ values: [1] })).to.throw(/values/)
  })

  it('leaves the core action to pipelines over other classes, and to templates', async () => {
    expect(read(file('[{ print: { values: [!B size] } }]', 'mnist.train')).errors).to.deep.equal([])
    const plain = template().print(B.size)
    expect(Object.keys(plain.spec.actions[0]!)).to.deep.equal(['print'])
    expect(Object.keys(plain.on(data).spec.actions[0]!)).to.deep.equal(['print'])
  })

  it('is known to editors beside the core action', () => {
    const { definitions } = assembleSchema(withLoud) as { definitions: Record<string, { anyOf?: readonly unknown[] }> }
    // And a reference may stand for either.
    expect(definitions['action-print']!.anyOf).to.have.length(3)
    expect(Object.keys(definitions)).to.include('action-batch.print')
  })

  it('may not have the name of a method that is no action', () => {
    const action = { summary: 'Runs.', schema: { type: 'object', properties: {} }, apply: () => undefined }
    const RunBatch = defineBatch({ name: 'RunBatch', components: {}, actions: { run: action } })
    expect(() => createPipeline(new Dataset(1, RunBatch))).to.throw(/RunBatch has an action called run/)
  })
})
