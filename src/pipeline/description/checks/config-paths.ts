/** Paths of a config: `a/b` leads to `{ a: { b } }` as well as to `{ 'a/b' }`. */
import { isPlainObject } from '../../../util/json.js'
import { isExpressionJson } from '../expressions/expression-json.js'

/** True if a path leads to a value. The value of an expression is not known yet: every path into it counts. */
export function hasConfigPath(config: unknown, path: string): boolean {
  if (path === '') return true
  if (isExpressionJson(config)) return true
  if (!isPlainObject(config)) return false
  if (Object.hasOwn(config, path)) return true
  return Object.keys(config).some(
    key => key.startsWith(`${path}/`) || (path.startsWith(`${key}/`) && hasConfigPath(config[key], path.slice(key.length + 1))),
  )
}

/** Every path of a config, outer ones first. */
export function configPaths(config: unknown, prefix = ''): readonly string[] {
  if (!isPlainObject(config) || isExpressionJson(config)) return []
  return Object.entries(config).flatMap(([key, value]) => [prefix + key, ...configPaths(value, `${prefix}${key}/`)])
}
