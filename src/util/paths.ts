/** Paths of keys with a slash between the levels, as configs write them: `body/block/se_block`. */

/** Keys that would reach into an object's prototype. */
const forbidden = new Set(['__proto__', 'constructor', 'prototype'])

/** Whether a key must not be used in plain data. */
export function isForbiddenKey(key: string): boolean {
  return forbidden.has(key)
}

/**
 * The keys of a path: `'body/block'` → `['body', 'block']`. Leading, trailing and double slashes are collapsed.
 *
 * @throws TypeError for what is not a string, an empty path, and keys that reach into a prototype.
 */
export function splitPath(path: string): string[] {
  if (typeof path !== 'string') throw new TypeError(`a config key is a string, not ${typeof path} ${String(path)}`)
  const keys = path.split('/').filter(key => key !== '')
  if (keys.length === 0) throw new TypeError(`a config key has at least one letter, '${path}' has none`)
  const bad = keys.find(isForbiddenKey)
  if (bad !== undefined) throw new TypeError(`${bad} cannot be a config key`)
  return keys
}

/** One path from parts that may be paths themselves; empty parts are left out. */
export function joinPath(...parts: readonly string[]): string {
  return parts.filter(part => part !== '').join('/')
}
