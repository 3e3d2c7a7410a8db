/** Values of a config that only a program can pass: functions, and objects of classes. A file cannot contain them. */
import { describeKind } from '../../util/describe-value.js'
import { isPlainObject } from '../../util/json.js'
import { ownKeys } from './keys.js'

type ConfigData = Readonly<Record<string, unknown>>

/** The config without the keys of every model that hold such a value, and what these held, in words, by key. */
export function withoutLive(config: ConfigData): { readonly plain: ConfigData; readonly own: Readonly<Record<string, string>> } {
  const entries = Object.entries(config)
  const own = entries.flatMap(([key, value]) => {
    const live = Object.hasOwn(ownKeys, key) ? findLive(value) : undefined
    return live === undefined ? [] : [[key, nameOf(live)] as const]
  })
  const keys = new Set<string>(own.map(([key]) => key))
  return { plain: Object.fromEntries(entries.filter(([key]) => !keys.has(key))), own: Object.fromEntries(own) }
}

function findLive(value: unknown): object | undefined {
  const parts = Array.isArray(value) ? value : isPlainObject(value) ? Object.values(value) : undefined
  if (parts) return parts.map(findLive).find(live => live !== undefined)
  return typeof value === 'function' || (typeof value === 'object' && value !== null) ? value : undefined
}

const nameOf = (live: object) => (typeof live === 'function' && live.name ? `the function ${live.name}` : describeKind(live))
