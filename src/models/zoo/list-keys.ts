/** The config keys of a model class as a table, for documentation and the command line. */
import { levelOf, type Rule } from '../config/rules.js'
import { keysOf } from './family.js'
import { rows, type ZooName } from './rows.js'

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
  const { family, defaults } = rows[name]
  const known: Readonly<Record<string, unknown>> = { ...family.defaults, ...defaults }
  return [...visit(keysOf(family), '')].map(row => {
    // What a part does not say is said by `common`.
    const source = Object.keys(known).find(path => path === row.key) ?? Object.keys(known).find(path => isInherited(path, row.key))
    return source === undefined ? row : { ...row, default: known[source] }
  })
}

const isInherited = (path: string, key: string) => path.startsWith('common/') && key.endsWith(path.slice('common'.length))

function* visit(rule: Rule, path: string): Generator<KeyRow> {
  if (rule.kind === 'leaf') yield { key: path, summary: rule.summary, allowed: rule.allowed, default: rule.default }
  const below = levelOf(rule)
  if (below?.kind === 'names') yield* visit(below.each, `${path}/<name>`)
  else for (const [key, next] of Object.entries(below?.keys ?? {})) yield* visit(next, path === '' ? key : `${path}/${key}`)
}
