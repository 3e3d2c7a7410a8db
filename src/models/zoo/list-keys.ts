/** The config keys of a model class as a table, for documentation and the command line. */
import { rowsOf } from '../../options/index.js'
import { isPlainObject } from '../../util/json.js'
import { rowDefaults } from './complete-config.js'
import { models, type ZooName } from './models.js'

export interface KeyRow {
  /** The key as a path; `<name>` stands for a name of the user's choice. */
  readonly key: string
  readonly summary: string
  readonly allowed: string
  /** Undefined: none, or it depends on other keys. */
  readonly default: unknown
}

/**
 * Every key a model class takes, with its meaning, what it may be and its default.
 *
 * @example
 * for (const { key, summary } of listConfigKeys('ResNet')) console.log(key, summary)
 */
export function listConfigKeys(name: ZooName): KeyRow[] {
  const { row } = models[name]
  const known = rowDefaults(row).flatten()
  const all = rowsOf(row.family.shape.keys).filter(({ isLevel }) => !isLevel)
  return all.map(({ key, summary, allowed, default: value }) => {
    // Keys that a part omits come from `common`.
    const source = Object.keys(known).find(path => path === key) ?? Object.keys(known).find(path => isInherited(path, key))
    // A default that is a map holds the defaults of the keys below.
    const own = isPlainObject(value) ? undefined : value
    return { key, summary, allowed, default: source === undefined ? own : known[source] }
  })
}

const isInherited = (path: string, key: string) => path.startsWith('common/') && key.endsWith(path.slice('common'.length))
