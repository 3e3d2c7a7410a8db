import { Ajv } from 'ajv'
import { expect } from 'chai'
import {
  anyOf,
  anything,
  boolean,
  check,
  integer,
  listOf,
  live,
  mapOf,
  nullable,
  number,
  type OptionType,
  oneOf,
  option,
  options,
  string,
  text,
  tuple,
} from '../../src/options/index.js'

const block = () => options({ ratio: option('the ratio', integer({ min: 1 }), { default: 16 }) })

/** How each type is made: its words, values that it takes, values that it refuses. */
const types: Readonly<Record<string, readonly [() => OptionType, string, readonly unknown[], readonly unknown[]]>> = {
  integer: [() => integer(), 'an integer', [0, -3], [1.5, '1', null, Number.NaN]],
  'integer from': [() => integer({ min: 1 }), 'an integer of at least 1', [1, 2], [0, -1]],
  'integer within': [() => integer({ min: 1, max: 64 }), 'an integer from 1 to 64', [1, 64], [0, 65]],
  'integer up to': [() => integer({ max: 5 }), 'an integer of at most 5', [5, -5], [6]],
  number: [() => number(), 'a number', [0.5, -1], ['1', Number.POSITIVE_INFINITY, Number.NaN]],
  'number above': [() => number({ above: 0 }), 'a number above 0', [1e-9], [0, -1]],
  'number within': [() => number({ min: 0, below: 1 }), 'a number of at least 0 and below 1', [0, 0.99], [1, -0.1]],
  'number above and up to': [() => number({ above: 0, max: 1 }), 'a number above 0 and at most 1', [1], [0, 1.1]],
  'number below': [() => number({ below: 1 }), 'a number below 1', [0.9], [1]],
  boolean: [() => boolean, 'true or false', [true, false], [0, 'true', null]],
  string: [() => string, 'a string that is not empty', ['a'], ['', 1]],
  text: [() => text, 'a string', ['a', ''], [1, null]],
  anything: [() => anything, 'any value', [1, null, {}, []], []],
  oneOf: [() => oneOf(['same', 'valid', null]), 'same, valid or null', ['same', null], ['sane', 1]],
  nullable: [() => nullable(integer({ min: 1 }), 'for endless'), 'an integer of at least 1, or null for endless', [1, null], [0, 'a']],
  anyOf: [() => anyOf(boolean, integer({ min: 0 })), 'true or false, or an integer of at least 0', [true, 0], [-1, 'a']],
  listOf: [() => listOf(integer({ min: 1 })), 'a list, each an integer of at least 1', [[1], [1, 2]], [[], [0], 1, ['a']]],
  'listOf any length': [() => listOf(anything, { min: 0 }), 'a list', [[], [1, 'a']], [1]],
  'listOf a length': [() => listOf(text, { min: 2, max: 2 }), 'a list of 2, each a string', [['a', 'b']], [['a'], ['a', 'b', 'c']]],
  'listOf at least': [
    () => listOf(text, { min: 2 }),
    'a list of at least 2, each a string',
    [
      ['a', 'b'],
      ['a', 'b', 'c'],
    ],
    [['a'], 'ab'],
  ],
  'listOf within': [() => listOf(text, { max: 2 }), 'a list of 1 to 2, each a string', [['a'], ['a', 'b']], [[], ['a', 'b', 'c']]],
  'oneOf one': [() => oneOf(['same']), 'same', ['same'], ['valid', null]],
  'mapOf any size': [() => mapOf(text), 'a map of names', [{}, { a: 'b' }], [{ a: 1 }, []]],
  tuple: [() => tuple([integer(), text]), 'a list of 2: an integer or a string', [[1, 'a']], [[1], ['a', 1], [1, 'a', 2]]],
  mapOf: [() => mapOf(number(), 'names and numbers', { min: 1 }), 'names and numbers', [{ a: 1 }], [{}, { a: 'b' }, [1], null]],
  options: [block, 'a map with ratio', [{}, { ratio: 4 }], [{ ratio: 0 }, { ratios: 4 }, [], null, 4]],
  'a level or a value': [() => anyOf(boolean, block()), 'true or false, or a map with ratio', [true, {}, { ratio: 2 }], [{ ratio: 0 }, 3]],
}

describe('types of options', () => {
  const ajv = new Ajv({ strict: true })
  for (const [name, [make, allowed, right, wrong]] of Object.entries(types)) {
    it(`${name}: ${allowed}`, () => {
      const type = make()
      expect(type.allowed).to.equal(allowed)
      for (const value of right) expect(check(type, value).errors, JSON.stringify(value)).to.deep.equal([])
      for (const value of wrong) expect(check(type, value).errors, JSON.stringify(value)).not.to.deep.equal([])
    })

    it(`${name}: its JSON Schema is strict and says the same`, () => {
      const validate = ajv.compile(make().schema)
      for (const value of right) expect(validate(value), JSON.stringify(value)).to.equal(true)
      for (const value of wrong) expect(validate(value), JSON.stringify(value)).to.equal(false)
    })
  }

  it('an integer is one that a number holds exactly', () => {
    expect(check(integer(), 2 ** 53 - 1).errors).to.have.length(0)
    expect(check(integer(), 2 ** 53).errors).to.have.length(1)
  })

  it('live is what only TypeScript can write, so a file is refused', () => {
    const isFunction = live<() => void>('a function', value => typeof value === 'function')
    expect(check(isFunction, () => {}).errors).to.deep.equal([])
    expect(check(isFunction, 'f').errors).to.have.length(1)
    expect(ajv.validate(isFunction.schema, 'f')).to.equal(false)
  })
})
