/** Plain data: the values of a spec, a YAML file or a results file. */
export type JsonValue = null | boolean | number | string | readonly JsonValue[] | JsonObject
export interface JsonObject {
  readonly [key: string]: JsonValue
}

/** A JSON Schema, as ajv accepts it. */
export interface JsonSchema {
  readonly [keyword: string]: unknown
}

/** Returns true for objects made by `{}`, `Object.create(null)` or a parser; false for class instances, arrays and null. */
export function isPlainObject(value: unknown): value is Record<string, unknown> {
  if (typeof value !== 'object' || value === null) return false
  const prototype = Object.getPrototypeOf(value)
  return prototype === Object.prototype || prototype === null
}

/** Returns a deep copy of plain data; other values (functions, tensors) are shared. */
export function clonePlain<T>(value: T): T {
  if (Array.isArray(value)) return value.map(clonePlain) as T
  if (!isPlainObject(value)) return value
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, clonePlain(item)])) as T
}

/** Freezes plain data deeply and returns it. */
export function deepFreeze<T>(value: T): T {
  if (Array.isArray(value)) value.forEach(deepFreeze)
  else if (isPlainObject(value)) Object.values(value).forEach(deepFreeze)
  else return value
  return Object.freeze(value)
}
