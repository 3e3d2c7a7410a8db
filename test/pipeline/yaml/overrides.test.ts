import { expect } from 'chai'
import { renderErrors } from '../../../src/errors/index.js'
import { registry } from '../../../src/experiment/registry.js'
import { assembleSchema, sectionNames } from '../../../src/pipeline/description/schema/assemble-schema.js'
import { readExperiment } from '../../../src/pipeline/yaml/index.js'
import { Config } from '../../../src/util/config.js'

const file = `datasets: { mnist: { openset: mnist } }
vars: { a.b: 1, which: x, unused: 1, other: 2 }
configs:
  base: { loss: ce, optimizer: Adam, body: { filters: [8], num_blocks: [1] }, body/filters: [16] }
  net: { extends: base, inputs: { images: { shape: [28, 28, 1] }, labels: { classes: 10, name: targets } }, input_block/inputs: images, body/block/se_block: true }
pipelines:
  p:
    dataset: mnist.train
    config: { rate: 0.1 }
    actions:
      - initModel: { mode: dynamic, modelClass: ResNet, name: net, config: '\${configs.net}' }
      - print: { values: ['\${vars."a.b"}', { x.y: 1 }] }
run: { iterations: 1, batch: { batchSize: 1, epochs: null } }
`

function read(...overrides: readonly string[]) {
  const result = readExperiment(file, { registry, env: { N: '7' }, overrides })
  return {
    ...result,
    codes: result.errors.map(({ code }) => code),
    noted: result.notes.map(({ code }) => code).filter(code => code !== 'config-problem'),
  }
}

function specOf(...overrides: readonly string[]) {
  const { spec, errors } = read(...overrides)
  expect(renderErrors(errors)).to.equal('')
  return spec as any
}

/** The config of the model, by paths. */
const configOf = (...overrides: readonly string[]) => new Config(specOf(...overrides).pipelines.p.actions[0].initModel.config)

describe('the value of --set', () => {
  const strings = [
    'run #3',
    '#3',
    '# only',
    'a: b',
    '- a',
    '? a',
    '@a',
    '%a',
    '*a',
    '&a',
    '|',
    '> a',
    '`a`',
    'a, b',
    'a=b',
    '=',
    "'tis",
    '"a" b',
    '"a',
  ]
  for (const text of strings) it(`${text} is that string`, () => expect(specOf(`title=${text}`).title).to.equal(text))

  const values: readonly (readonly [written: string, value: unknown])[] = [
    ['null', null],
    ['~', null],
    ['Null', null],
    ['', null],
    ['7', 7],
    ['1e-3', 0.001],
    ['0x10', 16],
    ['true', true],
    ['yes', 'yes'],
    ['"7"', '7'],
    ["'a # b'", 'a # b'],
    ['{ a: [1] }', { a: [1] }],
    ['!C rate', { C: 'rate' }],
    ['${env:N}', 7],
    ['v${env:N}', 'v7'],
    ['$${a}', '${a}'],
  ]
  for (const [written, value] of values) {
    it(`${written || 'nothing'} is ${JSON.stringify(value)}`, () =>
      expect(specOf(`pipelines.p.actions.1.print.values.1=${written}`).pipelines.p.actions[1].print.values[1]).to.deep.equal(value))
  }

  it('is read as what is wanted: text keeps its spelling, numbers are numbers', () => {
    for (const text of ['007', '1.10', '0x10', '1234e567', '9007199254740993', 'true']) expect(specOf(`title=${text}`).title).to.equal(text)
    expect(specOf('seed=0x10').seed).to.equal(16)
  })

  it('is null where null is not allowed, and an error', () => {
    for (const text of ['null', '~', '']) expect(read_('title', text)).to.deep.equal(['wrong-type'])
  })

  it('with a comment inside a list is an error', () => expect(codesOf('run.turns=[p] # c')).to.deep.equal(['unreadable-override']))
})

const codesOf = (...overrides: readonly string[]) => read(...overrides).codes
const read_ = (path: string, text: string) => codesOf(`${path}=${text}`)

describe('the path of --set', () => {
  const same: readonly (readonly [override: string, path: string, value: unknown])[] = [
    ['configs.base.body.filters=[64]', 'body/filters', [64]],
    ['configs.base.body/filters=[64]', 'body/filters', [64]],
    ['configs.net.body.filters=[64]', 'body/filters', [64]],
    ['configs.net.body.block.se_block=false', 'body/block/se_block', false],
    ['configs.net.body.block.se_block.ratio=4', 'body/block/se_block', { ratio: 4 }],
    ['configs.net.body/block.se_block/ratio=4', 'body/block/se_block', { ratio: 4 }],
    ['configs.base.body={ filters: [3], num_blocks: [1] }', 'body/filters', [3]],
    ['configs.net.input_block.inputs=[images]', 'input_block/inputs', ['images']],
    ['configs.net.initial_block/inputs=[images]', 'input_block/inputs', ['images']],
    ['configs.net.initial_block.layout=cna', 'initial_block/layout', 'cna'],
    ['pipelines.p.actions.0.initModel.config.body.filters=[64]', 'body/filters', [64]],
  ]
  for (const [override, path, value] of same) {
    it(`${override} changes ${path}, however the file spells it`, () =>
      expect(JSON.parse(JSON.stringify(configOf(override).get(path)))).to.deep.equal(value))
  }

  it('changes what takes effect where the file has two spellings', () => {
    expect(configOf().get('body/filters')).to.deep.equal([16])
    expect(configOf('configs.base.body.filters=[64]').flatten()).to.deep.include({ 'body/filters': [64], 'body/num_blocks': [1] })
  })

  it('reaches items of lists, and keys with dots in quotes', () => {
    expect(specOf('pipelines.p.actions.1.print.values.0=2').pipelines.p.actions[1].print.values[0]).to.equal(2)
    for (const path of ['vars."a.b"', "vars.'a.b'"]) expect(specOf(`${path}=5`).pipelines.p.actions[1].print.values[0]).to.equal(5)
    const values = specOf('pipelines.p.actions.1.print.values.1."x.y"=5').pipelines.p.actions[1].print.values
    expect(values[1]).to.deep.equal({ 'x.y': 5 })
  })

  it('creates what the schema allows, at any depth', () => {
    expect(specOf('run.checkpoint.every=5').run.checkpoint).to.deep.equal({ every: 5 })
    expect(specOf('run.checkpoint=false', 'run.checkpoint.every=5').run.checkpoint).to.deep.equal({ every: 5 })
    expect(specOf('report.charts=[]').report).to.deep.equal({ charts: [] })
    expect(specOf('description=a').description).to.equal('a')
    expect(specOf('pipelines.p.batch.batchSize=5').pipelines.p.batch).to.deep.equal({ batchSize: 5 })
    expect(configOf('configs.net.decay={ name: cosine, decaySteps: 5 }').get('decay/name')).to.equal('cosine')
  })

  const wrong: readonly (readonly [override: string, code: string, fix: string, allowed?: string])[] = [
    ['run.chekpoint.every=5', 'unknown-key', 'Did you mean checkpoint?', 'iterations, turns, batch, record, every, after, checkpoint'],
    ['run.checkpoint.evry=5', 'unknown-key', 'Did you mean every?', 'every, everySeconds, keep'],
    ['vars.a.b=5', 'unknown-override', 'Did you mean "a.b"?', '"a.b", which, unused, other'],
    ['titel=a', 'unknown-override', 'Did you mean title?'],
    ['configs.net.body.block.se_blok.ratio=4', 'config-problem', 'Did you mean se_block?'],
    ['pipelines.p.config.rat=4', 'unknown-override', 'Did you mean rate?'],
    ['~run.batch.epoch', 'unknown-override', 'Did you mean epochs?'],
    [
      'configs.net.optimizer.learningRate=0.1',
      'override-in-value',
      "Replace it as a whole: --set 'configs.net.optimizer={name: Adam, learningRate: …}'",
    ],
    ['run.batch.iterations=5', 'keys-exclude', "Delete the other: --set '~run.batch.epochs'"],
    ['vars."a.b=5', 'unreadable-override', ''],
    ['~', 'unreadable-override', ''],
  ]
  for (const [override, code, fix, allowed] of wrong) {
    it(`${override} is an error that says what is allowed`, () => {
      const { errors } = read(override)
      expect(errors.map(error => error.code)).to.deep.equal([code])
      expect(errors[0]!.parts.fix ?? '').to.equal(fix)
      if (allowed) expect(errors[0]!.parts.allowed).to.equal(allowed)
      expect(errors[0]!.location.source!.file).to.equal('--set')
    })
  }

  it('deletes with ~: a key, an inherited one, an item of a list', () => {
    expect(specOf('~run.batch.epochs', 'run.batch.iterations=5').run.batch).to.deep.equal({ batchSize: 1, iterations: 5 })
    expect(configOf('~configs.net.optimizer').has('optimizer')).to.equal(false)
    expect(configOf('~configs.net.body.filters').flatten()).to.not.have.property('body/filters')
    expect(specOf('~pipelines.p.actions.1').pipelines.p.actions).to.have.length(1)
  })

  it('names the sections of a file that the schema knows', () => {
    const { properties } = assembleSchema(registry, { expressions: false })
    expect(Object.keys(properties as object)).to.deep.equal(sectionNames)
  })
})

describe('a --set that changes nothing', () => {
  it('is an error if the experiment does not use the value', () => {
    for (const override of ['vars.unused=5', 'vars.unused={ a: 1 }', 'vars.other=3'])
      expect(codesOf(override)).to.deep.equal(['override-unused'])
  })

  it('is a note if the value was that already', () => {
    for (const override of ['run.iterations=1', 'run.batch.epochs=null', 'configs.net.loss=ce', 'seed=0', 'vars.unused=1']) {
      const { codes, noted } = read(override)
      expect(codes, override).to.deep.equal([])
      expect(noted, override).to.deep.equal(override === 'seed=0' ? [] : ['override-repeats'])
    }
  })

  it('is neither if a later one changes the same value again, or uses it', () => {
    expect(read('run.iterations=5', 'run.iterations=6')).to.deep.include({ codes: [], noted: [] })
    expect(read('vars.unused=5', 'title=${vars.unused}')).to.deep.include({ codes: [], noted: [] })
  })
})
