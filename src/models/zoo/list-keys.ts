/** The config keys of a model class as a table, for documentation and the command line. */
import { type Option, rowsOf } from '../../options/index.js'
import { isPlainObject } from '../../util/json.js'
import { blockTypes } from '../blocks/types/registered.js'
import { defaultType } from '../trunk/groups.js'
import { completeConfig } from './complete-config.js'
import { models, type ZooName } from './models.js'
import type { ZooRow } from './zoo-row.js'

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
  const known = completeConfig(row, {}).flatten()
  const all = rowsOf(row.family.shape.keys).filter(({ isLevel }) => !isLevel)
  return all.flatMap(({ key, summary, allowed, default: value }) => {
    const block = ofBlock(row, known, key)
    if (block === 'none') return []
    // Keys that a part omits come from `common`.
    const source = sourceOf(known, key) ?? sourceOf(known, `${key}/type`)
    const shown = block ? block.default : value
    // A default that is a map is a choice by its type, or holds the defaults of the keys below.
    const own = isPlainObject(shown)
      ? typeof shown.type === 'string'
        ? shown.type
        : undefined
      : isSetBelow(known, key)
        ? undefined
        : shown
    return [{ key, summary: block?.summary ?? summary, allowed, default: source === undefined ? own : known[source] }]
  })
}

/** A key of the kind of block that a row has; `none` if it is one of another kind, undefined if it is no such key. */
function ofBlock({ family }: ZooRow, known: Readonly<Record<string, unknown>>, key: string): Option | 'none' | undefined {
  const trunk = family.shape.trunks.find(path => key.startsWith(`${path}/block/`))
  const [first = '', ...below] = trunk ? key.slice(`${trunk}/block/`.length).split('/') : []
  if (!trunk || first === 'type' || first === 'attention') return undefined
  const name = (known[`${trunk}/block/type`] ?? defaultType) as string
  const { options, parameters } = blockTypes.get(name)!
  const own: Option | undefined = options.table[first] ?? parameters[first]
  if (!own) return 'none'
  return below.length > 0 ? undefined : own
}

/** The path of a row's default: the key's own, or that of all parts. */
function sourceOf(known: Readonly<Record<string, unknown>>, key: string): string | undefined {
  return Object.hasOwn(known, key) ? key : Object.keys(known).find(path => isInherited(path, key))
}

/** True if a row sets keys below this one, so that the one for none is not its default. */
const isSetBelow = (known: Readonly<Record<string, unknown>>, key: string) => Object.keys(known).some(path => path.startsWith(`${key}/`))

const isInherited = (path: string, key: string) => path.startsWith('common/') && key.endsWith(path.slice('common'.length))
