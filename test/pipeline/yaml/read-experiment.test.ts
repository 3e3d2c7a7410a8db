import { Ajv } from 'ajv'
import { expect } from 'chai'
import { renderErrors } from '../../../src/errors/index.js'
import { type ReadOptions, readExperiment, readExperimentFile } from '../../../src/pipeline/yaml/index.js'
import { registry } from '../../support/registry.js'
import { spec, text } from './experiment.js'

const read = (yaml: string, options: Partial<ReadOptions> = {}) => readExperiment(yaml, { registry, file: 'experiment.yaml', ...options })

describe('readExperiment()', () => {
  it('gives the spec', () => {
    const result = read(text)
    expect(renderErrors(result.errors)).to.equal('')
    expect(result.spec).to.deep.equal(spec)
    expect(result.notes).to.deep.equal([])
  })

  it('gives frozen plain data', () => {
    const isFrozen = (value: unknown): boolean =>
      typeof value !== 'object' || value === null || (Object.isFrozen(value) && Object.values(value).every(isFrozen))
    expect(isFrozen(read(text).spec)).to.equal(true)
  })

  it('reads the plain form of every expression as its tag', () => {
    const plain = text.replace(/!([BCDIMV]) (\w[\w/]*)/g, '{$1: $2}').replace('!R [normal, 0, 1]', '{R: normal, args: [0, 1]}')
    expect(plain).not.to.include('!B images')
    expect(read(plain).spec).to.deep.equal(spec)
  })

  it('fills in defaults', () => {
    const { spec: small } = read(
      `datasets: {mnist: {openset: mnist}}
pipelines: {a: {dataset: mnist.train, actions: []}, b: {dataset: mnist.test, actions: []}}
run: {iterations: 1, batch: {batchSize: 2}, after: [{pipeline: b, batch: {batchSize: 1}}]}`,
      { file: 'some/folder/first-try.yaml' },
    )
    expect(small).to.deep.include({ name: 'first-try', title: 'first-try', description: '', seed: 0, report: { charts: [] } })
    expect(small!.run).to.deep.include({ turns: ['a'], record: [] })
    expect(small!.pipelines.a).to.deep.equal({ dataset: 'mnist.train', config: {}, actions: [] })
  })

  it('knows where each action is written', () => {
    const { sources } = read(text)
    const lines = text.split('\n')
    expect(Object.values(sources.train!).map(({ line, column }) => lines[line - 1]!.slice(column - 1).split(':')[0])).to.deep.equal([
      'normalize',
      'flip',
      'initModel',
      'initModel',
      'trainModel',
    ])
  })

  it('a file that is not there is an error, not a throw', () => {
    const { errors, spec: none } = readExperimentFile('no/such/file.yaml', { registry })
    expect(errors.map(({ code, parts }) => [code, parts.seen])).to.deep.equal([['file-not-readable', 'there is no such file']])
    expect(none).to.equal(undefined)
  })

  it('nothing in a file reaches a prototype', () => {
    for (const yaml of [
      'vars: {__proto__: {polluted: 1}}',
      '? __proto__\n: {polluted: 1}',
      'a: &a {"__proto__": {polluted: 1}}\nvars: {<<: *a}',
      'vars: {constructor: {prototype: {polluted: 1}}}\nconfigs: {x: {y: "${vars.constructor.prototype}"}}',
      'vars: {a: "${constructor.prototype}", b: "${__proto__}", c: "${toString}", d: "${env:__proto__}"}',
      'extends: __proto__',
      'configs: {a: {extends: __proto__}, b: {extends: constructor}}',
      'datasets: {constructor: {openset: constructor}}\npipelines: {toString: {dataset: constructor.prototype, extends: valueOf}}',
      'report: {charts: [{constructor: {}}, {__proto__: {}}, {hasOwnProperty: {series: 1}}]}',
    ]) {
      for (const override of ['__proto__.polluted=1', 'vars.__proto__.polluted=1', 'constructor.prototype.polluted=1', 'run.__proto__=1']) {
        const { spec: none } = read(yaml, { overrides: [override] })
        expect(none, yaml).to.equal(undefined)
        expect(({} as Record<string, unknown>).polluted, yaml).to.equal(undefined)
      }
    }
  })

  it('compiles the schema once for all files', () => {
    const { compile } = Ajv.prototype
    let compiled = 0
    Ajv.prototype.compile = function (this: Ajv, ...args: Parameters<typeof compile>) {
      compiled++
      return compile.apply(this, args)
    } as typeof compile
    try {
      const fresh = { ...registry }
      for (let i = 0; i < 3; i++) read(text, { registry: fresh })
    } finally {
      Ajv.prototype.compile = compile
    }
    expect(compiled).to.equal(1)
  })
})
