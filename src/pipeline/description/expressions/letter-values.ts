/** The values allowed under the letter of a named expression, for the schema and the check of a file. */
import type { JsonSchema } from '../../../util/json.js'

export const expressionRef: JsonSchema = { $ref: '#/definitions/expression' }

/** A kind of value under a letter. */
export interface LetterValue {
  /** JSON Schema, for editors. */
  readonly schema: JsonSchema
  /** The allowed values, in words. */
  readonly allowed: string
  /** The allowed strings, if they are a closed set. */
  readonly words?: readonly string[]
  /** True if a value of a file is allowed. */
  accepts(value: unknown, isExpression: boolean): boolean
}

/** A name, or an expression that evaluates to one. `what` completes "the name of …". */
export const nameOf = (what: string): LetterValue => ({
  schema: { anyOf: [{ type: 'string' }, expressionRef] },
  allowed: `the name of ${what}`,
  accepts: (value, isExpression) => isExpression || typeof value === 'string',
})

/** The same, or null for everything. */
export const optionalNameOf = (what: string): LetterValue => ({
  schema: { anyOf: [{ type: ['string', 'null'] }, expressionRef] },
  allowed: `the name of ${what}`,
  accepts: (value, isExpression) => isExpression || typeof value === 'string' || value === null,
})

/** One of these words, written out. */
export const oneOf = (words: readonly string[]): LetterValue => ({
  schema: { enum: [...words, null] },
  allowed: words.join(', '),
  words,
  accepts: value => words.includes(value as string),
})

/** A list with these entries. */
export const listOf = (...entries: readonly string[]): LetterValue => ({
  schema: { type: 'array', minItems: entries.length, maxItems: entries.length },
  allowed: `a list of ${entries.length}: ${entries.join(', ')}`,
  accepts: value => Array.isArray(value) && value.length === entries.length,
})

/** A name from a closed set, or values to choose from. */
export const choiceOr = (words: readonly string[], allowed: string): LetterValue => ({
  schema: {
    anyOf: [
      { enum: words },
      { type: 'array', minItems: 1, description: 'what is chosen from' },
      { type: 'integer', minimum: 1, description: 'chosen from 0 up to it' },
      expressionRef,
    ],
  },
  allowed,
  words,
  accepts: (value, isExpression) => isExpression || typeof value === 'number' || Array.isArray(value) || words.includes(value as string),
})

/** An expression, as it is. */
export const expressionValue: LetterValue = {
  schema: expressionRef,
  allowed: 'an expression',
  accepts: (_, isExpression) => isExpression,
}

/** Any value. */
export const anyLetterValue: LetterValue = { schema: {}, allowed: 'any value', accepts: () => true }
