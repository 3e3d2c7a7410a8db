/**
 * Expressions as plain data. A named expression is an object whose key is one capital letter, `{ B: 'images' }`; an operation is an
 * object whose only key is its sign, `{ '/': [{ B: 'images' }, 255] }`. The same objects appear in specs and YAML files.
 */
import { isPlainObject, type JsonObject, type JsonValue } from '../../../util/json.js'
import { type ExpressionLetter, isLetter, letterRow } from './letters.js'
import { type ExpressionJson, operationOf } from './operations.js'

/** The letter of a named expression, or undefined for any other value. */
export function letterOf(value: unknown): ExpressionLetter | undefined {
  if (!isPlainObject(value)) return undefined
  const keys = Object.keys(value)
  const letter = keys.find(isLetter)
  if (letter === undefined) return undefined
  const { further } = letterRow(letter)
  return keys.every(key => key === letter || Object.hasOwn(further, key)) ? letter : undefined
}

export function isExpressionJson(value: unknown): value is ExpressionJson {
  return letterOf(value) !== undefined || operationOf(value) !== undefined
}

/** One named expression met inside a value. */
export interface ExpressionUse {
  readonly letter: ExpressionLetter
  readonly name: JsonValue
  readonly json: JsonObject
  /** Keys from the value to this expression. */
  readonly path: readonly (string | number)[]
}

/** Every named expression inside a value, outermost first. Expressions wrapped in `W` are included. */
export function* expressionsIn(value: unknown, path: readonly (string | number)[] = []): Generator<ExpressionUse> {
  const letter = letterOf(value)
  if (letter !== undefined) {
    const json = value as JsonObject
    yield { letter, name: json[letter]!, json, path }
  }
  if (Array.isArray(value)) for (const [i, item] of value.entries()) yield* expressionsIn(item, [...path, i])
  else if (isPlainObject(value)) for (const [key, item] of Object.entries(value)) yield* expressionsIn(item, [...path, key])
}
