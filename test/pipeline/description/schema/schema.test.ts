import { Ajv } from 'ajv'
import { expect } from 'chai'
import { assembleSchema, formatSchema } from '../../../../src/pipeline/description/schema/assemble-schema.js'
import { registry } from '../../../support/registry.js'
import { spec } from '../../yaml/experiment.js'

const validator = () =>
  new Ajv({ allErrors: true, strictTypes: false, strictRequired: false, strictTuples: false }).compile(assembleSchema(registry))

/** What a schema says besides that a reference can stand there. */
const inside = (one: any) => one.anyOf?.[0] ?? one

describe('assembleSchema()', () => {
  let schema: any
  beforeEach(() => {
    schema = assembleSchema(registry)
  })

  it('is accepted by ajv in strict mode', () => {
    expect(() => new Ajv({ strict: true }).compile(schema)).not.to.throw()
  })

  it('is draft 7, without keywords of later drafts', () => {
    expect(schema.$schema).to.include('draft-07')
    expect(JSON.stringify(schema)).not.to.match(/dependentRequired|unevaluatedProperties|\$defs/)
  })

  it('takes a whole experiment', () => {
    const validate = validator()
    expect(validate(spec), JSON.stringify(validate.errors?.[0])).to.equal(true)
  })

  it('takes what composing takes away: extends, vars, configs, references', () => {
    const validate = validator()
    const file = {
      extends: ['base.yaml'],
      vars: { n: 1 },
      configs: { a: { extends: 'b' } },
      pipelines: { p: { extends: 'q', config: '${configs.a}' } },
      run: { iterations: '${vars.n}', batch: '${vars.batch}' },
    }
    expect(validate(file), JSON.stringify(validate.errors)).to.equal(true)
  })

  it('takes expressions where they can stand, plain and as the text a tag is to an editor', () => {
    const validate = validator()
    const withScale = (scale: unknown) => ({ pipelines: { p: { actions: [{ normalize: { scale } }] } } })
    const mean = { '()': [{ '.': [{ B: 'images' }, 'mean'] }, 0] }
    for (const scale of [1, { C: 'scale' }, { '*': [{ V: 'a' }, 2] }, { IF: [true, { P: [1, 2] }, mean] }, 'images', '${vars.scale}'])
      expect(validate(withScale(scale)), `${scale}`).to.equal(true)
    for (const scale of [true, [], { Q: 1 }, { F: 'eval' }, { '()': [1] }, { '()': [{ '.': [{ B: 'images' }, 'constructor'] }] }])
      expect(validate(withScale(scale)), `${scale}`).to.equal(false)
  })

  it('refuses unknown keys, actions, sources and charts', () => {
    const validate = validator()
    for (const file of [
      { tilte: 'a' },
      { pipelines: { p: { actions: [{ normalise: {} }] } } },
      { pipelines: { p: { actions: [{ call: { fn: 'eval' } }] } } },
      { datasets: { a: { openset: 'b' } } },
      { datasets: { a: { openset: 'mnist', foldr: 'b' } } },
      { report: { charts: [{ pie: {} }] } },
    ]) {
      expect(validate(file), JSON.stringify(file)).to.equal(false)
    }
  })

  it('describes every action, chart and key', () => {
    const described = [
      ...Object.values(inside(inside(inside(schema.properties.report).properties.charts).items).properties as object),
      ...Object.entries(schema.definitions).flatMap(([name, value]) => (name.startsWith('action-') ? [value] : [])),
      ...Object.values(inside(schema.properties.run).properties as object),
    ] as { description?: string }[]
    expect(described.length).to.be.above(12)
    for (const one of described) expect(one.description, JSON.stringify(one)).to.be.a('string')
  })

  it('formatSchema() is its text', () => {
    expect(JSON.parse(formatSchema(registry))).to.deep.equal(JSON.parse(JSON.stringify(schema)))
    expect(formatSchema(registry)).to.match(/^\{\n {2}"\$schema".*\}\n$/s)
  })
})
