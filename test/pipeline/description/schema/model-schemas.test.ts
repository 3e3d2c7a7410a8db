import { readFileSync } from 'node:fs'
import { Ajv } from 'ajv'
import { expect } from 'chai'
import { registry } from '../../../../src/experiment/registry.js'
import { listConfigKeys, models, type ZooName } from '../../../../src/models.js'
import { assembleSchema, formatSchema } from '../../../../src/pipeline/description/schema/assemble-schema.js'
import { modelSchemas } from '../../../../src/pipeline/description/schema/model-schemas.js'

/** A check of files; it is compiled once for all that a test checks. */
const validator = () =>
  new Ajv({ allErrors: true, strictTypes: false, strictRequired: false, strictTuples: false }).compile(assembleSchema(registry))

/** A check of configs of a class. */
function checker() {
  const validate = validator()
  return (config: unknown, modelClass = 'ResNet') =>
    validate({ pipelines: { p: { actions: [{ initModel: { mode: 'dynamic', modelClass, name: 'net', config } }] } } })
}

describe('schemas of configs of models', () => {
  it('are strict JSON Schema', () => {
    const { definitions } = assembleSchema(registry) as { definitions: Readonly<Record<string, object>> }
    const needed = ['expression', 'plain-expression', 'reference', ...Object.keys(modelSchemas(registry).definitions)]
    const schema = {
      definitions: Object.fromEntries(needed.map(name => [name, definitions[name]])),
      $ref: `#/definitions/config-${Object.keys(models)[0]}`,
    }
    // A call has its method first, and any number of arguments.
    const strict = new Ajv({ strict: true, allowUnionTypes: true, strictTuples: false })
    expect(() => strict.compile(schema)).not.to.throw()
  })

  const right: readonly unknown[] = [
    {},
    { inputs: { images: { shape: [28, 28, 1] }, labels: { classes: 10, name: 'targets' } }, 'initial_block/inputs': 'images' },
    { 'inputs/images/shape': [28, 28, 1], inputs: { labels: { classes: ['a', 'b'], transform: null } } },
    { body: { num_blocks: [1], block: { 'se_block/ratio': 4 } }, 'body/block/layout': 'cna cn' },
    { 'body/block': { se_block: { ratio: 4 }, post_activation: true }, 'common/activation': ['relu', null] },
    {
      'body/block': {
        type: 'branches',
        branches: [
          { layout: 'p', pool_size: 3 },
          { share: 0.5, branches: [{ layout: 'cna' }] },
        ],
      },
    },
    { loss: 'ce', optimizer: 'Adam', decay: null, predictions: null },
    { loss: 'cross_entropy', optimizer: ['AdamW', { weightDecay: 0.1 }], decay: ['exp', { decaySteps: 5, decayRate: 0.9 }] },
    { loss: { name: 'dice', smooth: 1 } },
    { loss: ['tversky', { alpha: 0.5, weights: [1, { C: 'weight' }] }] },
    { loss: ['ce', { name: 'focal', gamma: 3, weight: 0.5 }, ['dice', { activation: 'sigmoid' }]] },
    { 'loss/name': 'huber', 'loss/delta': 2, 'inputs/masks': { shape: [8, 8], classes: 3, ignore: 255 } },
    { optimizer: { learningRate: 0.1 }, decay: { warmupSteps: 5 }, gradient_clipping: { norm: 1 } },
    { 'optimizer/learningRate': 0.1, 'decay/name': 'cosine', 'decay/decaySteps': 5 },
    { loss: { C: 'loss' }, optimizer: { name: 'SGD', learningRate: { C: 'rate' } }, 'body/num_blocks': [{ C: 'n' }, 2] },
    { loss: '${vars.loss}', body: '${configs.body}', 'head/units': '${vars.units}' },
    '${configs.resnet}',
    { C: 'config' },
  ]
  it('take what a model takes', () => {
    const fits = checker()
    for (const config of right) expect(fits(config), JSON.stringify(config)).to.equal(true)
  })

  const wrong: readonly object[] = [
    { losss: 'ce' },
    { 'body/num_blokcs': [1] },
    { body: { num_blokcs: [1] } },
    { body: { 'block/se_blok': true } },
    { 'body/block/branches': [{ layot: 'cna' }] },
    { 'body/by_group': [{ by_block: [{ branches: [{ branches: [{ branches: [{ filtres: 3 }] }] }] }] }] },
    { inputs: { images: { shpe: 3 } } },
    { 'inputs/images/shpe': 3 },
    { loss: 'cee' },
    { loss: ['ce', 'cee'] },
    { loss: { gamma: 2 } },
    { loss: { name: 'dice', smoth: 1 } },
    { loss: ['ce', { name: 'focal', gama: 1 }] },
    { loss: { name: 'focal', gamma: -1 } },
    { optimizer: 'Adm' },
    { optimizer: { name: 'SGD', beta1: 0.9 } },
    { optimizer: ['Adam', { learningRat: 0.9 }] },
    { 'optimizer/learningRat': 0.9 },
    { decay: { name: 'cosine' } },
    { gradient_clipping: {} },
    { gradient_clipping: { norm: 1, value: 1 } },
    { 'body/num_blocks': [0] },
    { 'head/activation': 'rel' },
    { microbatch_size: 0.5 },
    { engine: null },
  ]
  it("refuse what it does not, but for a class of the user's own", () => {
    const fits = checker()
    for (const config of wrong) {
      expect(fits(config), JSON.stringify(config)).to.equal(false)
      expect(fits(config, '${vars.model}'), JSON.stringify(config)).to.equal(true)
    }
  })

  it('know the class that the config names', () => {
    const validate = validator()
    const named = (config: object) => validate({ pipelines: { p: { actions: [{ initModel: { mode: 'dynamic', name: 'net', config } }] } } })
    expect(named({ model: 'ResNet', 'body/num_blocks': [1] })).to.equal(true)
    expect(named({ model: 'ResNet', 'body/num_blokcs': [1] })).to.equal(false)
    expect(named({ model: 'Mine', 'body/num_blokcs': [1] })).to.equal(true)
  })

  it('have each key of each class', () => {
    const { initModel, definitions } = modelSchemas(registry)
    const conditions = initModel.allOf as any[]
    const namesIn = (condition: any) => condition.if.anyOf[0].properties.modelClass.enum
    const named = conditions.flatMap(namesIn)
    expect(named).to.have.members(Object.keys(models))
    for (const condition of conditions) {
      const name = namesIn(condition)[0] as ZooName
      const { properties, patternProperties } = (definitions[`config-${name}`] as any).anyOf[0]
      const known = (key: string) =>
        Object.hasOwn(properties, key) || Object.keys(patternProperties).some(pattern => new RegExp(pattern).test(key))
      for (const { key } of listConfigKeys(name)) {
        // The options of a choice are those of any row of its table.
        if (key.endsWith('/<name>') || /^\w+\/<name>/.test(key.replace(/^inputs/, ''))) continue
        expect(known(key), key).to.equal(true)
      }
    }
  })

  it('have a text for each key, which no reference hides', () => {
    const { definitions } = modelSchemas(registry)
    const visit = (schema: any, path: string): void => {
      if (typeof schema !== 'object' || schema === null) return
      if (schema.$ref) expect(Object.keys(schema), path).to.deep.equal(['$ref'])
      for (const [key, one] of Object.entries<any>(schema.properties ?? {})) {
        const { description } = one.$ref ? (definitions[one.$ref.slice('#/definitions/'.length)] as any) : one
        expect(description, `${path}/${key}`).to.be.a('string')
      }
      for (const [key, one] of Object.entries(schema)) if (key !== 'not') visit(one, `${path}/${key}`)
    }
    visit(definitions, '')
  })

  it('are in the published file', () => {
    expect(readFileSync(new URL('../../../../schema/millrace.schema.json', import.meta.url), 'utf8')).to.equal(formatSchema(registry))
  })
})
