import { expect } from 'chai'
import fc from 'fast-check'
import { renderErrors } from '../../../src/errors/index.js'
import { letters } from '../../../src/pipeline/description/expressions/letters.js'
import { LIVE, operations } from '../../../src/pipeline/description/expressions/operations.js'
import { dumpExperiment, dumpPipeline, readExperiment } from '../../../src/pipeline/yaml/index.js'
import { registry } from '../../support/registry.js'
import { spec, text } from './experiment.js'

const readBack = (yaml: string) => {
  const result = readExperiment(yaml, { registry })
  expect(renderErrors(result.errors)).to.equal('')
  return result.spec!
}

// Values that no expression is read into: their keys are not letters or signs.
const reserved = ['__proto__', LIVE, ...Object.keys(letters), ...Object.keys(operations)]
const key = fc.string({ minLength: 1, maxLength: 12 }).filter(name => !reserved.includes(name))
const number = fc.oneof(
  fc.integer(),
  fc.double({ noNaN: true, noDefaultInfinity: true }).filter(value => !Object.is(value, -0)),
)
const scalar = fc.oneof(
  fc.string(),
  number,
  fc.boolean(),
  fc.constant(null),
  fc.constantFrom(
    '1',
    'true',
    'null',
    '~',
    '!B x',
    '${vars.x}',
    '- a',
    'a: b',
    '# c',
    ' ',
    '\n',
    "'",
    '<<',
    '0x1F',
    '1_000',
    'yes',
    '2001-01-01',
  ),
)
const expression = fc.oneof(
  fc.constantFrom(
    { B: 'images' },
    { B: null },
    { D: 'classes' },
    { I: 'ratio' },
    { M: 'net' },
    { V: 'losses' },
    { V: 'losses', mode: 'append' },
  ),
  fc.constantFrom(
    { W: { V: 'losses' } },
    { R: 'normal', args: [0, 1], size: [3], seed: 1 },
    { R: 'uniform' },
    { '/': [{ B: 'images' }, 255] },
  ),
  fc.string({ minLength: 1 }).map(name => ({ C: name, default: name })),
)
const value = fc.letrec(tie => ({
  any: fc.oneof(
    { depthSize: 'small' },
    scalar,
    expression,
    fc.array(tie('any'), { maxLength: 4 }),
    fc.dictionary(key, tie('any'), { maxKeys: 4 }),
  ),
})).any

describe('dumpExperiment()', () => {
  it('is read back as an equal spec', () => {
    expect(readBack(dumpExperiment(spec as never))).to.deep.equal(spec)
  })

  it('writes expressions as tags and short maps on one line', () => {
    const yaml = dumpExperiment(spec as never)
    expect(yaml).to.include('- trainModel: {name: net, feed: {images: !B images, labels: !B labels}}')
    expect(yaml).to.include('batch: {batchSize: 300, shuffle: 2, epochs: null}')
    expect(yaml).not.to.include('configs')
  })

  it('is what resolvedYaml() gives', () => {
    expect(readExperiment(text, { registry }).resolvedYaml()).to.equal(dumpExperiment(spec as never))
  })

  it('is read back with texts that begin a reference and do not end it', () => {
    const config = { a: '${', b: { ' ': '${' }, c: ['${x', '}'], d: "it's ${y", e: '${z}' }
    const changed = { ...spec, pipelines: { ...spec.pipelines, test: { ...spec.pipelines.test, config } } }
    expect(readBack(dumpExperiment(changed as never))).to.deep.equal(changed)
  })

  it('is read back whatever values it holds', () => {
    fc.assert(
      fc.property(value, fc.string(), fc.string(), (any, title, description) => {
        const { train, test } = spec.pipelines
        const actions = [...test.actions, { update: { dst: { V: 'losses' }, value: any } }]
        const changed = { ...spec, title, description, pipelines: { train, test: { ...test, actions } } }
        expect(readBack(dumpExperiment(changed as never))).to.deep.equal(changed)
      }),
      { numRuns: 150 },
    )
  })
})

describe('dumpPipeline()', () => {
  it('writes one pipeline', () => {
    expect(dumpPipeline(spec.pipelines.train as never)).to.equal(`dataset: mnist.train
config: {lr: 0.1, model: {depth: 3}}
actions:
  - normalize: {scale: 255}
  - flip: {}
  - initModel:
      mode: dynamic
      modelClass: ResNet
      name: net
      config:
        inputs: {images: {shape: [28, 28, 1]}}
        body/filters: [64, 128]
        loss: ce
        body/block/se_block: true
  - initModel:
      mode: static
      modelClass: LinearModel
      name: linear
      config:
        inputs: {images: {shape: [28, 28, 1]}}
        body/filters: [64, 128]
        loss: ce
        depth: !C model/depth
  - trainModel: {name: net, feed: {images: !B images, labels: !B labels}}
`)
  })
})
