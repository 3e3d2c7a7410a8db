/** What a config writes as a name with options: `'cosine'`, `['cosine', { alpha: 0.1 }]` or `{ name: 'cosine', alpha: 0.1 }`. */
import {
  anything,
  type Option,
  type Options,
  type OptionTable,
  type OptionType,
  oneOf,
  option,
  type ValuesOf,
  type WrittenOptions,
} from '../../options/index.js'
import { isPlainObject, type JsonSchema } from '../../util/json.js'
import { isForbiddenKey } from '../../util/paths.js'

type Rows = Readonly<Record<string, { readonly summary: string; readonly takes: Options }>>
type Aliases<R> = Readonly<Record<string, keyof R & string>>
type TableOf<Row> = Row extends { readonly takes: Options<infer O> } ? O : never

/** A row by its name, and its options. */
export type Choice<R extends Rows, Key extends string = 'name'> = {
  readonly [N in keyof R & string]: { readonly [K in Key]: N } & ValuesOf<TableOf<R[N]>>
}[keyof R & string]

/** The names of a row. */
type NamesOf<N extends string, A> = N | Lowercase<N> | { readonly [K in keyof A & string]: A[K] extends N ? K : never }[keyof A & string]

type WrittenChoice<R extends Rows, A extends Aliases<R>, Default extends keyof R, Key extends string> =
  | {
      readonly [N in keyof R & string]:
        | NamesOf<N, A>
        | readonly [NamesOf<N, A>, WrittenOptions<TableOf<R[N]>>]
        | ({ readonly [K in Key]: NamesOf<N, A> } & WrittenOptions<TableOf<R[N]>>)
    }[keyof R & string]
  | ([Default] extends [never] ? never : { readonly [K in Key]?: undefined } & WrittenOptions<TableOf<R[Default]>>)

type KeysOf<Table> = Table extends unknown ? keyof Table & string : never
type OptionAt<Table, K> = Table extends OptionTable ? (K extends keyof Table ? Table[K] : never) : never
type Tables<R extends Rows> = TableOf<R[keyof R]>

/** The options of all rows, for keys that are paths: `optimizer/learningRate`. */
type Parts<R extends Rows, Key extends string> = { readonly [K in Key]: Option<OptionType<keyof R & string, string>> } & {
  readonly [K in KeysOf<Tables<R>>]: OptionAt<Tables<R>, K>
}

/** The type of a key that takes a name with options. */
export interface NamedOptions<R extends Rows, A extends Aliases<R>, Default extends keyof R, Key extends string = 'name'>
  extends OptionType<Choice<R, Key>, WrittenChoice<R, A, Default, Key>> {
  readonly parts: Parts<R, Key>
}

interface Naming<A, Default, Key> {
  /** Other names of rows. */
  readonly aliases: A
  /** What names may end with. */
  readonly ending: string
  /** The row of options without a name. Without it, a name is required. */
  readonly default?: Default
  /** The key of the name in a map. Default: `name`. */
  readonly key?: Key
}

/**
 * A row of a table by its name, with its options. Letter case, `-`, `_` and blanks of a name do not matter. Options spelt as in BatchFlow
 * (`learning_rate`) are old names if the row's options say so.
 *
 * @example
 * named(optimizers, { aliases: {}, ending: 'optimizer', default: 'Adam' }).fill(['adam', { beta1: 0.8 }]) // { name: 'Adam', beta1: 0.8, … }
 */
export function named<
  const R extends Rows,
  const A extends Aliases<R>,
  Default extends keyof R & string = never,
  const Key extends string = 'name',
>(rows: R, { aliases, ending, default: fallback, key = 'name' as Key }: Naming<A, Default, Key>): NamedOptions<R, A, Default, Key> {
  const names = Object.keys(rows) as (keyof R & string)[]
  const closed = { allowed: names.join(', '), names }
  const bySimpleName = new Map(
    [...names.map(name => [name, name] as const), ...Object.entries(aliases)].map(([key, name]) => [simplifyName(key, ending), name]),
  )
  const nameOf = (written: unknown) => {
    if (typeof written !== 'string') return written === undefined || written === null ? fallback : undefined
    return bySimpleName.get(simplifyName(written, ending))
  }
  const each = { summary: 'an option of the one that is named', type: { ...anything, allowed: 'a value that it takes' } }
  return {
    ...closed,
    allowed: `${closed.allowed}; or [${key}, options]; or { ${key}, …options }`,
    parts: partsOf(rows, names, key),
    schema: namedSchema(rows, aliases, fallback, key),
    inspect: (value, site) => {
      const { name: written, options, namePath, above } = split(value, key)
      const name = nameOf(written)
      if (name)
        rows[name]!.takes.inspect(
          options,
          above.reduce((at, key) => at.below(key), site),
        )
      else if (written === undefined && isPlainObject(value)) {
        site.report({ code: 'missing-option', path: site.path, name: key, allowed: closed.allowed })
      } else namePath.reduce((at, key) => at.below(key), site).reportValue(written, closed)
    },
    fill: value => {
      const { name: written, options } = split(value, key)
      const name = nameOf(written)!
      return { [key]: name, ...rows[name]!.takes.fill(options) } as Choice<R, Key>
    },
    hasShape: value => typeof value === 'string' || Array.isArray(value) || isPlainObject(value),
    level: { keys: [], entry: key => (isForbiddenKey(key) ? undefined : { name: todaysName(rows, key), ...each }) },
  }
}

/** The name of an option of any row, if this is an old one. */
function todaysName(rows: Rows, key: string): string {
  for (const { takes } of Object.values(rows)) {
    const name = takes.level.entry(key)?.name
    if (name !== undefined) return name
  }
  return key
}

function partsOf<R extends Rows, Key extends string>(rows: R, names: readonly (keyof R & string)[], key: Key): Parts<R, Key> {
  const tables = names.map(name => rows[name]!.takes.table)
  return Object.assign({ [key]: option('which one', oneOf(names), { optional: true }) }, ...tables) as Parts<R, Key>
}

interface Split {
  readonly name: unknown
  readonly options: unknown
  /** Where the name is below the key. */
  readonly namePath: readonly (string | number)[]
  /** The keys above the options. */
  readonly above: readonly number[]
}

/** Takes the three forms apart. */
function split(written: unknown, key: string): Split {
  if (Array.isArray(written)) return { name: written[0], options: written[1] ?? {}, namePath: [0], above: [1] }
  if (!isPlainObject(written)) return { name: written, options: {}, namePath: [], above: [] }
  const { [key]: name, ...options } = written
  return { name, options, namePath: [key], above: [] }
}

function namedSchema(rows: Rows, aliases: Readonly<Record<string, string>>, fallback: string | undefined, key: string): JsonSchema {
  const spellings = (name: string) => [
    ...new Set([name, name.toLowerCase(), ...Object.keys(aliases).filter(other => aliases[other] === name)]),
  ]
  const all = Object.entries(rows).map(([name, { summary, takes }]) => {
    const { properties, required, ...rest } = takes.schema as { properties: object; required: readonly string[] }
    const names = { enum: spellings(name), description: summary }
    return {
      list: { type: 'array', items: [names, { ...takes.schema, description: summary }], minItems: 2, maxItems: 2 },
      map: {
        ...rest,
        description: summary,
        properties: { [key]: names, ...properties },
        required: name === fallback ? required : [key, ...required],
      },
    }
  })
  return { anyOf: [{ enum: Object.keys(rows).flatMap(spellings) }, ...all.map(({ map }) => map), ...all.map(({ list }) => list)] }
}

/** BatchFlow's spelling of a name: `learningRate` → `learning_rate`. */
export const toSnakeCase = (name: string): string => name.replace(/[A-Z]/g, letter => `_${letter.toLowerCase()}`)

/** A name without letter case, `-`, `_`, blanks and the ending. */
export function simplifyName(name: string, ending = ''): string {
  const simple = name.toLowerCase().replace(/[-_ ]/g, '')
  return ending !== '' && simple.endsWith(ending) && simple !== ending ? simple.slice(0, -ending.length) : simple
}
