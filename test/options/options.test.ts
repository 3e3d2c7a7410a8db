import { Ajv } from 'ajv'
import { expect } from 'chai'
import {
  anyOf,
  boolean,
  check,
  integer,
  listOf,
  mapOf,
  meantBy,
  nullable,
  number,
  oneOf,
  option,
  options,
  read,
  reference,
  rowsOf,
  string,
  text,
} from '../../src/options/index.js'

const blockOptions = () => options({ ratio: option('the ratio', integer({ min: 1 }), { default: 16 }) })

/** Made per test: mutations are active only while a test runs, and quick only where nothing is made before. */
const walkOptions = () =>
  options(
    {
      batchSize: option('items per batch', integer({ min: 1 })),
      tail: option('the last items of an epoch', oneOf(['wrap', 'short', 'drop']), { default: 'wrap' }),
      epochs: option('passes over the data', nullable(integer({ min: 1 })), { optional: true, oldNames: ['n_epochs'] }),
      iterations: option('batches in all', integer({ min: 1 }), { optional: true }),
      saveTo: option('where', text, { optional: true }),
      fetches: option('what', text, { optional: true }),
    },
    {
      excludes: [['epochs', 'iterations']],
      needs: { fetches: ['saveTo'] },
      oldSpelling: name => (name === 'batchSize' ? 'batch_size' : name),
    },
  )
let block: ReturnType<typeof blockOptions>
let walk: ReturnType<typeof walkOptions>
const keys = ['batchSize', 'tail', 'epochs', 'iterations', 'saveTo', 'fetches']

const problems: readonly (readonly [string, unknown, object])[] = [
  ['a misspelt key', { batchSize: 1, tial: 'wrap' }, { code: 'unknown-option', path: ['tial'], seen: 'tial', allowed: keys }],
  [
    'a value out of range',
    { batchSize: 0 },
    { code: 'wrong-value', path: ['batchSize'], summary: 'items per batch', seen: 0, allowed: 'an integer of at least 1', names: [] },
  ],
  ['a missing option', {}, { code: 'missing-option', path: [], name: 'batchSize', allowed: 'an integer of at least 1' }],
  [
    'two that exclude each other',
    { batchSize: 1, epochs: 1, iterations: 1 },
    { code: 'options-exclude', path: [], names: ['epochs', 'iterations'] },
  ],
  [
    'one without what it needs',
    { batchSize: 1, fetches: 'a' },
    { code: 'option-alone', path: ['fetches'], name: 'fetches', needs: 'saveTo' },
  ],
  [
    'a value that is no map',
    7,
    { code: 'wrong-value', path: [], summary: 'this', seen: 7, allowed: `a map with the keys ${keys.join(', ')}`, names: [] },
  ],
]

describe('options', () => {
  beforeEach(() => {
    block = blockOptions()
    walk = walkOptions()
  })

  for (const [name, value, problem] of problems) {
    it(`${name} is one problem`, () => expect(check(walk, value).errors).to.deep.equal([problem]))
  }

  it('an option beside what it needs is right', () => {
    expect(check(walk, { batchSize: 1, fetches: 'a', saveTo: 'b' }).errors).to.deep.equal([])
  })

  it('every problem is found, not the first alone', () => {
    const found = check(walk, { tail: 'warp', epochs: 0, iteration: 3 }).errors
    expect(found.map(({ code }) => code)).to.have.members(['wrong-value', 'wrong-value', 'unknown-option', 'missing-option'])
  })

  const slips: readonly (readonly [string, unknown, string | undefined])[] = [
    ['a misspelt key', { batchSize: 1, tial: 'wrap' }, 'tail'],
    ['a misspelt name of a closed set', { batchSize: 1, tail: 'warp' }, 'wrap'],
    ['what is like nothing', { batchSize: 1, banana: 1 }, undefined],
    ['a number out of range', { batchSize: 0 }, undefined],
  ]
  for (const [name, value, meant] of slips) {
    it(`${name} was meant as ${meant}`, () => expect(meantBy(check(walk, value).errors[0]!)).to.equal(meant))
  }

  it('an option under an old name is read, and a note says the new one', () => {
    const written = { batch_size: 2, n_epochs: 3 }
    const { errors, notes } = check(walk, written)
    expect(errors).to.deep.equal([])
    expect(notes).to.deep.equal([
      { path: ['batch_size'], seen: 'batch_size', now: 'batchSize' },
      { path: ['n_epochs'], seen: 'n_epochs', now: 'epochs' },
    ])
    expect(read(walk, written, 'a walk')).to.deep.equal({ batchSize: 2, tail: 'wrap', epochs: 3 })
  })

  it('an option that is undefined is one that is not written', () => {
    expect(read(walk, { batchSize: 2, tail: undefined, tial: undefined }, 'a walk')).to.deep.equal({ batchSize: 2, tail: 'wrap' })
  })

  it('defaults are filled in at every depth', () => {
    const outer = options({
      block: option('a block', anyOf(boolean, block), { default: {} }),
      list: option('blocks', listOf(block), { default: [{}] }),
      map: option('blocks by name', mapOf(block), { default: {} }),
    })
    expect(read(outer, {}, 'it')).to.deep.equal({ block: { ratio: 16 }, list: [{ ratio: 16 }], map: {} })
    expect(read(outer, { block: false, map: { a: {} } }, 'it')).to.deep.equal({
      block: false,
      list: [{ ratio: 16 }],
      map: { a: { ratio: 16 } },
    })
  })

  it('what does not fit together is reported at the option to change', () => {
    const schedule = options(
      { boundaries: option('the boundaries', listOf(integer())), values: option('the rates', listOf(number())) },
      {
        misfit: ({ boundaries, values }) =>
          values.length === boundaries.length + 1 ? undefined : { option: 'values', allowed: `${boundaries.length + 1} rates` },
      },
    )
    expect(check(schedule, { boundaries: [1], values: [1, 2] }).errors).to.deep.equal([])
    expect(check(schedule, { boundaries: [1], values: [1] }).errors).to.deep.equal([
      { code: 'wrong-value', path: ['values'], summary: 'the rates', seen: [1], allowed: '2 rates', names: [] },
    ])
  })

  const errors: readonly (readonly [unknown, string, RegExp])[] = [
    [{ batchSize: 1, tial: 'wrap' }, 'unknown-option', /^a walk has no option tial.*Did you mean tail/],
    [{ batchSize: 'x' }, 'wrong-value', /^batchSize of a walk .*Seen: "x".*an integer of at least 1/],
    [{}, 'missing-argument', /^a walk needs batchSize/],
    [{ batchSize: 1, fetches: 'a' }, 'argument-alone', /^fetches of a walk has no effect without saveTo/],
    [{ batchSize: 1, epochs: 1, iterations: 1 }, 'arguments-exclude', /^epochs and iterations of a walk exclude/],
  ]
  for (const [value, code, message] of errors) {
    it(`read throws ${code}`, () => {
      expect(() => read(walk, value, 'a walk'))
        .to.throw(message)
        .with.property('code', code)
    })
  }

  it('the schema has each text and default, and the rules', () => {
    const validate = new Ajv({ strict: true }).compile(walk.schema)
    expect(walk.schema).to.deep.include({
      required: ['batchSize'],
      additionalProperties: false,
      dependencies: { fetches: ['saveTo'] },
    })
    expect((walk.schema.properties as Record<string, unknown>).tail).to.deep.equal({
      enum: ['wrap', 'short', 'drop'],
      description: 'the last items of an epoch',
      default: 'wrap',
    })
    expect(validate({ batchSize: 1, epochs: 1, iterations: 1 })).to.equal(false)
    expect(validate({ batchSize: 1, epochs: null })).to.equal(true)
  })

  it('of three that exclude each other any two are refused', () => {
    const flag = option('a flag', boolean, { optional: true })
    const one = options({ a: flag, b: flag, c: flag }, { excludes: [['a', 'b', 'c']] })
    const validate = new Ajv({ strict: true }).compile(one.schema)
    const written = [{}, { a: true }, { a: true, c: true }, { b: true, c: true }]
    expect(written.map(value => validate(value))).to.deep.equal([true, true, false, false])
    expect(written.map(value => check(one, value).errors.length)).to.deep.equal([0, 0, 1, 1])
  })

  it('a summary beside a reference goes where editors see it', () => {
    const { schema } = options({ actions: option('what is repeated', reference('#/definitions/block', 'a list of actions')) })
    expect(schema.properties).to.deep.equal({ actions: { allOf: [{ $ref: '#/definitions/block' }], description: 'what is repeated' } })
  })

  it('rows of a table have those below after them', () => {
    const network = options({ loss: option('the loss', string), se: option('squeeze', anyOf(boolean, block), { default: false }) })
    expect(rowsOf(network)).to.deep.equal([
      { key: 'loss', summary: 'the loss', allowed: 'a string that is not empty', isRequired: true },
      { key: 'se', summary: 'squeeze', allowed: 'true or false, or a map with ratio', isRequired: false, default: false },
      { key: 'se/ratio', summary: 'the ratio', allowed: 'an integer of at least 1', isRequired: false, default: 16 },
    ])
  })
})
