/** A pipeline's config: settings whose levels are merged, in which an expression is a value, not a level. */
import { Config } from '../../../util/config.js'
import { isPlainObject, type JsonObject } from '../../../util/json.js'
import { isExpressionJson } from '../expressions/expression-json.js'
import { liveNameOf } from '../expressions/operations.js'
import { printExpression } from '../expressions/print-expression.js'

/** An expression or a live thing's name in a `Config`, which treats plain objects as levels. */
class Unevaluated {
  constructor(readonly json: unknown) {}

  toJSON(): unknown {
    return this.json
  }

  [Symbol.for('nodejs.util.inspect.custom')](): string {
    return printExpression(this.json)
  }
}

/** The config of a description as `C('path')` reads it. */
export function openConfig(json: JsonObject): Config {
  return new Config(toStored(json) as JsonObject)
}

/** A value of such a config as plain data, ready to be evaluated. */
export function readStored(value: unknown): unknown {
  if (value instanceof Config) return readStored(value.toJSON())
  if (value instanceof Unevaluated) return value.json
  if (Array.isArray(value)) return value.map(readStored)
  return isPlainObject(value) ? mapped(value, readStored) : value
}

/** Merges one config over another. The first keeps its form. BatchFlow: `set_config`. */
export function mergeConfigs(below: JsonObject, over: JsonObject): JsonObject {
  if (Object.keys(below).length === 0) return over
  return readStored(openConfig(below).merge(openConfig(over))) as JsonObject
}

/** A value that may contain expressions, in the form such a config stores. */
export function toStored(value: unknown): unknown {
  if (isExpressionJson(value) || liveNameOf(value) !== undefined) return new Unevaluated(value)
  if (Array.isArray(value)) return value.map(toStored)
  return isPlainObject(value) ? mapped(value, toStored) : value
}

function mapped(value: Record<string, unknown>, change: (item: unknown) => unknown): Record<string, unknown> {
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, change(item)]))
}
