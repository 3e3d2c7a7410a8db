import type { JsonSchema } from '../util/json.js'
import { isPlainObject } from '../util/json.js'
import { inspectKeys } from './inspect-keys.js'
import type { Level, Option, OptionTable, OptionType, ValueOf, WrittenOf } from './option-type.js'
import type { Site } from './site.js'
import { joinOr } from './words.js'

type Names<O extends OptionTable, P> = { [K in keyof O]: O[K]['presence'] extends P ? K : never }[keyof O]
type Flat<T> = { readonly [K in keyof T]: T[K] }

/** Options as code reads them: with every default. */
export type ValuesOf<O extends OptionTable> = Flat<
  { [K in Exclude<keyof O, Names<O, 'optional'>>]: ValueOf<O[K]['type']> } & { [K in Names<O, 'optional'>]?: ValueOf<O[K]['type']> }
>
/** Options as a user may write them: those with defaults are optional. */
export type WrittenOptions<O extends OptionTable> = Flat<
  { [K in Names<O, 'required'>]: WrittenOf<O[K]['type']> } & { [K in Exclude<keyof O, Names<O, 'required'>>]?: WrittenOf<O[K]['type']> }
>

/** Constraints between options. */
export interface Rules<O extends OptionTable> {
  /** Options of which only one may be written. */
  readonly excludes?: readonly (readonly (keyof O & string)[])[]
  /** Options of which at least one must be written. */
  readonly atLeastOne?: readonly (keyof O & string)[]
  /** Options that have no effect without others. */
  readonly needs?: { readonly [K in keyof O]?: readonly (keyof O & string)[] }
  /** Options that a program adds while it runs, or that take more than those of this table. */
  readonly further?: () => OptionTable
  /** Converts names to their former spelling, which is accepted as an old name. */
  readonly oldSpelling?: (name: string) => string
  /** What does not fit together, and what would; values have their defaults. */
  readonly misfit?: (values: ValuesOf<O>) => { readonly option: keyof O & string; readonly allowed: string } | undefined
}

/** A closed set of options; a type of values itself, so that it may stand inside another one. */
export interface Options<O extends OptionTable = OptionTable> extends OptionType<ValuesOf<O>, WrittenOptions<O>> {
  readonly table: O
  readonly rules: Rules<any>
  readonly level: Level
}

/**
 * A closed set of options by name.
 *
 * @example
 * const walk = options(
 *   {
 *     batchSize: option('items per batch', integer({ min: 1 })),
 *     epochs: option('passes over the data', nullable(integer({ min: 1 }), 'for endless'), { default: 1 }),
 *     iterations: option('batches in all', integer({ min: 1 }), { optional: true }),
 *   },
 *   { excludes: [['epochs', 'iterations']] },
 * )
 * type Walk = ValueOf<typeof walk> // { batchSize: number; epochs: number | null; iterations?: number }
 */
export function options<const O extends OptionTable>(table: O, rules: Rules<O> = {}): Options<O> {
  const keys = Object.keys(table)
  const current = new Map(keys.flatMap(name => oldNamesOf(name, table[name]!, rules).map(old => [old, name])))
  const nameOf = (key: string) => (Object.hasOwn(table, key) ? key : current.get(key))
  const { further } = rules
  const level: Level = {
    table,
    get keys() {
      return further ? [...new Set([...keys, ...Object.keys(further())])] : keys
    },
    entry: key => {
      const added = further?.()
      if (added && Object.hasOwn(added, key)) return { name: key, summary: added[key]!.summary, type: added[key]!.type }
      const name = nameOf(key)
      return name === undefined ? undefined : { name, summary: table[name]!.summary, type: table[name]!.type }
    },
  }
  const fill = (value: Readonly<Record<string, unknown>>): ValuesOf<O> => {
    const written = new Map(Object.entries(value).map(([key, one]) => [nameOf(key), one]))
    const values = keys.map(name => {
      const one = written.get(name)
      return [name, one === undefined ? table[name]!.default : table[name]!.type.fill(one)] as const
    })
    return Object.fromEntries(values.filter(([, one]) => one !== undefined)) as ValuesOf<O>
  }
  const allowed = keys.length === 1 ? `a map with ${keys[0]}` : `a map with the keys ${keys.join(', ')}`
  return {
    table,
    rules,
    level,
    allowed,
    names: [],
    schema: objectSchema(table, rules),
    inspect: (value, site) => {
      if (!isPlainObject(value)) return site.reportValue(value, { allowed, names: [] })
      const together = site.apart()
      inspectTogether(table, rules, inspectKeys(value, level, together), together)
      const misfit = together.isClean ? rules.misfit?.(fill(value)) : undefined
      site.adopt(together)
      if (misfit)
        site.below(misfit.option, table[misfit.option]!.summary).reportValue(value[misfit.option], { allowed: misfit.allowed, names: [] })
    },
    fill,
    hasShape: isPlainObject,
  }
}

/** What is missing, and what must or must not be written together. */
function inspectTogether(
  table: OptionTable,
  { excludes = [], needs = {}, atLeastOne = [] }: Rules<any>,
  written: ReadonlySet<string>,
  site: Site,
): void {
  const { path } = site
  for (const [name, { presence, type }] of Object.entries(table)) {
    if (presence === 'required' && !written.has(name)) site.report({ code: 'missing-option', path, name, allowed: type.allowed })
  }
  if (site.isClean && atLeastOne.length > 0 && !atLeastOne.some(name => written.has(name))) {
    site.report({ code: 'missing-option', path, name: joinOr(atLeastOne), allowed: joinOr(atLeastOne) })
  }
  for (const names of excludes) {
    const both = names.filter(name => written.has(name))
    if (both.length > 1) site.report({ code: 'options-exclude', path, names: both })
  }
  for (const [name, others] of Object.entries(needs)) {
    for (const other of written.has(name) ? others! : []) {
      if (!written.has(other)) site.report({ code: 'option-alone', path: [...path, name], name, needs: other })
    }
  }
}

function oldNamesOf(name: string, { oldNames }: Option, { oldSpelling }: Rules<any>): readonly string[] {
  const spelt = oldSpelling?.(name)
  return [...oldNames, ...(spelt === undefined || spelt === name ? [] : [spelt])]
}

function objectSchema(table: OptionTable, { excludes = [], needs, atLeastOne }: Rules<any>): JsonSchema {
  const exclusions = excludes.flatMap(pairsOf).map(required => ({ not: { properties: anyOfThese(required), required } }))
  return {
    type: 'object',
    properties: Object.fromEntries(Object.entries(table).map(([name, one]) => [name, optionSchema(one)])),
    required: Object.keys(table).filter(name => table[name]!.presence === 'required'),
    ...(exclusions.length === 1 ? exclusions[0] : exclusions.length > 1 && { allOf: exclusions }),
    additionalProperties: false,
    ...(needs && { dependencies: needs }),
    ...(atLeastOne && { minProperties: 1 }),
  }
}

/** Beside a `$ref` editors drop the text, so it goes inside. */
function optionSchema({ summary, type, default: value }: Option): JsonSchema {
  const schema = '$ref' in type.schema ? { allOf: [type.schema] } : type.schema
  return { ...schema, description: summary, ...(value !== undefined && { default: value }) }
}

const pairsOf = (names: readonly string[]) => names.flatMap((one, i) => names.slice(i + 1).map(other => [one, other]))

/** Strict validators want a required name to be declared beside it. */
const anyOfThese = (names: readonly string[]) => Object.fromEntries(names.map(name => [name, {}]))
