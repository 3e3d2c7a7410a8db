/** Nested settings whose keys may be written as paths: the semantics of BatchFlow's `Config`, without its mutation. */
import { clonePlain, deepFreeze, isPlainObject } from './json.js'
import { joinPath, splitPath } from './paths.js'

/** What a `Config` is made from: nested plain data, pairs of path and value, another config, or nothing. */
export type ConfigSource = Config | Readonly<Record<string, unknown>> | readonly (readonly [string, unknown])[] | null | undefined

type Tree = Record<string, unknown>

/**
 * Immutable settings: nested keys, levels separated by `/`, later values win. BatchFlow: `Config`.
 *
 * `set`, `merge` and `without` return a new config. Arrays, functions and tensors are values; only plain objects are levels.
 * A level is returned as a `Config`.
 *
 * @example
 * const config = new Config({ 'body/block/layout': 'cna', body: { filters: [64] } })
 * config.get('body/filters')                      // [64]
 * config.set('body/block/layout', 'nac').toJSON() // { body: { block: { layout: 'nac' }, filters: [64] } }
 *
 * @throws TypeError for keys that are not strings or reach into a prototype, RangeError for pairs that are not pairs.
 */
export class Config {
  readonly #tree: Tree

  constructor(source?: ConfigSource) {
    this.#tree = source instanceof Config ? source.#tree : deepFreeze(mergeInto({}, toPairs(source)))
  }

  /** Returns true if there is a value or a level at this path. */
  has(path: string): boolean {
    return find(this.#tree, path) !== missing
  }

  /** Returns the value at a path, or `fallback` (default null) if there is none; for a list of paths a list of values. */
  get(path: readonly string[], fallback?: unknown): unknown[]
  get<T = unknown>(path: string, fallback?: unknown): T
  get(path: string | readonly string[], fallback: unknown = null): unknown {
    if (typeof path !== 'string') return path.map(one => this.get(one, fallback))
    const found = find(this.#tree, path)
    return found === missing ? fallback : wrap(found)
  }

  /** Returns the value at a path. @throws RangeError if there is none */
  at<T = unknown>(path: string): T {
    const found = find(this.#tree, path)
    if (found === missing) throw new RangeError(`there is no ${path} in this config`)
    return wrap(found) as T
  }

  /** Returns a config with this value at the path. BatchFlow: `config[path] = value`. */
  set(path: string, value: unknown): Config {
    const rest = this.has(path) ? this.without(path) : this
    return rest.merge([[path, value]])
  }

  /** Returns a config merged with `other`: levels are merged, values replaced; an empty level removes nothing. BatchFlow: `+`, `update`. */
  merge(other: ConfigSource): Config {
    return new Config([...toPairs(this.#tree), ...toPairs(other instanceof Config ? other.#tree : other)])
  }

  /**
   * Returns a config without these paths. The level above stays, even if empty. BatchFlow: `pop`.
   *
   * @throws RangeError if a path does not exist
   */
  without(...paths: readonly string[]): Config {
    const tree = clonePlain(this.#tree)
    for (const path of paths) {
      const keys = splitPath(path)
      const parent = keys.length === 1 ? tree : find(tree, keys.slice(0, -1).join('/'))
      const last = keys.at(-1)!
      if (!isPlainObject(parent) || !Object.hasOwn(parent, last)) throw new RangeError(`there is no ${path} in this config`)
      delete parent[last]
    }
    return new Config(tree)
  }

  /** Returns an object of path → value, one level deep; empty levels and null are values. */
  flatten(): Record<string, unknown> {
    return Object.fromEntries(leaves(this.#tree))
  }

  /** Returns the keys of the top level, or all paths with `{ flatten: true }`. */
  keys(options: { readonly flatten?: boolean } = {}): string[] {
    return Object.keys(options.flatten ? this.flatten() : this.#tree)
  }

  /** Returns key and value of the top level, or path and value of all with `{ flatten: true }`. */
  entries(options: { readonly flatten?: boolean } = {}): [string, unknown][] {
    return Object.entries(options.flatten ? this.flatten() : this.#tree).map(([key, value]) => [key, options.flatten ? value : wrap(value)])
  }

  /** Returns the values of the top level, or all values with `{ flatten: true }`. */
  values(options: { readonly flatten?: boolean } = {}): unknown[] {
    return this.entries(options).map(([, value]) => value)
  }

  /** Iterates over key and value of the top level, as a `Map` does: `new Map(config)`, `for (const [key, value] of config)`. */
  [Symbol.iterator](): IterableIterator<[string, unknown]> {
    return this.entries().values()
  }

  /** The number of keys at the top level. */
  get size(): number {
    return Object.keys(this.#tree).length
  }

  /** Returns true if both have the same values at the same paths. */
  equals(other: ConfigSource): boolean {
    const mine = this.flatten()
    const theirs = new Config(other).flatten()
    const paths = Object.keys(mine)
    return (
      paths.length === Object.keys(theirs).length && paths.every(path => Object.hasOwn(theirs, path) && isSame(mine[path], theirs[path]))
    )
  }

  /** Returns a nested plain copy. */
  toJSON(): Record<string, unknown> {
    return clonePlain(this.#tree)
  }

  /** How Node.js prints it: the values, nested. */
  [Symbol.for('nodejs.util.inspect.custom')](
    _depth: number,
    options: object,
    inspect: (value: unknown, options: object) => string,
  ): string {
    return `Config ${inspect(this.#tree, options)}`
  }
}

const missing = Symbol('missing')

function find(tree: Tree, path: string): unknown {
  let level: unknown = tree
  for (const key of splitPath(path)) {
    if (!isPlainObject(level) || !Object.hasOwn(level, key)) return missing
    level = level[key]
  }
  return level
}

function wrap(value: unknown): unknown {
  return isPlainObject(value) ? new Config(value) : value
}

function toPairs(source: ConfigSource): readonly (readonly [string, unknown])[] {
  if (source === null || source === undefined) return []
  if (source instanceof Config) return source.entries()
  if (isPlainObject(source)) return Object.entries(source)
  if (!Array.isArray(source)) throw new TypeError('a config is made from an object, a list of pairs or another config')
  for (const pair of source)
    if (!Array.isArray(pair) || pair.length !== 2) throw new RangeError('each item of a config list must be a pair of key and value')
  return source
}

function mergeInto(tree: Tree, pairs: readonly (readonly [string, unknown])[]): Tree {
  for (const [path, given] of pairs) {
    const keys = splitPath(path)
    const last = keys.pop()!
    let level = tree
    for (const key of keys) {
      if (!isPlainObject(level[key])) level[key] = {}
      level = level[key] as Tree
    }
    const value = given instanceof Config ? given.toJSON() : given
    if (!isPlainObject(value)) level[last] = clonePlain(value)
    else level[last] = mergeInto(isPlainObject(level[last]) ? level[last] : {}, Object.entries(value))
  }
  return tree
}

function* leaves(tree: Tree, prefix = ''): Generator<[string, unknown]> {
  for (const [key, value] of Object.entries(tree)) {
    const path = joinPath(prefix, key)
    if (isPlainObject(value) && Object.keys(value).length > 0) yield* leaves(value, path)
    else yield [path, value]
  }
}

function isSame(a: unknown, b: unknown): boolean {
  if (Array.isArray(a) && Array.isArray(b)) return a.length === b.length && a.every((item, i) => isSame(item, b[i]))
  if (isPlainObject(a) && isPlainObject(b)) return new Config(a).equals(b)
  return Object.is(a, b)
}
