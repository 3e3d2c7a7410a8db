import { expect } from 'chai'
import { describeSchema } from '../../../../src/pipeline/yaml/validation/describe-schema.js'
import type { JsonSchema } from '../../../../src/util/json.js'

describe('a schema in words', () => {
  const string = { type: 'string' }
  const cases: readonly (readonly [schema: JsonSchema, words: string, seen?: unknown])[] = [
    [string, 'a string'],
    [string, 'a string', 'x'],
    [string, 'a string that is not empty', ''],
    [{ type: 'string', pattern: '^a' }, 'a string like ^a', ''],
    [{ type: 'boolean' }, 'true or false'],
    [{ type: 'null' }, 'null'],
    [{ type: 'integer', minimum: 1 }, 'an integer of at least 1'],
    [{ type: 'integer', not: { const: 0 } }, 'an integer other than 0'],
    [{ type: 'number', not: { enum: [0] } }, 'a number'],
    [{ type: 'number', not: true as never }, 'a number'],
    [{ type: 'unheard' }, 'another value'],
    [{}, 'another value'],
    [{ type: ['string', 'null'] }, 'a string or null'],
    [{ enum: ['a', 1, null] }, 'a, 1 or null'],
    [{ const: 5 }, '5'],
    [{ $comment: 'a colour', type: 'string' }, 'a colour'],
    [{ $ref: '#/definitions/action' }, 'an action'],
    [{ $ref: '#/definitions/block' }, 'a list of actions'],
    [{ $ref: '#/definitions/other' }, 'another value'],
    [{ anyOf: [string, { type: 'null' }, string, { type: 'integer' }] }, 'a string, null or an integer'],
    [{ oneOf: [string] }, 'a string'],
    [{ anyOf: [string, { type: 'object' }] }, 'a string that is not empty or an object', ''],
    [{ type: 'object' }, 'an object'],
    [{ type: 'object' }, 'an object', { a: 1 }],
    [{ type: 'object' }, 'an object', []],
    [{ type: 'object' }, 'an object that is not empty', {}],
    [{ type: 'object', minProperties: 1, maxProperties: 1 }, 'an object with one key', {}],
    [{ type: 'object', maxProperties: 1 }, 'an object'],
    [{ type: 'object', minProperties: 1 }, 'an object'],
    [{ type: 'object', minProperties: 2, maxProperties: 1 }, 'an object'],
    [{ type: 'array' }, 'a list'],
    [{ type: 'array', items: {} }, 'a list'],
    [{ type: 'array', items: true as never }, 'a list'],
    [{ type: 'array', items: string }, 'a list of strings'],
    [{ type: 'array', items: { type: ['string', 'integer'] } }, 'a list of strings or integers'],
    [{ type: 'array', items: { anyOf: [string, { type: 'integer' }, { type: 'object' }] } }, 'a list of strings, integers or objects'],
    [{ type: 'array', minItems: 1, items: string }, 'a list of strings, not empty', []],
    [{ type: 'array', items: string }, 'a list of strings', ['a']],
    [{ type: 'array', minItems: 2, maxItems: 2 }, 'a list of 2'],
    [{ type: 'array', minItems: 2, maxItems: 2, items: string }, 'a list of 2 (each a string)'],
    [{ type: 'array', minItems: 2, maxItems: 3, items: string }, 'a list of strings'],
  ]
  for (const [schema, words, seen] of cases) {
    it(`${words}: ${JSON.stringify(schema)}${seen === undefined ? '' : ` in place of ${JSON.stringify(seen)}`}`, () =>
      expect(describeSchema(schema, seen)).to.equal(words))
  }
})
