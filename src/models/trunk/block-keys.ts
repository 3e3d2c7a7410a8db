/** The keys of a block in a config: its type, the keys of that type, its attention. */
import { anyOf, type Option, type OptionTable, type OptionType, option, plainType } from '../../options/index.js'
import { blockTypes } from '../blocks/types/registered.js'
import { ownBlocks } from '../blocks/types/table.js'
import { attention } from '../config/attention.js'

type Own = (typeof ownBlocks)[keyof typeof ownBlocks]
type TableOf<B> = B extends { readonly options: { readonly table: infer O extends OptionTable } } ? O : never
type ParametersOf<B> = B extends { readonly parameters: infer O extends OptionTable } ? O : never
type Tables = TableOf<Own> | ParametersOf<Own>
type KeysOf<T> = T extends unknown ? keyof T & string : never
type At<T, K> = T extends OptionTable ? (K extends keyof T ? T[K] : never) : never
type TypesAt<K> = At<Tables, K> extends infer O ? (O extends Option<infer T> ? T : never) : never
/** The keys of all kinds, without defaults: those are the kind's. */
type Joint = { readonly [K in KeysOf<Tables>]: Option<TypesAt<K>, 'optional'> }

const optional = { optional: true } as const

/** One table of the keys of all kinds: which of them a block takes depends on its type, and is checked when that is known. */
function joint(): Joint {
  const tables = Object.values(ownBlocks).flatMap(({ options, parameters }) => [options.table as OptionTable, parameters as OptionTable])
  const found = new Map<string, Option[]>()
  for (const [key, one] of tables.flatMap(table => Object.entries(table))) {
    const before = found.get(key) ?? []
    if (!before.some(({ type }) => type === one.type)) found.set(key, [...before, one])
  }
  const options = [...found].map(([key, all]) => {
    const types = all.map(({ type }) => type)
    const summary = [...new Set(all.map(one => one.summary))].join('; ')
    return [key, option(summary, types.length === 1 ? types[0]! : anyOf(...types), optional)]
  })
  return Object.fromEntries(options) as Joint
}

type OwnName = keyof typeof ownBlocks

const type: OptionType<string, OwnName | (string & {})> = plainType({
  allowed: `a kind of block: ${Object.keys(ownBlocks).join(', ')}, or one that the program has added by registerBlock of millrace/models`,
  schema: { type: 'string', examples: Object.keys(ownBlocks) },
  test: value => typeof value === 'string' && blockTypes.has(value),
  names: Object.keys(ownBlocks),
})

export const blockKeys = {
  type: option('the kind of block', type, optional),
  attention: option('the attention of each block', attention, optional),
  ...joint(),
}

/** The keys of blocks that a program has registered, beside those of Millrace's. */
function registeredKeys(): OptionTable {
  const own: OptionTable = blockKeys
  const found: Record<string, Option> = {}
  for (const [name, { options }] of blockTypes) {
    if (Object.hasOwn(ownBlocks, name)) continue
    for (const [key, one] of Object.entries(options.table as OptionTable)) {
      const before = found[key] ?? own[key]
      const type = before && before.type !== one.type ? anyOf(one.type, before.type) : one.type
      found[key] = option(before?.summary ?? one.summary, type, optional)
    }
  }
  return found
}

export const blockRules = { further: registeredKeys }
