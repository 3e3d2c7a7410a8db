/** Paths of keys, separated by slashes, as configs write them: `body/block/se_block`. */

/** Keys that would reach into an object's prototype. */
const forbidden = new Set(['__proto__', 'constructor', 'prototype'])

/** Returns true for keys that are not allowed in plain data. */
export function isForbiddenKey(key: string): boolean {
  return forbidden.has(key)
}

/**
 * Splits a path into keys: `'body/block'` → `['body', 'block']`. Leading, trailing and double slashes are collapsed.
 *
 * @throws TypeError for a path that is not a string or is empty, and for keys that reach into a prototype.
 */
export function splitPath(path: string): string[] {
  if (typeof path !== 'string') throw new TypeError(`a config key must be a string, not ${typeof path} ${String(path)}`)
  const keys = path.split('/').filter(key => key !== '')
  if (keys.length === 0) throw new TypeError(`a config key needs at least one character: '${path}' has none`)
  const bad = keys.find(isForbiddenKey)
  if (bad !== undefined) throw new TypeError(`${bad} cannot be a config key`)
  return keys
}

/** Joins parts, which may be paths themselves, to one path; empty parts are skipped. */
export function joinPath(...parts: readonly string[]): string {
  return parts.filter(part => part !== '').join('/')
}
