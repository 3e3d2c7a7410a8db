import { expect } from 'chai'
import { renderErrors } from '../../../src/errors/index.js'
import { dumpExperiment, readExperiment } from '../../../src/pipeline/yaml/index.js'
import { registry } from '../../support/registry.js'

const env = {
  N: '7',
  ZEROS: '007',
  VERSION: '1.10',
  SHA: '1234e567',
  BIG: '9007199254740993',
  HEX: '0x10',
  RATE: '1e-3',
  YES: 'yes',
  LITERAL: '${vars.a}',
}

function read(vars: string, values: string, more = '') {
  const text = `datasets: { mnist: { openset: mnist } }
vars: ${vars}
pipelines: { p: { dataset: mnist.train, config: { values: ${values} }, actions: [] } }
run: { iterations: 1, batch: { batchSize: 1 } }
${more}`
  return readExperiment(text, { registry, env, file: 'f.yaml' })
}

function valuesOf(vars: string, values: string) {
  const { spec, errors } = read(vars, values)
  expect(renderErrors(errors)).to.equal('')
  return spec!.pipelines.p!.config.values as any
}

describe('a reference inside a reference', () => {
  const vars = '{ opt: a, which: opt, opts: { a: 1, b: [2, { c: 3 }] }, letter: b }'
  const cases: readonly (readonly [written: string, value: unknown])[] = [
    ['${vars.opts.${vars.opt}}', 1],
    ['${vars.opts.${vars.${vars.which}}}', 1],
    ['${vars.opts.${vars.letter}}', [2, { c: 3 }]],
    ['${vars.opts.${vars.letter}.1.c}', 3],
    ['x ${vars.opts.${vars.opt}} y', 'x 1 y'],
    ['${env:NOPE:-${vars.opt}}', 'a'],
    ['${env:NOPE:-${vars.opts}}', { a: 1, b: [2, { c: 3 }] }],
    ['${env:NOPE:-${env:NEITHER:-5}}', 5],
    ['${env:NOPE:-${env:NEITHER:-x${vars.opt}}}', 'xa'],
    ['${env:N:-${env:NOPE}}', 7],
    ['${env:NO${vars.opt}:-d}', 'd'],
    ['${env:NOPE:-{a: 1}}', '{a: 1}'],
    ['${vars.opts.$${x}', undefined],
  ]
  for (const [written, value] of cases.slice(0, -1)) {
    it(`${written} is ${JSON.stringify(value)}`, () => {
      expect(valuesOf(vars, `['${written}', { k: '${written}' }]`)).to.deep.equal([value, { k: value }])
    })
  }

  it('chooses a variant by a variable', () => {
    const { spec, errors } = read(
      '{ which: small }',
      "'${configs.${vars.which}}'",
      'configs: { small: { depth: 1 }, large: { extends: small, depth: 9 } }',
    )
    expect(renderErrors(errors)).to.equal('')
    expect(spec!.pipelines.p!.config.values).to.deep.equal({ depth: 1 })
  })

  it('stands in the name of a tag', () => {
    expect(valuesOf('{ key: a, names: { a: current } }', "[!I '${vars.names.${vars.key}}']")).to.deep.equal([{ I: 'current' }])
  })
})

describe('what looks like a reference', () => {
  const wrong: readonly (readonly [vars: string, written: string, code: string, said: RegExp])[] = [
    ['{ a: 1 }', "['${vars.a']", 'unread-reference', /\$\{vars\.a has no closing brace/],
    ['{ a: 1 }', "['a ${vars.${vars.a}']", 'unread-reference', /no closing brace/],
    ['{ a: 1 }', "['${}']", 'unknown-reference', /\$\{\} does not exist/],
    ["{ a: '${vars.b}', b: '${vars.a}' }", '[]', 'value-cycle', /vars\.\w → vars\.\w → vars\.\w/],
    ["{ a: '${vars.${vars.b}}', b: a }", '[]', 'value-cycle', /vars\.a → vars\.a/],
    ['{ a: 1 }', "{ 'k ${vars.a}': 1 }", 'reference-in-key', /the key k \$\{vars\.a\} contains a reference/],
    ['{ a.b: 1 }', "['${vars.a.b}']", 'unknown-reference', /Did you mean "a\.b"\?/],
    ['{ a.b: 1 }', `['\${vars."a.b}']`, 'open-quote', /quote .* is not closed/],
    ['{ a: [1], b: 2 }', "['${vars.${vars.a}}']", 'reference-not-text', /\$\{vars\.a\} is a list/],
    ['{ a: 1 }', `['${'${'.repeat(30)}${'}'.repeat(30)}']`, 'unread-reference', /too many references/],
  ]
  for (const [vars, written, code, said] of wrong) {
    it(`${written} with ${vars} is an error: ${code}`, () => {
      const { errors } = read(vars, written)
      expect(errors.map(error => error.code)).to.include(code)
      expect(errors.find(error => error.code === code)!.message).to.match(said)
    })
  }

  it('is text after a second $, also in keys, and is read back from what is written', () => {
    const values = valuesOf('{ a: 1 }', "['$${vars.a}', '$$${vars.a}', '$${a.$${b}}', '$${', { '$${k}': 1 }, '{${vars.a}}', '$', '\uE000']")
    expect(values).to.deep.equal(['${vars.a}', '$${vars.a}', '${a.${b}}', '${', { '${k}': 1 }, '{1}', '$', '\uE000'])
    const { spec } = read('{ a: 1 }', "['$${vars.a}', '$${', { '$${k}': 1 }]")
    expect(readExperiment(dumpExperiment(spec!), { registry }).spec).to.deep.equal(spec)
  })

  it('keys with dots are quoted', () => {
    expect(valuesOf('{ a.b: 1, c: { d.e: 2 } }', `['\${vars."a.b"}', '\${vars.c."d.e"}', 'x \${vars."a.b"}']`)).to.deep.equal([1, 2, 'x 1'])
  })

  it('of the environment is no reference', () => expect(valuesOf('{ a: 1 }', "['${env:LITERAL}']")).to.deep.equal(['${vars.a}']))
})

describe('a value inside a string keeps its spelling', () => {
  const spellings = [
    '1234e567',
    '007',
    '9007199254740993',
    '1.10',
    '0x10',
    'yes',
    '1_000',
    'True',
    '~',
    '2024-01-02',
    '+5',
    '.5',
    '12:30',
    '-0',
  ]
  for (const written of spellings) {
    it(`${written}`, () => {
      expect(valuesOf(`{ v: ${written} }`, "['a ${vars.v} b', '${vars.v}-${vars.v}']")).to.deep.equal([
        `a ${written} b`,
        `${written}-${written}`,
      ])
      const { spec } = readExperiment(
        `title: 'run-\${env:X}'\npipelines: { p: { dataset: d.train, actions: [] } }\ndatasets: { d: { openset: mnist } }\nrun: { iterations: 1, batch: { batchSize: 1 } }`,
        { registry, env: { X: written.replace(/[~:+]/g, 'x') } },
      )
      expect(spec!.title).to.equal(`run-${written.replace(/[~:+]/g, 'x')}`)
    })
  }
})

describe('a value that is a variable of the environment', () => {
  it('is a number, true or false if that keeps its spelling, otherwise text', () => {
    const values = valuesOf('{}', "['${env:N}', '${env:ZEROS}', '${env:VERSION}', '${env:SHA}', '${env:BIG}', '${env:HEX}', '${env:YES}']")
    expect(values).to.deep.equal([7, '007', '1.10', '1234e567', '9007199254740993', '0x10', 'yes'])
  })

  it('is what is wanted where text or a number is wanted', () => {
    for (const [name, text] of Object.entries(env)) {
      if (name !== 'LITERAL') expect(read('{}', '[]', `title: '\${env:${name}}'`).spec!.title).to.equal(text)
    }
    expect(read('{}', '[]', "seed: '${env:HEX}'").spec!.seed).to.equal(16)
    expect(read('{}', '[]', "seed: '${env:N}'").spec!.seed).to.equal(7)
    const { errors } = read('{}', '[]', "seed: '${env:YES}'")
    expect(errors.map(({ message }) => message).join()).to.match(/seed must be an integer of at least 0\. Seen: the string "yes"/)
  })
})

describe('a number that cannot be held', () => {
  for (const written of ['9007199254740993', '1e999', '-18446744073709551617', '0x20000000000001']) {
    it(`${written} is an error, unless it is part of a string`, () => {
      expect(read('{}', `[${written}]`).errors.map(({ code }) => code)).to.deep.equal(['inexact-number'])
      expect(valuesOf(`{ v: ${written} }`, `['v\${vars.v}', '${written}']`)).to.deep.equal([`v${written}`, written])
    })
  }

  it('infinity that is meant is held', () =>
    expect(valuesOf('{}', '[.inf, -.inf, -9007199254740992, 123456789012345680000]')).to.deep.equal([
      Infinity,
      -Infinity,
      -9007199254740992,
      123456789012345680000,
    ]))
})
