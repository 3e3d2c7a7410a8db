/** Plain data: what a spec is made of, what a YAML file can say, what a results file holds. */
export type JsonValue = null | boolean | number | string | readonly JsonValue[] | JsonObject
export interface JsonObject {
  readonly [key: string]: JsonValue
}

/** A JSON Schema, as ajv takes it. */
export interface JsonSchema {
  readonly [keyword: string]: unknown
}

/** True for objects made by `{}`, `Object.create(null)` or a parser: not for class instances, arrays, null. */
export function isPlainObject(value: unknown): value is Record<string, unknown> {
  if (typeof value !== 'object' || value === null) return false
  const prototype = Object.getPrototypeOf(value)
  return prototype === Object.prototype || prototype === null
}

/** A deep copy of plain data that shares nothing with the original; other values (functions, tensors) are kept as they are. */
export function clonePlain<T>(value: T): T {
  if (Array.isArray(value)) return value.map(clonePlain) as T
  if (!isPlainObject(value)) return value
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, clonePlain(item)])) as T
}

/** Freezes plain data through and through and gives it back. */
export function deepFreeze<T>(value: T): T {
  if (Array.isArray(value)) value.forEach(deepFreeze)
  else if (isPlainObject(value)) Object.values(value).forEach(deepFreeze)
  else return value
  return Object.freeze(value)
}
