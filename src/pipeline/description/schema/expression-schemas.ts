/** JSON Schema of expressions, for editors: the plain form in full, and text, which is what a tag such as `!B images` is to them. */

import { distributionNames } from '../../../util/distributions/table.js'
import type { JsonSchema } from '../../../util/json.js'
import { callableMethods, type ExpressionLetter, namedExpressions, operations } from '../expressions/expression-json.js'
import { saveModes } from '../expressions/save-mode.js'

export const expressionRef: JsonSchema = { $ref: '#/definitions/expression' }
const anything = true

const nameOf: Readonly<Partial<Record<ExpressionLetter, JsonSchema>>> = {
  I: { enum: ['current', 'maximum', 'ratio', null] },
  IF: { type: 'array', minItems: 3, maxItems: 3 },
  P: {},
  PP: {},
  R: {
    anyOf: [
      { enum: distributionNames },
      { type: 'array', minItems: 1, description: 'what is chosen from' },
      { type: 'integer', minimum: 1, description: 'chosen from 0 up to it' },
      expressionRef,
    ],
  },
  W: expressionRef,
}

const furtherKeys: Readonly<Record<string, unknown>> = {
  default: anything,
  mode: { enum: [...saveModes, 'w', 'a', 'e', 'u'] },
  args: { type: 'array' },
  params: { type: 'object', description: 'parameters by name' },
  size: anything,
  seed: { type: 'integer', minimum: 0 },
  copy: { type: 'boolean', description: 'whether it is a copy' },
  pipeline: { type: 'string', minLength: 1, description: 'another pipeline, which it is read from' },
}

/** What is called: a method that a file may call, of any value. */
const calledMethod: JsonSchema = {
  type: 'object',
  properties: { '.': { type: 'array', items: [anything, { enum: callableMethods }], minItems: 2, maxItems: 2 } },
  required: ['.'],
  additionalProperties: false,
}

/** Where values are saved: `#/definitions/place`, an expression, or lists and maps of places. */
export const placeRef: JsonSchema = { $ref: '#/definitions/place' }
export const placeSchema: JsonSchema = {
  anyOf: [expressionRef, { type: 'array', items: placeRef, minItems: 1 }, { type: 'object', additionalProperties: placeRef }],
}

/** One definition for all expressions: `#/definitions/expression`. Functions are not among them: a file cannot name code. */
export function expressionSchema(): JsonSchema {
  const letters = Object.entries(namedExpressions).filter(([letter]) => letter !== 'F')
  return {
    description: 'an expression: !B images or {B: images}',
    anyOf: [
      { type: 'string', description: 'with a tag: !B images' },
      ...letters.map(([letter, { summary, further, empty }]) => ({
        type: 'object',
        description: summary,
        properties: {
          [letter]: nameOf[letter as ExpressionLetter] ?? { anyOf: [{ type: empty ? ['string', 'null'] : 'string' }, expressionRef] },
          ...Object.fromEntries(further.map(key => [key, furtherKeys[key]])),
        },
        required: [letter],
        additionalProperties: false,
      })),
      {
        type: 'object',
        description: 'an operation and its operands: {"/": [!B images, 255]}',
        properties: Object.fromEntries(
          Object.entries(operations).map(([sign, { operands, method }]) => {
            const [minItems, max] = operands
            const further = sign === '()' ? { items: [calledMethod] } : { maxItems: max }
            return [sign, { type: 'array', minItems, ...further, description: method }]
          }),
        ),
        minProperties: 1,
        maxProperties: 1,
        additionalProperties: false,
      },
    ],
  }
}
