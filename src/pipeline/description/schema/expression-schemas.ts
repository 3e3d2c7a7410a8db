/** JSON Schema of expressions, for editors: the plain form in full, and text, which is what a tag such as `!B images` is to them. */
import type { JsonSchema } from '../../../util/json.js'
import { expressionRef } from '../expressions/letter-values.js'
import type { LetterRow } from '../expressions/letters/letter-row.js'
import { letters } from '../expressions/letters.js'
import { callableMethods, operations } from '../expressions/operations.js'

const anything = true

/** What is called: a method that a file may call, of any value. */
const calledMethod: JsonSchema = {
  type: 'object',
  properties: { '.': { type: 'array', items: [anything, { enum: callableMethods }], minItems: 2, maxItems: 2 } },
  required: ['.'],
  additionalProperties: false,
}

/** Where values are saved: `#/definitions/destination`, an expression, or lists and maps of destinations. */
export const destinationRef: JsonSchema = { $ref: '#/definitions/destination' }
export const destinationDefinition: JsonSchema = {
  anyOf: [expressionRef, { type: 'array', items: destinationRef, minItems: 1 }, { type: 'object', additionalProperties: destinationRef }],
}

export const plainExpressionRef: JsonSchema = { $ref: '#/definitions/plain-expression' }

/** The definition `#/definitions/expression`: the plain form, and text, which is what a tag such as `!B images` is to editors. */
export const expressionDefinition: JsonSchema = {
  description: 'an expression: !B images or {B: images}',
  anyOf: [{ type: 'string', description: 'with a tag: !B images' }, plainExpressionRef],
}

/** One definition for the plain form of all expressions. Functions are not among them: a file cannot name code. */
export function plainExpressionSchema(): JsonSchema {
  const rows = Object.entries<LetterRow>(letters).filter(([, { isLive }]) => !isLive)
  return {
    description: 'an expression: {B: images}',
    anyOf: [
      ...rows.map(([letter, { summary, value, further }]) => ({
        type: 'object',
        description: summary,
        properties: { [letter]: value.schema, ...further },
        required: [letter],
        additionalProperties: false,
      })),
      {
        type: 'object',
        description: 'an operation and its operands: {"/": [!B images, 255]}',
        properties: Object.fromEntries(
          Object.entries(operations).map(([sign, { operands, method }]) => {
            const [minItems, max] = operands
            const further = sign === '()' ? { contains: calledMethod } : { maxItems: max }
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
