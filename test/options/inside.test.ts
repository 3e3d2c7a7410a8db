import { expect } from 'chai'
import {
  anyOf,
  anything,
  boolean,
  check,
  integer,
  listOf,
  mapOf,
  meantBy,
  nullable,
  oneOf,
  option,
  options,
  read,
  reference,
  rowsOf,
  string,
  text,
  tuple,
} from '../../src/options/index.js'

const ratio = () => options({ ratio: option('the ratio', integer({ min: 1 }), { default: 16, oldNames: ['r'] }) })
const network = () =>
  options({
    name: option('the name', string),
    se: option('squeeze', anyOf(boolean, ratio()), { default: false }),
    sizes: option('the sizes', anyOf(integer({ min: 1 }), listOf(integer({ min: 1 }))), { optional: true }),
    pair: option('two blocks', tuple([ratio(), ratio()]), { optional: true }),
    blocks: option('blocks', listOf(options({ layout: option('the layout', oneOf(['cna', 'nac'])) })), { optional: true }),
    inputs: option('the inputs', mapOf(ratio()), { optional: true }),
    padding: option('the padding', nullable(oneOf(['same', 'valid'])), { optional: true }),
    limit: option('a limit', nullable(ratio()), { optional: true }),
  })

describe('options inside options', () => {
  /** What is read, the code and the message of the error about it. */
  const refused: readonly (readonly [written: object, code: string, message: RegExp])[] = [
    [{ se: { ratio: 0 } }, 'wrong-value', /^se\/ratio of a net .*Seen: 0. Allowed: an integer of at least 1/],
    [{ se: { ratoi: 1 } }, 'unknown-option', /^se of a net has no option ratoi.*Did you mean ratio/],
    [{ se: 3 }, 'wrong-value', /^se of a net .*Seen: 3. Allowed: true or false, or a map with ratio/],
    [{ sizes: [1, 0] }, 'wrong-value', /^sizes\/1 of a net .*Seen: 0/],
    [{ sizes: 0 }, 'wrong-value', /^sizes of a net .*an integer of at least 1, or a list, each an integer of at least 1/],
    [{ sizes: [] }, 'wrong-value', /^sizes of a net .*Seen: \[\]/],
    [{ pair: [{}, { ratio: 'x' }] }, 'wrong-value', /^pair\/1\/ratio of a net .*Seen: "x"/],
    [{ pair: [{}] }, 'wrong-value', /^pair of a net .*a list of 2: a map with ratio/],
    [{ blocks: [{}] }, 'missing-argument', /^blocks\/0 of a net needs layout/],
    [{ blocks: [{ layout: 'can' }] }, 'wrong-value', /^blocks\/0\/layout of a net .*cna or nac/],
    [{ inputs: { a: { ratio: null } } }, 'wrong-value', /^inputs\/a\/ratio of a net .*Seen: null/],
    [{ inputs: { a: { ratoi: 1 } } }, 'unknown-option', /^inputs\/a of a net has no option ratoi/],
    [{ inputs: 3 }, 'wrong-value', /^inputs of a net .*a map of names/],
    [{ padding: 1 }, 'wrong-value', /^padding of a net .*same or valid, or null/],
    [{ limit: { ratio: 0 } }, 'wrong-value', /^limit\/ratio of a net /],
    [{ name: '' }, 'wrong-value', /^name of a net .*a string that is not empty/],
  ]
  for (const [written, code, message] of refused) {
    it(`${JSON.stringify(written)}: ${code}`, () => {
      expect(() => read(network(), { name: 'a', ...written }, 'a net'))
        .to.throw(message)
        .with.property('code', code)
    })
  }

  /** What is written, and how it is read: with defaults, under today's names. */
  const taken: readonly (readonly [written: object, read: object])[] = [
    [{}, { se: false }],
    [{ se: {} }, { se: { ratio: 16 } }],
    [{ se: { r: 2 } }, { se: { ratio: 2 } }],
    [{ sizes: [1, 2] }, { se: false, sizes: [1, 2] }],
    [{ pair: [{}, { ratio: 2 }] }, { se: false, pair: [{ ratio: 16 }, { ratio: 2 }] }],
    [{ inputs: { a: {}, b: { r: 3 } } }, { se: false, inputs: { a: { ratio: 16 }, b: { ratio: 3 } } }],
    [
      { padding: null, limit: null },
      { se: false, padding: null, limit: null },
    ],
    [{ limit: {} }, { se: false, limit: { ratio: 16 } }],
  ]
  for (const [written, wanted] of taken) {
    it(`${JSON.stringify(written)} is read as ${JSON.stringify(wanted)}`, () => {
      expect(read(network(), { name: 'a', ...written }, 'a net')).to.deep.equal({ name: 'a', ...wanted })
    })
  }

  it('an old name in one of several types is noted once', () => {
    expect(check(network(), { name: 'a', se: { r: 2 } })).to.deep.equal({
      errors: [],
      notes: [{ path: ['se', 'r'], seen: 'r', now: 'ratio' }],
    })
  })

  it('a problem is about the summary of its option; that of a list is about the list', () => {
    const summaries = (written: object) => check(network(), { name: 'a', ...written }).errors.map(one => 'summary' in one && one.summary)
    expect([summaries({ se: { ratio: 0 } }), summaries({ sizes: [0] }), summaries({ padding: 1 })]).to.deep.equal([
      ['the ratio'],
      ['the sizes'],
      ['the padding'],
    ])
    expect(check(integer(), 'x', { summary: 'the answer' }).errors).to.deep.include.members([
      { code: 'wrong-value', path: [], summary: 'the answer', seen: 'x', allowed: 'an integer', names: [] },
    ])
  })

  const slips: readonly (readonly [written: object, meant: string | undefined])[] = [
    [{ padding: 'smae' }, 'same'],
    [{ blocks: [{ layout: 'cnaa' }] }, 'cna'],
    [{ padding: 7 }, undefined],
    [{ blocks: [{}] }, undefined],
  ]
  for (const [written, meant] of slips) {
    it(`${JSON.stringify(written)} was meant as ${meant}`, () => {
      expect(meantBy(check(network(), { name: 'a', ...written }).errors[0]!)).to.equal(meant)
    })
  }

  it('rows have paths for keys below a map and a type among several', () => {
    expect(rowsOf(network()).map(({ key }) => key)).to.deep.equal([
      'name',
      'se',
      'se/ratio',
      'sizes',
      'pair',
      'blocks',
      'inputs',
      'inputs/<name>/ratio',
      'padding',
      'limit',
      'limit/ratio',
    ])
  })
})

describe('the JSON Schema of a type', () => {
  const schemas: readonly (readonly [string, () => object, object])[] = [
    ['of a number or null names both in one word', () => nullable(integer({ min: 1 })).schema, { type: ['integer', 'null'], minimum: 1 }],
    ['of one of a set, or null', () => nullable(oneOf(['a', 'b'])).schema, { anyOf: [{ enum: ['a', 'b'] }, { const: null }] }],
    ['of a number or a string', () => anyOf(integer(), text).schema, { anyOf: [{ type: 'integer' }, { type: 'string' }] }],
    ['of bounds', () => integer({ above: 0, below: 9 }).schema, { type: 'integer', exclusiveMinimum: 0, exclusiveMaximum: 9 }],
    ['of a list', () => listOf(anything).schema, { type: 'array', items: {}, minItems: 1 }],
    ['of a list that may be empty', () => listOf(anything, { min: 0, max: 2 }).schema, { type: 'array', items: {}, maxItems: 2 }],
    ['of a map', () => mapOf(anything).schema, { type: 'object', additionalProperties: {} }],
    ['of a reference', () => reference('#/x', 'an x').schema, { $ref: '#/x' }],
  ]
  for (const [title, make, schema] of schemas) it(title, () => expect(make()).to.deep.equal(schema))

  it('what a reference means is checked where it is resolved', () => {
    expect(check(reference('#/x', 'an x'), 3).errors).to.deep.equal([])
    expect(check(reference('#/x', 'an x', Array.isArray), 3).errors).to.have.length(1)
  })
})
