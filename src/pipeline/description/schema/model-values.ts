/** Values of configs as editors see them: expressions and references may stand for any of them, at every depth. */
import type { JsonSchema } from '../../../util/json.js'
import { expressionRef } from '../expressions/letter-values.js'
import { plainExpressionRef } from './expression-schemas.js'
import { mapSchemas } from './share-schemas.js'

const referenceRef: JsonSchema = { $ref: '#/definitions/reference' }

/** A value, an expression or a reference. Defaults are omitted: they differ per class. */
export function admitExpressions({ description, default: _, ...schema }: JsonSchema): JsonSchema {
  const value = mapSchemas(schema, (one, _, isValue) => (isValue ? admitExpressions(one) : admitBelow(one)))
  // A reference is a string, which is a form of an expression; a misspelt name must not pass for one.
  const others = takesNames(schema) ? [plainExpressionRef, referenceRef] : [expressionRef]
  return { ...(description !== undefined && { description }), anyOf: [value, ...others] }
}

const admitBelow = (schema: JsonSchema): JsonSchema =>
  mapSchemas(schema, (one, _, isValue) => (isValue ? admitExpressions(one) : admitBelow(one)))

/** True if some strings are allowed and others are not. */
function takesNames({ enum: values, const: value, anyOf }: JsonSchema): boolean {
  if (Array.isArray(anyOf)) return anyOf.some(takesNames)
  return [value, values].flat().some(one => typeof one === 'string')
}
